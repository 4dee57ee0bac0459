/* What the phone's own rules must answer, told by somebody who reasons otherwise: gates (INV-02, 03, 04) and stock (INV-10). */
import { type Given, inServerOrder, isOpen } from '../../static/phone/rules/consent'
import { type Moved, stock } from '../../static/phone/rules/stock'
import { type End } from './host'
import { Broken } from './signs'
import type { Phone, Story } from './story'

export const TODAY = '2026-11-25'
/* The purposes that the weeks ask for: a talk hangs on one, a step towards the stuegang on the other. */
export const GATES = ['TALK_RECORD', 'STUEGANG'] as const
export type Gate = (typeof GATES)[number]
/* The rules as the screens ask them; a test may plant wrong ones. */
export const RULES = { isOpen, stock }
export type Rules = typeof RULES

/* Does this phone let that be done with the citizen? */
function opens({ rules }: Story, { device: { book } }: Phone, citizen: string, scope: Gate): boolean {
  const said = book.all('consent_event').filter(({ data }) => data.citizen_id === citizen)
  return rules.isOpen(inServerOrder(said.map(({ id, data, author_id, made_at }) => ({ id, data: data as Omit<Given, 'id'>, author_id, made_at }))), scope, TODAY, TODAY)
}

/* On the phone where it was typed, at once. */
export function closedAtOnce(story: Story, phone: Phone, citizen: string, scope: Gate): void {
  if (opens(story, phone, citizen, scope)) throw new Broken('a withdrawal closes its gate', story, `${scope} of ${citizen} at once on ${phone.name}`)
}

/* On every phone after its next sync: where no yes knew of any withdrawal, or each has run out, nothing is open. */
export function closedEverywhere(story: Story, { views }: End): void {
  const said = views[story.host.ids['birthe']!]!.filter(({ kind }) => kind === 'consent_event').map(({ id, data }) => ({ id, ...data } as Record<string, unknown>))
  const named = new Set(said.map(({ follows_id }) => follows_id))
  for (const citizen of new Set(said.map(({ citizen_id }) => citizen_id as string))) {
    for (const scope of GATES) {
      const mine = said.filter((event) => event['citizen_id'] === citizen && event['scope'] === scope)
      const no = mine.filter(({ event }) => event === 'WITHDRAWN')
      const ranOut = mine.every(({ event, valid_until }) => event !== 'GIVEN' || (valid_until && String(valid_until) < TODAY))
      if (!ranOut && (!no.length || no.some(({ id }) => named.has(id)))) continue
      for (const phone of story.phones)
        if (opens(story, phone, citizen, scope)) throw new Broken(no.length ? 'a withdrawal closes its gate' : 'a yes runs out', story, `${scope} of ${citizen} on ${phone.name}`)
    }
  }
}

/* What lies in each bag is what was counted last, less what was handed out since: on the phone and to the office. */
export async function bagsAddUp(story: Story, { views }: End): Promise<void> {
  const office = await story.host.act('bags') as Record<string, number>
  for (const { name, user, device: { book } } of story.phones) {
    const moves = views[user]!.filter(({ kind, author_id }) => kind === 'stock_move' && author_id === user).sort((a, b) => (a.id < b.id ? -1 : 1))
    const last = moves.findLastIndex(({ data }) => data['move'] === 'COUNT')
    const pieces = (all: typeof moves) => all.reduce((sum, { data }) => sum + Number(data['quantity']), 0)
    const wanted = (last < 0 ? 0 : Number(moves[last]!.data['quantity'])) - pieces(moves.slice(last + 1))
    const held = book.all('stock_move').filter(({ rev, state }) => rev > 0 || state === 'SAVED')          // what was refused waits in the tray
    const shown = story.rules.stock(held as unknown as Moved[], 'BAG', user).get(story.host.ids['oplag']!) ?? 0
    const told = office[`${user}/${story.host.ids['oplag']!}`] ?? 0
    if (told !== wanted) throw new Broken('the bag adds up', story, `${told} instead of ${wanted} in the office's eyes`)
    if (shown !== wanted) throw new Broken('the bag adds up', story, `${shown} instead of ${wanted} on ${name}`)
  }
}
