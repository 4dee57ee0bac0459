/* What a locked phone took down becomes ordinary unsent work when its owner opens it: it was closed for a key pair whose private half lies
   under the data key (security.md, Keys). */
import type { BoxPair } from '../keys/box'
import type { Desk } from './desk'
import { databaseOf, Door, type DoorOptions } from './door'
import { aboutOp, sealed } from './rows'
import type { OutboxRow } from './stores'
import type { Op, Seal, Slip } from './types'

const boxes = () => import('../keys/box')
const PAIR = 'capture_pair'
export const aboutCaptured = (user_id: string, op_id: string) => `captured|${user_id}|${op_id}`

/* The pair, once for each notebook: its public half in the clear. */
export async function preparePair({ door, sealer, memory }: Desk): Promise<void> {
  if (memory.meta.has('capture')) return
  const pair = await (await boxes()).newPair(crypto.randomUUID())
  const [row] = await sealed([{ store: 'meta', key: PAIR, value: pair }], sealer)
  await door.write(async (tx) => {
    const meta = tx.objectStore('meta')
    if (await meta.get('capture')) return        // another tab was first
    await meta.put({ id: pair.id, key: pair.key }, 'capture')
    await meta.put(row, PAIR)
    await meta.put(((await meta.get('change') as number | undefined) ?? 0) + 1, 'change')
  })
}

/* Seals what was captured with the notebook's own key, in its place in the outbox. What does not open stays as it lies: it is lost to nobody. */
export async function adoptCaptured(door: Door, sealer: Seal): Promise<void> {
  const [rows, user_id, box] = await door.read(async (tx) => [
    (await tx.objectStore('outbox').getAll()).filter(({ captured }) => captured !== undefined),
    await tx.objectStore('meta').get('user_id') as string, (await tx.objectStore('meta').get(PAIR) as { box: unknown } | undefined)?.box])
  if (!rows.length || !box) return
  const [pair] = await sealer.open([box], [`meta|${PAIR}`]) as [BoxPair]
  const ops = await Promise.all(rows.map((row) => openedOp(pair, user_id, row)))
  const whole = rows.flatMap((row, i) => ops[i] ? [{ row, op: ops[i] }] : [])
  const next = await sealer.seal(whole.map(({ op: { device_seq: _seq, ...op } }) => ({ op })), whole.map(({ row }) => aboutOp(row.op_id)))
  await door.write(async (tx) => {
    const [outbox, meta] = [tx.objectStore('outbox'), tx.objectStore('meta')]
    for (const [i, { row: { captured: _captured, ...row } }] of whole.entries())
      if ((await outbox.get(row.device_seq))?.captured) await outbox.put({ ...row, box: next[i] })
    await meta.put(((await meta.get('change') as number | undefined) ?? 0) + 1, 'change')
  })
}

async function openedOp(pair: BoxPair, user_id: string, { device_seq, op_id, captured }: OutboxRow): Promise<Op | null> {
  try {
    const op = JSON.parse(new TextDecoder().decode(await (await boxes()).openedBox(pair, aboutCaptured(user_id, op_id), captured!))) as Op
    return op.op_id === op_id && op.device_seq === device_seq ? op : null
  } catch {
    return null
  }
}

/* What a locked phone may know to write with: whether it can, where its owner meant to go today (opaque ids, in the order of I dag),
   how much waits, and what to close letters with. */
export interface Stops { day: string; practices: { id: string; begun: boolean }[] }
export interface LockedDesk { ready: boolean; stops: Stops | null; slip: Slip | null; epoch: string | null; device_id: string | null; waiting: number; heard_at: number | null }

export async function lockedDesk(user_id: string, options: Pick<DoorOptions, 'factory'> = {}): Promise<LockedDesk> {
  const door = new Door(databaseOf(user_id), options)
  try {
    return await door.read(async (tx) => {
      const meta = tx.objectStore('meta')
      const of = async <T>(key: string) => (await meta.get(key) as T | undefined) ?? null
      return { ready: await of('capture') !== null, stops: await of<Stops>('stops'), slip: await of<Slip>('slip'), epoch: await of<string>('epoch'),
        device_id: await of<string>('device_id'), waiting: await tx.objectStore('outbox').count(), heard_at: await of<number>('heard_at') }
    })
  } finally {
    door.close()
  }
}
