/* What a locked phone knows without a key: whether one may write on it, where its owner meant to go by opaque number, how much waits. */
import { letters } from '../line'
import { type LockedDesk, lockedDesk, type Owner } from '../notebook'
import { reach } from '../rules/away'
import { today } from './calendar'

/* Stops of another day are none. */
export const stopsOf = ({ stops }: LockedDesk): { id: string; begun: boolean }[] => stops?.day === today() ? stops.practices : []

/* May anything be written here? Not on a phone that never had a key to write with, nor after a fortnight without the server. */
export const canWrite = ({ ready, heard_at }: LockedDesk): boolean => ready && reach(heard_at, Date.now()) !== 'NOTHING'

/* How much waits for the owner, and how much of it the server has already. */
export async function waitingHere(owner: Owner): Promise<{ desk: LockedDesk; sent: number }> {
  const desk = await lockedDesk(owner.id)
  const sent = (await letters(owner.id).catch(() => [])).filter(({ received }) => received).length
  return { desk, sent: Math.min(sent, desk.waiting) }
}
