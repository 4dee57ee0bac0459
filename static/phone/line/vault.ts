/* How to reach a citizen: a number goes in and comes out over the net only, and is never part of what the phone keeps. */
import { ask } from './exact'
import type { Line } from './line'

export interface Contact { phone: string; name: string }
/* `words`: why not, in Danish. */
export type Told<T> = { ok: true; value: T } | { ok: false; words: string }

const NO_NET = 'Kræver net. Der er ikke gemt noget på telefonen.'
const SIGN_IN = 'Log ind igen, før nummeret kan bruges. Der er ikke gemt noget på telefonen.'

export async function contactForCall(line: Line, citizen_id: string): Promise<Told<Contact>> {
  const told = await asked(line, '/api/vault/call', { citizen_id })
  if (!told.ok) return told
  const { phone, name } = told.value
  return typeof phone === 'string' && typeof name === 'string' ? { ok: true, value: { phone, name } } : { ok: false, words: NO_NET }
}

export const keepContact = (line: Line, citizen_id: string, { phone, name }: Contact): Promise<Told<unknown>> =>
  asked(line, '/api/vault', { citizen_id, phone, name })

async function asked(line: Line, path: string, body: Record<string, string>): Promise<Told<Record<string, unknown>>> {
  const reply = await ask(line.means, { path, body, device: line.book.wire.deviceId })
  if (reply.kind === 'exact') return { ok: true, value: reply.body }
  return { ok: false, words: reply.kind === 'unclear' ? NO_NET : reply.status === 401 ? SIGN_IN : reply.message || NO_NET }
}
