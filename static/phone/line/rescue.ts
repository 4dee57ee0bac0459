/* The rescue package: everything that waits on this phone as a file that only the server opens, for the office to read in (docs/sync.md). */
import type { Book } from '../notebook/book'
import { aboutLetter, closed } from './slip'

export interface Rescue { file: File; count: number }

/* null: there is nothing to save, or nothing to close it with. What is in it can no longer be undone on the phone. */
export async function rescue(book: Book): Promise<Rescue | null> {
  const { slip, deviceId: device_id } = book.wire
  if (!slip || !device_id) return null
  const { id, initials } = book.user
  const ops = [...await book.wire.allUnsent(), ...book.tray().map(({ op }) => op)]
  if (!ops.length) return null
  const boxes = await Promise.all(ops.map(async (op) => ({ op_id: op.op_id, box: await closed(slip.box, aboutLetter(id, op.op_id), op) })))
  const now = new Date()
  const made_at = now.toISOString()
  const list = await closed(slip.box, `rescue|${id}|${device_id}|${made_at}`, { op_ids: boxes.map(({ op_id }) => op_id), credential: slip.credential })
  const text = JSON.stringify({ format: 'rph-rescue/1', user_id: id, device_id, made_at, list, boxes })
  const name = `redningspakke-${initials}-${now.toLocaleString('sv-SE').slice(0, 16).replace(/[ :]/g, '-')}.txt`
  return { file: new File([text], name, { type: 'text/plain' }), count: boxes.length }
}
