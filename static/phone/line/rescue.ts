/* The rescue package: what waits on this phone as a file that only the server opens, for the office to read in (docs/sync.md). From an open
   phone everything that waits; from a locked one what it has closed for the server already. */
import type { Book } from '../notebook/book'
import type { LockedDesk } from '../notebook/capture'
import type { Owner, Slip } from '../notebook/types'
import { letters } from './postbox'
import { aboutLetter, closed } from './slip'

/* count: how many are in it; left: how many a locked phone cannot put in. */
export interface Rescue { file: File; count: number; left: number }
interface Boxed { op_id: string; box: string }

/* null: there is nothing to save, or nothing to close it with. */
export async function rescue(owner: Owner, desk: LockedDesk, book: Book | null): Promise<Rescue | null> {
  const { slip, device_id } = desk
  if (!slip || !device_id) return null
  const { boxes, left } = book ? await everything(book, slip) : await readyMade(owner, desk)
  if (!boxes.length) return null
  const now = new Date()
  const made_at = now.toISOString()
  const list = await closed(slip.box, `rescue|${owner.id}|${device_id}|${made_at}`, { op_ids: boxes.map(({ op_id }) => op_id), credential: slip.credential })
  const text = JSON.stringify({ format: 'rph-rescue/1', user_id: owner.id, device_id, made_at, list, boxes })
  const name = `redningspakke-${owner.initials}-${now.toLocaleString('sv-SE').slice(0, 16).replace(/[ :]/g, '-')}.txt`
  return { file: new File([text], name, { type: 'text/plain' }), count: boxes.length, left }
}

async function everything(book: Book, slip: Slip): Promise<{ boxes: Boxed[]; left: number }> {
  const ops = [...await book.wire.allUnsent(), ...book.tray().map(({ op }) => op)]
  const boxes = await Promise.all(ops.map(async (op) => ({ op_id: op.op_id, box: await closed(slip.box, aboutLetter(book.user.id, op.op_id), op) })))
  return { boxes, left: 0 }
}

/* What the server has received already need not come along. */
async function readyMade(owner: Owner, { waiting }: LockedDesk): Promise<{ boxes: Boxed[]; left: number }> {
  const all = await letters(owner.id)
  const boxes = all.flatMap(({ op_id, box, hold_until }) => box !== null && !(hold_until && hold_until > Date.now()) ? [{ op_id, box }] : [])
  const received = all.filter((letter) => letter.received).length
  return { boxes, left: Math.max(0, waiting - boxes.length - received) }
}
