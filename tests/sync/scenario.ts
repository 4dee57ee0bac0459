/* One seeded week in a minute: phones that save, lose the net, crash and quarrel, until the weather clears. */
import type { Change, Fields, Kind } from '../../static/phone/notebook/types'
import { Device, type DeviceOptions } from './device'
import type { Host } from './host'
import { chance, clockAt } from './time'
import { FAULTS, type Fault, weather } from './weather'

const DAY = 86_400_000
const ROLES = ['DOCTOR', 'NURSE', 'SECRETARY', 'MANAGER', 'CITIZEN']
export interface Phone { name: string; user: string; cookie: string; device: Device; fault: Fault | null; spared: number; dies: (() => void) | null }
/* What the user was told is saved: op_id -> where it was made. */
export interface Promised { phone: string; user: string; device_seq: number; record: string; undone: boolean }
/* What one phone alone has written to a record, in the user's own words. `refused`: the server would not have some of it,
   so later work stands on what never was. `sure`: undo has not made it hard to say what the user meant. */
export interface Mine { phone: string; kind: Kind; id: string; data: Fields | null; refused: boolean; sure: boolean }

export interface Story {
  seed: number; host: Host; phones: Phone[]; promised: Map<string, Promised>; solo: Map<string, Mine>; shared: Set<string>; shown: Map<string, Set<string>>
  told: string[]; between: (story: Story) => Promise<void>
}
/* `rare`: how often, against the usual, backups, restores and ended sessions come. */
export interface Plot {
  seed: number; steps?: number; rare?: number; hostOf: (now: () => number, page: number) => Host
  planted?: Pick<DeviceOptions, 'bookOf' | 'lineOf'>; between?: (story: Story) => Promise<void>
}

export async function play({ seed, steps = 50, rare = 1, hostOf, planted = {}, between = async () => {} }: Plot): Promise<Story> {
  const random = chance(seed)
  const clock = clockAt(Date.UTC(2026, 10, 22, 9))
  const host = hostOf(clock.now, random() < 0.5 ? 2 : 500)
  const story: Story = { seed, host, phones: [], promised: new Map(), solo: new Map(), shared: new Set(), shown: new Map(), told: [], between }
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  for (const [name, account] of [['S1', host.accounts[0]!], ['S2', host.accounts[0]!], ['E1', host.accounts[1]!]] as const) {
    const phone: Phone = { name, user: account.id, cookie: `${name}-${seed}`, device: null!, fault: null, spared: 0, dies: null }
    const send = host.line(phone.cookie)
    const sky = weather(send, () => {
      if (!phone.fault || phone.spared-- > 0) return null
      const fault = phone.fault
      if (random() < 0.6) phone.fault = null
      return fault
    })
    const fetch = (async (path: RequestInfo | URL, init?: RequestInit) => {
      if (phone.dies && random() < 0.2) return gone(phone)
      const response = await sky(path, init)
      return phone.dies && random() < 0.2 ? gone(phone) : response
    }) as typeof globalThis.fetch
    phone.device = new Device({ user: account, email: account.email, password: account.password, clock, random, fetch, ...planted })
    await phone.device.open()
    story.phones.push(phone)
  }
  const acts: readonly (readonly [number, (phone: Phone) => Promise<unknown>])[] = [
    [30, (p) => create(story, p, random, pick)], [40, (p) => edit(story, p, random, pick)], [4, (p) => remove(story, p, pick)],
    [8, (p) => regret(story, p, random, pick)], [40, (p) => sync(p, random() < 0.5 ? pick(FAULTS) : null, pick([0, 0, 1, 1, 2, 3, 4]))], [8, (p) => dyingSync(p)],
    [6, (p) => p.device.crash()], [5, async (p) => { p.device.skew = pick([0, 0, 10 * 365 * DAY, -10 * 365 * DAY, 3_600_000]) }],
    [3 * rare, (p) => host.expire(p.cookie)], [8, () => office(story, random, pick)], [8, (p) => settle(story, p, random, pick)],
    [3 * rare, () => host.backup()], [3 * rare, () => host.restore()], [10, async () => clock.pass(random() * 30_000)],
  ]
  for (let i = 0; i < steps; i++) {
    const [act, phone] = [drawn(acts, random), pick(story.phones)]
    story.told.push(`${i} ${phone.name} ${act.toString().slice(0, 60)}`)
    await act(phone)
    await between(story)
  }
  clock.pass(60_000)
  return story
}

/* The weather clears. Returns how many rounds each phone needed until its outbox was empty. */
export async function calm(story: Story): Promise<number> {
  let needed = 0
  for (let round = 1; round <= 5; round++) {
    for (const phone of story.phones) {
      phone.device.skew = 0
      if (round === 1) await phone.device.signIn()
      const state = await sync(phone, null)
      if (state.phase === 'ASKS_REMOVAL') await phone.device.line.confirmRemoval()
      if (phone.device.book.waiting().count) needed = round + 1
      await story.between(story)
    }
  }
  return needed
}

function drawn<T>(acts: readonly (readonly [number, T])[], random: () => number): T {
  let left = random() * acts.reduce((sum, [weight]) => sum + weight, 0)
  return acts.find(([weight]) => (left -= weight) < 0)?.[1] ?? acts[0]![1]
}

/* The fault strikes after so many requests have been spared. */
async function sync(phone: Phone, fault: Fault | null, spared = 0) {
  phone.fault = fault
  phone.spared = spared
  let state = await phone.device.sync()
  if (state.phase === 'SIGN_IN') { phone.fault = null; await phone.device.signIn(); state = await phone.device.sync() }
  phone.fault = null
  return state
}

/* The app is killed while a request is under way, before or after the server has seen it: whatever awaited its answer
   never goes on. */
function gone(phone: Phone): Promise<Response> { phone.dies!(); return new Promise(() => {}) }
async function dyingSync(phone: Phone): Promise<void> {
  const died = new Promise<void>((resolve) => { phone.dies = resolve })
  await Promise.race([phone.device.sync(), died])
  phone.dies = null
  await phone.device.crash()
}

type Random = () => number
type Pick_ = <T>(list: readonly T[]) => T
const some = (random: Random) => ROLES.filter((role) => role === 'DOCTOR' || random() < 0.4).slice(random() < 0.5 ? 0 : -1)
const minutes = (random: Random) => (random() < 0.04 ? 999 : 1 + Math.floor(random() * 240))

async function saved(story: Story, phone: Phone, changes: Change[], options = {}): Promise<string[]> {
  const before = new Set(phone.device.book.ops().map(({ op_id }) => op_id))
  const done = await phone.device.book.save(changes, options)
  keep(story, phone, done.op_ids.filter((id) => !before.has(id)))
  return done.ids
}

export function keep(story: Story, phone: Phone, op_ids: readonly string[]): void {
  const made = new Map(phone.device.book.ops().map((op) => [op.op_id, op]))
  for (const id of op_ids) {
    const op = made.get(id)
    story.promised.set(id, { phone: phone.name, user: phone.user, device_seq: op?.device_seq ?? 0, record: op ? `${op.kind}/${op.id}` : '', undone: false })
  }
}

async function create(story: Story, phone: Phone, random: Random, pick: Pick_): Promise<void> {
  const set: Fields = { practice_id: story.host.practice, occurred_at: '2026-11-22T09:00:00Z', minutes: minutes(random), mode: 'IN_PERSON', purpose: 'REGULAR',
    met_roles: ['DOCTOR'], outcome: pick(['COMPLETED', 'DESK_ONLY']) }
  const [id] = await saved(story, phone, [{ kind: 'visit', action: 'create', set } as unknown as Change], { undoable: random() < 0.3 })
  const key = `visit/${id!}`
  if (random() < 0.5) story.shared.add(key)
  else story.solo.set(key, { phone: phone.name, kind: 'visit', id: id!, data: set, refused: Number(set['minutes']) > 240, sure: true })
}

function mayTouch(story: Story, phone: Phone): { id: string; data: Fields }[] {
  return phone.device.book.all('visit').filter(({ id }) => story.shared.has(`visit/${id}`) || story.solo.get(`visit/${id}`)?.phone === phone.name)
    .map(({ id, data }) => ({ id, data: data as unknown as Fields }))
}

async function edit(story: Story, phone: Phone, random: Random, pick: Pick_): Promise<void> {
  const row = pick(mayTouch(story, phone))
  if (!row) return
  const set: Fields = {}
  if (random() < 0.6) set['minutes'] = minutes(random)
  if (random() < 0.3) set['note'] = pick(['a', 'b', 'c', null])
  if (random() < 0.4) set['met_roles'] = some(random)
  await saved(story, phone, [{ kind: 'visit', action: 'update', id: row.id, set } as unknown as Change], { undoable: random() < 0.2 })
  const mine = story.solo.get(`visit/${row.id}`)
  if (!mine) return
  if (Number(set['minutes'] ?? 0) > 240) mine.refused = true
  mine.data = { ...mine.data, ...set }
}

async function remove(story: Story, phone: Phone, pick: Pick_): Promise<void> {
  const row = pick(mayTouch(story, phone))
  if (!row) return
  await saved(story, phone, [{ kind: 'visit', action: 'delete', id: row.id }])
  const mine = story.solo.get(`visit/${row.id}`)
  if (mine) mine.data = null
}

/* Saves with the ten seconds, and taps "Fortryd" at once or after a round with the server. */
async function regret(story: Story, phone: Phone, random: Random, pick: Pick_): Promise<void> {
  const row = pick(mayTouch(story, phone))
  if (!row) return
  const { book } = phone.device
  const set = { minutes: 1 + Math.floor(random() * 240) }
  const done = await book.save([{ kind: 'visit', action: 'update', id: row.id, set } as unknown as Change], { undoable: true })
  keep(story, phone, done.op_ids)
  if (random() < 0.5) { phone.device.options.clock.pass(random() * 15_000); await sync(phone, random() < 0.5 ? 'lost_answer' : null) }
  const before = new Set(phone.device.book.ops().map(({ op_id }) => op_id))
  const undone = await phone.device.book.undo(done.op_ids)
  for (const id of undone.removed) story.promised.get(id)!.undone = true
  keep(story, phone, phone.device.book.ops().map(({ op_id }) => op_id).filter((id) => !before.has(id)))
  const mine = story.solo.get(`visit/${row.id}`)
  if (mine && !undone.removed.length) mine.sure = false
}

async function office({ host, shared }: Story, random: Random, pick: Pick_): Promise<void> {
  const key = pick([...shared])
  if (key) await host.office('visit', key.slice(6), random() < 0.5 ? { minutes: 1 + Math.floor(random() * 240) } : { met_roles: some(random) })
}

/* Somebody looks at "Status" and does what it says. */
async function settle(story: Story, phone: Phone, random: Random, pick: Pick_): Promise<void> {
  const { book } = phone.device
  const card = pick(book.conflicts())
  const item = pick(book.tray())
  if (card) keep(story, phone, (await book.resolveConflict(card.id, pick(['mine', 'theirs'] as const))).op_ids)
  if (item?.stuck) await book.sendAgain(item.op_id)
  else if (item) keep(story, phone, (await book.correctTray(item.op_id, { minutes: 1 + Math.floor(random() * 240) })).op_ids)
}
