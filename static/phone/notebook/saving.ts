/* Turns what the user did into ops: base from what the user saw, one transaction for all, nothing half saved. */
import { type Desk, lay, type Mark, unheard } from './desk'
import { APPEND_ONLY, SCHEMA_VERSION } from './kinds'
import type { Unsent } from './memory'
import { isSet, same } from './overlay'
import { aboutOp, sealed } from './rows'
import type { Write } from './stores'
import { type Change, type Fields, type Kind, NotSaved, type Op, type Saved, type SaveOptions, type Undone } from './types'

export const HOLD_MS = 10_000

export interface Pen { desk: Desk; now: () => number; newId: () => string }
export type Draft = Omit<Op, 'device_seq'>

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

export async function save(pen: Pen, changes: readonly Change[], options: SaveOptions = {}): Promise<Saved> {
  const made = changes.map((change) => ({ ...change, id: change.id ?? pen.newId() }))
  const ops = made.map((change) => opOf(pen, change)).filter((op) => op !== null)
  const hold = options.undoable && ops.length ? pen.now() + HOLD_MS : null
  await write(pen, ops, { hold, draft: options.draft })
  return { op_ids: ops.map((op) => op.op_id), ids: made.map(({ id }) => id), undo_until: hold }
}

export interface WriteOptions { hold?: number | null; draft?: string | undefined; also?: readonly Mark[] }

/* All ops and their numbers in one transaction. Running twice (a connection that died at commit) writes them once. */
export async function write({ desk }: Pen, ops: readonly Draft[], { hold, draft, also = [] }: WriteOptions = {}): Promise<void> {
  const extra: Mark[] = draft === undefined ? [...also] : [...also, { store: 'drafts', key: draft }]
  if (!ops.length && !extra.length) return
  try {
    const boxes = await desk.sealer.seal(ops.map((op) => ({ op })), ops.map(({ op_id }) => aboutOp(op_id)))
    const rows = await sealed(extra, desk.sealer)
    await desk.write(async (tx) => {
      const marks = await numbered(tx, ops, boxes, hold ?? null)
      lay(tx, extra, rows)
      return [...marks, ...extra]
    })
  } catch (error) {
    throw new NotSaved(`${(error as Error).name}: ${(error as Error).message}`, { cause: error })
  }
}

/* Everything is asked at once and put down at once: two rounds to the disk, however many ops. */
async function numbered(tx: Write, ops: readonly Draft[], boxes: readonly unknown[], hold: number | null): Promise<Mark[]> {
  const [outbox, meta] = [tx.objectStore('outbox'), tx.objectStore('meta')]
  const [given, ...there] = await Promise.all([meta.get('device_seq') as Promise<number | undefined>, ...ops.map(({ op_id }) => outbox.index('op_id').getKey(op_id))])
  const held = hold === null ? {} : { hold_until: hold }
  let last = given ?? 0
  const marks = ops.map((draft, i): Mark => {
    const device_seq = there[i] ?? ++last
    if (there[i] === undefined) unheard(outbox.add({ device_seq, op_id: draft.op_id, kind: draft.kind, id: draft.id, ...held, box: boxes[i] }))
    return { store: 'outbox', key: device_seq, value: { op: { ...draft, device_seq }, ...held } }
  })
  unheard(meta.put(last, 'device_seq'))
  return [...marks, { store: 'meta', key: 'device_seq', value: last }]
}

export function opHead(pen: Pen, kind: Kind, id: string): Omit<Draft, 'action'> {
  return { op_id: pen.newId(), v: SCHEMA_VERSION[kind] ?? 1, kind, id, made_at: new Date(pen.now()).toISOString() }
}

function opOf(pen: Pen, change: Change & { id: string }): Draft | null {
  const head = opHead(pen, change.kind, change.id)
  if (change.action === 'create')
    return { ...head, action: 'create', set: copy(change.set as unknown as Fields), ...(change.restores ? { restores: true as const } : {}) }
  const shown = pen.desk.memory.shown(change.kind, change.id) ?? {}
  const seen = copy(change.seen ?? shown)
  if (change.action === 'delete') return { ...head, action: 'delete', base: seen }
  const set: Fields = {}
  const base: Fields = {}
  for (const [field, value] of Object.entries(change.set as Fields)) {
    const was = ownWork(pen, change.kind, change.id, field) ? shown[field] : seen[field]
    if (same(was, value, isSet(change.kind, field))) continue
    set[field] = value ?? null
    base[field] = was ?? null
  }
  return Object.keys(set).length ? { ...head, action: 'update', set: copy(set), base: copy(base) } : null
}

/* Nobody quarrels with himself: what this phone has written to the field itself counts as seen, be it unsent or standing there now. */
export function ownWork({ desk: { memory } }: Pen, kind: Kind, id: string, field: string): boolean {
  const mine = ({ op }: { op: Op }) => op.kind === kind && op.id === id && field in (op.set ?? {})
  const shown = memory.shown(kind, id)?.[field]
  return [...memory.outbox.values()].some(mine)
    || [...memory.journal.values()].some((row) => mine(row) && row.status === 'accepted' && same(row.op.set![field], shown, isSet(kind, field)))
}

/* Within the hold-back nothing has left the phone, so the ops just go; afterwards an opposite op is made. */
export async function undo(pen: Pen, op_ids: readonly string[]): Promise<Undone> {
  const removed = await takeBack(pen, op_ids)
  if (removed) return { removed: [...op_ids], reversed: [], too_late: [] }
  const known = new Map([...pen.desk.memory.outbox.values(), ...pen.desk.memory.journal.values()].map(({ op }) => [op.op_id, op]))
  const found = op_ids.map((id) => known.get(id)).filter((op) => op !== undefined)
  const able = found.filter((op) => !APPEND_ONLY.has(op.kind)).reverse()
  const changes = able.map((op) => opposite(pen, op)).filter((change) => change !== null)
  if (changes.length) await save(pen, changes)
  const reversed = able.map((op) => op.op_id)
  return { removed: [], reversed, too_late: op_ids.filter((id) => !reversed.includes(id)) }
}

/* The rows still carry `hold_until` = the line has not claimed them. Later work on the same records needs them to stay. */
async function takeBack({ desk }: Pen, op_ids: readonly string[]): Promise<boolean> {
  const mine = [...desk.memory.outbox.values()].filter(({ op }) => op_ids.includes(op.op_id))
  const records = new Set(mine.map(({ op }) => op.id))
  const built = (row: Unsent) => !op_ids.includes(row.op.op_id)
    && (records.has(row.op.id) || Object.values(row.op.set ?? {}).some((value) => records.has(value as string)))
  const first = Math.min(...mine.map(({ op }) => op.device_seq))
  if (mine.length !== op_ids.length) return false
  if ([...desk.memory.outbox.values()].some((row) => row.op.device_seq > first && built(row))) return false
  const marks = await desk.write(async (tx) => {
    const outbox = tx.objectStore('outbox')
    const rows = await Promise.all(mine.map(({ op }) => outbox.get(op.device_seq)))
    if (!rows.every((row) => row?.hold_until !== undefined)) return []
    await Promise.all(mine.map(({ op }) => outbox.delete(op.device_seq)))
    return mine.map(({ op }): Mark => ({ store: 'outbox', key: op.device_seq }))
  })
  return marks.length > 0
}

function opposite({ desk }: Pen, op: Op): Change | null {
  if (op.action === 'create') return { kind: op.kind, action: 'delete', id: op.id }
  if (op.action === 'delete') return { kind: op.kind, action: 'create', id: op.id, set: copy(op.base ?? {}), restores: true } as unknown as Change
  const shown = desk.memory.shown(op.kind, op.id)
  const back = Object.entries(op.base ?? {}).filter(([field]) => same(shown?.[field], op.set?.[field], isSet(op.kind, field)))
  return back.length ? { kind: op.kind, action: 'update', id: op.id, set: Object.fromEntries(back) } as Change : null
}
