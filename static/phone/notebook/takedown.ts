/* Writing without reading: while the phone is locked new work is closed for the public half of the capture pair, beside what waits. */
import { sealedFor } from '../keys/box'
import { aboutCaptured } from './capture'
import { databaseOf, Door, type DoorOptions } from './door'
import { SCHEMA_VERSION } from './kinds'
import { type Fields, type Kind, NotSaved, type Op } from './types'
import { idMaker } from './uuid'

const words = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)) as Uint8Array<ArrayBuffer>

/* A new record as a locked phone takes it down. */
export interface Taken { kind: Kind; id: string; set: Fields }

/* Everything or nothing. What was written, for the postbox; it can be read back by nobody who does not open the phone. */
export async function capture(user_id: string, taken: readonly Taken[], options: Pick<DoorOptions, 'factory'> & { now?: () => number } = {}): Promise<Op[]> {
  const now = options.now ?? Date.now
  const newId = idMaker(now)
  const door = new Door(databaseOf(user_id), options)
  try {
    const { key, first } = await reserved(door, taken.length)
    const ops = taken.map(({ kind, id, set }, i): Op => ({
      op_id: newId(), device_seq: first + i, v: SCHEMA_VERSION[kind] ?? 1, kind, id, action: 'create', set, made_at: new Date(now()).toISOString() }))
    const captured = await Promise.all(ops.map((op) => sealedFor(key, aboutCaptured(user_id, op.op_id), words(op))))
    await door.write(async (tx) => {
      const [outbox, meta] = [tx.objectStore('outbox'), tx.objectStore('meta')]
      await Promise.all(ops.map(({ device_seq, op_id, kind, id }, i) => outbox.put({ device_seq, op_id, kind, id, captured: captured[i]! })))
      await meta.put(((await meta.get('change') as number | undefined) ?? 0) + 1, 'change')
    })
    return ops
  } catch (error) {
    throw new NotSaved(`${(error as Error).name}: ${(error as Error).message}`, { cause: error })
  } finally {
    door.close()
  }
}

/* Numbers in the order, taken before the boxes are closed: they are part of what is closed. A gap harms nobody. */
async function reserved(door: Door, count: number): Promise<{ key: { id: string; key: string }; first: number }> {
  return door.write(async (tx) => {
    const meta = tx.objectStore('meta')
    const key = await meta.get('capture') as { id: string; key: string } | undefined
    if (!key) throw new Error('nothing to close it for')
    const last = (await meta.get('device_seq') as number | undefined) ?? 0
    await meta.put(last + count, 'device_seq')
    return { key, first: last + 1 }
  })
}
