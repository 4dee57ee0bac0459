/* What an exact answer to a push does to the notebook. Worked out in memory, written in one transaction. */
import type { Mark } from './desk'
import { keyOf, type Memory, type Truth, type Unsent } from './memory'
import type { Fields, FieldConflict, Kind } from './types'

export interface Head { epoch: string; seq: number; hash: string }
export interface Envelope { epoch: string; server_time: string; head: Head; durable_through: number }
export interface WireRecord { kind: Kind; id: string; rev: number; data: Fields; author_id?: string | null; made_at?: string | null }
export interface Result {
  op_id: string; status: 'accepted' | 'duplicate' | 'conflict' | 'held' | 'rejected' | 'retry'
  code: string; message?: string; seq?: number; fields?: Record<string, string>
  record?: WireRecord; original?: { status: string; code: string }
  conflict?: { id: string; fields: Record<string, FieldConflict> }
}
export interface PushAnswer extends Envelope { results: Result[] }

/* Refused for good and not to be kept anywhere: the citizen has been erased, or another op has this id. */
const CONTENT_GOES = new Set(['ERASED'])
const KEPT_DAYS = 30

export function answered(memory: Memory, answer: PushAnswer): Mark[] {
  const byId = new Map([...memory.outbox.values()].map((row) => [row.op.op_id, row]))
  const marks = heard(memory, answer)
  const back = new Map(marks.flatMap((mark) => (mark.store === 'outbox' && mark.value ? [[mark.value.op.op_id, mark.value]] : [])))
  for (const result of answer.results) {
    const row = byId.get(result.op_id) ?? back.get(result.op_id)
    if (row) marks.push(...settled(memory, row, result, answer))
  }
  return marks
}

/* True for every exact answer: a new epoch brings the journal back, a checked backup lets it go. */
export function heard(memory: Memory, answer: Envelope): Mark[] {
  const was = memory.meta.get('epoch')
  const marks: Mark[] = [
    { store: 'meta', key: 'epoch', value: answer.epoch }, { store: 'meta', key: 'head', value: answer.head },
    { store: 'meta', key: 'durable_through', value: answer.durable_through },
    { store: 'meta', key: 'server_time', value: answer.server_time },
  ]
  if (was !== undefined && was !== answer.epoch) marks.push({ store: 'meta', key: 'new_epoch', value: answer.epoch })
  for (const [key, row] of memory.journal) {
    if (row.epoch !== answer.epoch) {
      const value: Unsent = { op: row.op, ...(row.status === 'held' ? {} : { answered: row.epoch }) }
      marks.push({ store: 'outbox', key, value }, { store: 'journal', key })
    } else if (row.status !== 'held' && ((row.seq ?? Infinity) <= answer.durable_through || old(row.answered_at, answer.server_time)))
      marks.push({ store: 'journal', key })
  }
  for (const [key, row] of memory.tray)
    if (row.closed && old(row.closed_at ?? answer.server_time, answer.server_time)) marks.push({ store: 'tray', key })
  return marks
}

/* Ages are differences of the server's clock only: a phone's clock may be years off. */
const old = (then: string, now: string) => Date.parse(now) - Date.parse(then) > KEPT_DAYS * 86_400_000

function settled(memory: Memory, row: Unsent, result: Result, answer: PushAnswer): Mark[] {
  const { op } = row
  const key = op.device_seq
  const first = result.status === 'duplicate' ? result.original?.status ?? 'accepted' : result.status
  const code = result.status === 'duplicate' ? result.original?.code ?? result.code : result.code
  if (first === 'retry') return []
  const marks: Mark[] = [{ store: 'outbox', key }]
  if (first === 'rejected') {
    const kept = CONTENT_GOES.has(code) ? { ...op, set: {}, base: {} } : op
    return [...marks, { store: 'tray', key, value: {
      op: kept, code, message: result.message ?? '', fields: result.fields ?? {}, stuck: false } }]
  }
  const seq = result.seq ?? null
  marks.push({ store: 'journal', key, value: {
    op, status: first, code, seq, epoch: answer.epoch, answered_at: answer.server_time, ...(said(result) ? { notice: said(result) } : {}) } })
  if (first === 'accepted') marks.push(...moved(memory, row, result, answer.epoch, seq))
  if (first === 'conflict' && result.conflict)
    marks.push({ store: 'conflicts', key: result.conflict.id, value: {
      id: result.conflict.id, fields: result.conflict.fields, kind: op.kind, record_id: op.id, op_id: op.op_id, code } })
  if (op.resolves && first === 'accepted') marks.push({ store: 'conflicts', key: op.resolves })
  return marks
}

/* What the server adds to "saved": the seat that had been taken, the month that was closed. */
const USUAL = ['Gemt på serveren.', 'Allerede modtaget.']
const said = ({ status, message }: Result): string | undefined =>
  status === 'accepted' && message && !USUAL.includes(message) ? message : undefined

/* Only an accepted op moves the phone's copy of the truth. */
function moved(memory: Memory, { op }: Unsent, result: Result, epoch: string, seq: number | null): Mark[] {
  const key = keyOf(op.kind, op.id)
  if (!result.record) return op.action === 'delete' ? [{ store: 'records', key }] : []
  const was = memory.records.get(key)
  if (was && was.epoch === epoch && was.rev > result.record.rev) return []
  return [{ store: 'records', key, value: truthOf(result.record, epoch, seq, was, memory) }]
}

export function truthOf(record: WireRecord, epoch: string, seq: number | null, was?: Truth, memory?: Memory): Truth {
  return {
    kind: record.kind, id: record.id, rev: record.rev, epoch, data: record.data, seq: seq ?? was?.seq ?? null,
    author_id: record.author_id ?? was?.author_id ?? (memory?.meta.get('user_id') as string | undefined) ?? null,
    made_at: record.made_at ?? was?.made_at ?? null,
  }
}
