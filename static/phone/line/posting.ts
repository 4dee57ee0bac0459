/* While the phone is open: closes each unsent op for the server and puts it into the postbox, and takes out what the line has sent. */
import type { Book } from '../notebook/book'
import type { Op, Slip } from '../notebook/types'
import { type Letter, hasPostbox, letters, putLetter, takeLetter } from './postbox'
import { aboutLetter, closed } from './slip'

const LONGER_THAN_UNDO_MS = 5_000

/* Starts, and gives back the way to stop. */
export function startPosting(book: Book): () => void {
  let again = false
  let running = false
  let stopped = false
  const go = async () => {
    again = true
    if (running) return
    running = true
    try {
      while (again && !stopped) { again = false; await fill(book, () => stopped) }
    } catch { /* a copy less: what counts lies in the outbox */ } finally {
      running = false
    }
  }
  const unwatch = book.changed(() => void go())
  void go()
  return () => { stopped = true; unwatch() }
}

export async function fill(book: Book, stopped = () => false): Promise<void> {
  const { slip, epoch } = book.wire
  if (!hasPostbox()) return
  const there = new Map((await letters(book.user.id)).map((letter) => [letter.op_id, letter]))
  const unsent = book.wire.unsent()
  const waits = new Set(unsent.map(({ op }) => op.op_id))
  for (const letter of there.values()) if (!waits.has(letter.op_id)) await takeLetter(letter)
  if (!slip || slip.device_id !== book.wire.deviceId || epoch === null) return
  const address = { user_id: book.user.id, device_id: slip.device_id, credential: slip.credential, epoch, key: slip.box.id }
  for (const { op, hold_until } of unsent) {
    if (stopped()) return
    if (fits(there.get(op.op_id), address)) continue
    const box = await closed(slip.box, aboutLetter(book.user.id, op.op_id), op)
    const held = hold_until === undefined ? {} : { hold_until: hold_until + LONGER_THAN_UNDO_MS }
    await putLetter({ ...address, op_id: op.op_id, device_seq: op.device_seq, box, ...held })
  }
}

const fits = (letter: Letter | undefined, { device_id, credential, epoch, key }: Pick<Letter, 'device_id' | 'credential' | 'epoch' | 'key'>): boolean =>
  letter !== undefined && (letter.box !== null || letter.received === true) && letter.device_id === device_id && letter.credential === credential && letter.epoch === epoch && letter.key === key

/* The copy of what a locked phone has just taken down; without a slip it waits for the owner. */
export async function postCaptured(user_id: string, ops: readonly Op[], { slip, epoch, device_id }: { slip: Slip | null; epoch: string | null; device_id: string | null }): Promise<void> {
  if (!hasPostbox() || !slip || slip.device_id !== device_id || epoch === null) return
  for (const op of ops) {
    const box = await closed(slip.box, aboutLetter(user_id, op.op_id), op)
    await putLetter({ user_id, device_id: slip.device_id, credential: slip.credential, epoch, key: slip.box.id, op_id: op.op_id, device_seq: op.device_seq, box })
  }
}
