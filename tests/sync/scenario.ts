/* One seeded week in half a second: phones that save, lose the net, crash and quarrel, until the weather clears. */
import { idMaker } from '../../static/phone/notebook/uuid'
import type { DeviceOptions } from './device'
import { BEGIN, type Week } from './host'
import * as office from './office'
import * as people from './people'
import { type Rules, RULES } from './rules'
import { dyingSync, phoneOf, sync, together } from './sending'
import type { Phone, Story } from './story'
import { chance, clockAt } from './time'
import * as visits from './visits'
import { type Fault, FAULTS } from './weather'

const YEARS = 10 * 365 * 86_400_000
const STEPS = 50
export interface Plot {
  seed: number; host: Week; planted?: Pick<DeviceOptions, 'bookOf' | 'lineOf'>; between?: (story: Story) => Promise<void>
  skews?: readonly number[]            // each phone's clock is wrong by so much all week, instead of jumping
  themes?: Themes                      // how much there is of each, instead of what chance says
  faults?: readonly Fault[]            // what can go wrong on the way
  rules?: Partial<Rules>               // wrong ones that the phones go by
  page?: number                        // rows on a page of a pull
}
export type Themes = Partial<Record<keyof typeof SHARES | 'removals', number>>
const SHARES = { citizens: 0.6, erasure: 0.4, post: 0.15, month: 0.25, machine: 0.6, regrets: 1, deaths: 1, slips: 1 }     // of the weeks that have it
type Act = (story: Story, phone: Phone) => Promise<unknown>

export async function play({ seed, host, planted = {}, between = async () => {}, skews, themes = {}, faults = FAULTS, rules = {}, page }: Plot): Promise<Story> {
  const random = chance(seed)
  const clock = clockAt(BEGIN)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const newId = idMaker(clock.now, (length) => Uint8Array.from({ length }, () => Math.floor(random() * 256)))
  const story: Story = { seed, host, clock, random, pick, newId, phones: [], promised: new Map(), numbers: new Map(), solo: new Map(), shared: new Set(),
    shown: new Map(), people: new Map(), ghosts: [], outcast: false, slips: 0.04 * (themes.slips ?? 1), told: [], rules: { ...RULES, ...rules } }
  const small = random() < 0.5
  host.page = page ?? (small ? 3 : 500)
  for (const [name, who] of [['S1', 'signe'], ['S2', 'signe'], ['E1', 'emre']] as const) {
    const phone = await phoneOf(story, name, host.account(who), planted)
    phone.device.skew = skews?.[story.phones.length] ?? 0
    story.phones.push(phone)
  }
  const acts = drawnUp(story, themes, faults, skews !== undefined)
  for (let i = 0; i < STEPS; i++) {
    const [act, phone] = [drawn(acts, random), pick(story.phones)]
    story.told.push(`${i} ${phone.name} ${act.toString().slice(0, 60)}`)
    await act(story, phone)
    await between(story)
  }
  clock.pass(60_000)
  return story
}

/* How often each thing happens. Some weeks have citizens in them, some a change of post, a month that closes, an erasure. */
function drawnUp({ random, pick }: Story, given: Themes, faults: readonly Fault[], steady: boolean): (readonly [number, Act])[] {
  const drawn = Object.fromEntries(Object.entries(SHARES).map(([theme, share]) => [theme, random() < share ? 1 : 0])) as Record<keyof typeof SHARES, number>
  const { citizens, erasure, post, month, machine, regrets, deaths, removals } = { removals: 1, ...drawn, ...given }
  return [
    [30, visits.write], [40, visits.edit], [4 * removals, visits.remove], [8 * regrets, visits.regret], [8, visits.handOut], [10, visits.settle],
    [40, (_, p) => sync(p, random() < 0.5 ? pick(faults) : null, pick([0, 0, 1, 1, 2, 3, 4]))], [8 * deaths, (_, p) => dyingSync(p)],
    [8, (story) => together(story, () => (random() < 0.3 ? pick(faults) : null)).finally(() => story.shown.clear())],
    [6, (_, p) => p.device.crash()], [steady ? 0 : 5, async (_, p) => { p.device.skew = pick([0, 0, YEARS, -YEARS, 3_600_000]) }],
    [3, ({ host }, p) => host.signOut(p.jar)], [2, office.sleep], [8, office.ghost], [10, async ({ clock }) => clock.pass(random() * 30_000)],
    [8, office.correct], [4 * machine, office.backUp], [4 * machine, office.restore], [3 * machine, office.restart], [2 * machine, office.wrongClock],
    [15 * citizens, people.meet], [15 * citizens, people.talk], [8 * citizens, people.talkMore], [8 * citizens, people.stepTowardsStuegang],
    [5 * citizens, people.withdraw], [4 * citizens, people.askAgain],
    [8 * citizens, people.enrol], [4 * citizens, people.giveUpSeat], [4 * citizens, people.handOver], [5 * citizens * erasure, people.erase],
    [5 * post, office.changePost], [4 * month, office.closeMonth],
  ]
}

function drawn<T>(acts: readonly (readonly [number, T])[], random: () => number): T {
  let left = random() * acts.reduce((sum, [weight]) => sum + weight, 0)
  return acts.find(([weight]) => (left -= weight) < 0)?.[1] ?? acts[0]![1]
}

/* The weather clears. Returns how many rounds it took until no outbox held anything. */
export async function calm(story: Story, between: (story: Story) => Promise<void> = async () => {}): Promise<number> {
  await story.host.act('role', { user: 'emre', role: 'ADVISER' })
  let needed = 0
  const heads = () => JSON.stringify(story.phones.map(({ device }) => device.line.book.wire.have))
  for (let round = 1, quiet = false; !quiet && round <= 6; round++) {
    const before = heads()
    for (const phone of story.phones) {
      if (round === 1) await phone.device.signIn()
      const state = await sync(phone, null)
      if (state.phase === 'ASKS_REMOVAL') await phone.device.line.confirmRemoval()
      if (phone.device.book.waiting().count) needed = round + 1
      await between(story)
    }
    if (round === 1) while (story.ghosts.length) await office.ghost(story)
    quiet = round > 1 && needed <= round && before === heads()
  }
  return needed
}
