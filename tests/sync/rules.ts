/* What the phone's own rules must answer, told by somebody who reasons otherwise: gates (INV-04) and stock (INV-10). */
import { type Given, inServerOrder, isOpen } from '../../static/phone/rules/consent'
import { type Moved, stock } from '../../static/phone/rules/stock'
import { type End } from './host'
import { Broken } from './signs'
import type { Phone, Story } from './story'

export const TODAY = '2026-11-25'
/* The rules as the screens ask them; a test may plant wrong ones. */
export const RULES = { isOpen, stock }
export type Rules = typeof RULES

/* Does this phone let a note be taken about the citizen? */
function opens({ rules }: Story, { device: { book } }: Phone, citizen: string): boolean {
  const said = book.all('consent_event').filter(({ data }) => data.citizen_id === citizen)
  return rules.isOpen(inServerOrder(said.map(({ id, data, author_id, made_at }) => ({ id, data: data as Omit<Given, 'id'>, author_id, made_at }))), 'TALK_RECORD', TODAY, TODAY)
}

/* On the phone where it was typed, at once. */
export function closedAtOnce(story: Story, phone: Phone, citizen: string): void {
  if (opens(story, phone, citizen)) throw new Broken('a withdrawal closes its gate', story, `${citizen} at once on ${phone.name}`)
}

/* On every phone after its next sync: where no yes knew of any withdrawal, nothing is open. */
export function closedEverywhere(story: Story, { views }: End): void {
  const said = views[story.host.ids['birthe']!]!.filter(({ kind }) => kind === 'consent_event').map(({ id, data }) => ({ id, ...data } as Record<string, unknown>))
  const named = new Set(said.map(({ follows_id }) => follows_id))
  const no = said.filter(({ event }) => event === 'WITHDRAWN')
  for (const citizen of new Set(no.map(({ citizen_id }) => citizen_id as string))) {
    if (no.some(({ id, citizen_id }) => citizen_id === citizen && named.has(id))) continue
    for (const phone of story.phones)
      if (opens(story, phone, citizen)) throw new Broken('a withdrawal closes its gate', story, `${citizen} on ${phone.name}`)
  }
}

/* What lies in each bag is what was counted last, less what was handed out since. */
export function bagsAddUp(story: Story, { views }: End): void {
  for (const { name, user, device: { book } } of story.phones) {
    const moves = views[user]!.filter(({ kind, author_id }) => kind === 'stock_move' && author_id === user).sort((a, b) => (a.id < b.id ? -1 : 1))
    const last = moves.findLastIndex(({ data }) => data['move'] === 'COUNT')
    const pieces = (all: typeof moves) => all.reduce((sum, { data }) => sum + Number(data['quantity']), 0)
    const wanted = (last < 0 ? 0 : Number(moves[last]!.data['quantity'])) - pieces(moves.slice(last + 1))
    const held = book.all('stock_move').filter(({ rev, state }) => rev > 0 || state === 'SAVED')          // what was refused waits in the tray
    const shown = story.rules.stock(held as unknown as Moved[], 'BAG', user).get(story.host.ids['oplag']!) ?? 0
    if (shown !== wanted) throw new Broken('the bag adds up', story, `${shown} instead of ${wanted} on ${name}`)
  }
}
