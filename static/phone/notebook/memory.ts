/* The notebook's content in memory, and the rows that screens see, worked out anew after every change. */
import { applied } from './overlay'
import type { Action, ConflictCard, Fields, Kind, Op, OpTrace, Row, SyncState } from './types'

export interface Truth {
  kind: Kind; id: string; rev: number; epoch: string; seq: number | null
  author_id: string | null; made_at: string | null; data: Fields
  gone?: string               // deleted on the server, kept while something of ours hangs on it
}
/* answered: the epoch in which the server had accepted it, when a restore brought it back to the outbox. */
export interface Unsent { op: Op; hold_until?: number; answered?: string }
export interface Answered { op: Op; status: string; code: string; seq: number | null; epoch: string; answered_at: string; notice?: string }
export interface InTray {
  op: Op; code: string; message: string; fields: Record<string, string>; stuck: boolean
  closed?: 'corrected' | 'dropped' | 'handed_over' | 'settled'; closed_at?: string
}
export interface Open extends ConflictCard { resolving?: string }

export const keyOf = (kind: Kind, id: string) => `${kind}/${id}`

interface Hanging { op: Op; from: 'outbox' | 'held' | 'tray'; answered?: string }

const NO_OPS: string[] = []
const settledRow = ({ kind, id, rev, seq, author_id, made_at, data }: Truth): Row =>
  ({ kind, id, data: data as unknown as Row['data'], rev, state: 'SAVED', author_id, made_at, seq, op_ids: NO_OPS })

export class Memory {
  records = new Map<string, Truth>()
  staged = new Map<string, Truth>()
  outbox = new Map<number, Unsent>()
  journal = new Map<number, Answered>()
  tray = new Map<number, InTray>()
  conflicts = new Map<string, Open>()
  drafts = new Map<string, unknown>()
  meta = new Map<string, unknown>()
  private views: Map<Kind, Map<string, Row>> | null = null

  changed(): void { this.views = null }

  /* In the order they were made: everything depends on it. */
  unsent(): Unsent[] { return [...this.outbox.values()].sort((a, b) => a.op.device_seq - b.op.device_seq) }
  openTray(): InTray[] {
    return [...this.tray.values()].filter((item) => !item.closed).sort((a, b) => a.op.device_seq - b.op.device_seq)
  }
  openConflicts(): Open[] {
    const waiting = new Set([...this.outbox.values()].map(({ op }) => op.op_id))
    return [...this.conflicts.values()].filter(({ resolving }) => !resolving || !waiting.has(resolving))
  }

  view(kind: Kind): Map<string, Row> {
    this.views ??= this.draw()
    return this.views.get(kind) ?? new Map()
  }
  shown(kind: Kind, id: string): Fields | undefined { return this.view(kind).get(id)?.data as Fields | undefined }

  ops(): OpTrace[] {
    const trace = (op: Op, where: OpTrace['where'], status: string, code: string | null, seq: number | null, notice: string | null = null): OpTrace => ({
      op_id: op.op_id, device_seq: op.device_seq, kind: op.kind, id: op.id, action: op.action as Action, made_at: op.made_at,
      where, status: status as OpTrace['status'], code, seq, notice,
    })
    return [
      ...[...this.outbox.values()].map(({ op }) => trace(op, 'outbox', 'waiting', null, null)),
      ...[...this.journal.values()].map((row) => trace(row.op, 'journal', row.status, row.code, row.seq, row.notice)),
      ...this.openTray().map((row) => trace(row.op, 'tray', row.stuck ? 'stuck' : 'rejected', row.code, null)),
    ].sort((a, b) => a.device_seq - b.device_seq)
  }

  /* Ops that are not (or not wholly) in the server's truth, by record and in the order they were made. */
  private hanging(): Map<string, Hanging[]> {
    const found: Hanging[] = [
      ...[...this.outbox.values()].map(({ op, answered }) => ({ op, from: 'outbox' as const, ...(answered ? { answered } : {}) })),
      ...[...this.journal.values()].filter(({ status }) => status === 'held').map(({ op }) => ({ op, from: 'held' as const })),
      ...this.openTray().map(({ op }) => ({ op, from: 'tray' as const })),
    ].sort((a, b) => a.op.device_seq - b.op.device_seq)
    const byRecord = new Map<string, Hanging[]>()
    for (const item of found) {
      const key = keyOf(item.op.kind, item.op.id)
      byRecord.set(key, [...byRecord.get(key) ?? [], item])
    }
    return byRecord
  }

  private draw(): Map<Kind, Map<string, Row>> {
    const hanging = this.hanging()
    const torn = new Set(this.openConflicts().map(({ kind, record_id }) => keyOf(kind, record_id)))
    const views = new Map<Kind, Map<string, Row>>()
    const put = (row: Row | null) => {
      if (!row) return
      const view = views.get(row.kind)
      if (view) view.set(row.id, row)
      else views.set(row.kind, new Map([[row.id, row]]))
    }
    for (const [key, truth] of this.records) {
      const ops = hanging.get(key)
      if (ops || torn.has(key)) put(this.row(truth, ops ?? [], torn.has(key)))
      else if (!truth.gone) put(settledRow(truth))           // nearly all of them
    }
    for (const [key, ops] of hanging) if (!this.records.has(key)) put(this.row(null, ops, torn.has(key)))
    return views
  }

  private row(truth: Truth | null, hanging: readonly Hanging[], torn: boolean): Row | null {
    const live = hanging.filter((item) => this.shows(item, truth))
    const start = truth && (!truth.gone || live.some(({ op }) => op.action === 'update')) ? truth.data : null
    const data = live.reduce<Fields | null>((now, { op }) => applied(now, op), start)
    if (!data) return null
    const from = (place: Hanging['from']) => hanging.some((item) => item.from === place)
    const state: SyncState = torn ? 'CONFLICT' : from('tray') ? 'FIX' : from('outbox') ? 'WAITING' : from('held') ? 'SENT' : 'SAVED'
    const first = hanging[0]?.op
    return {
      kind: (truth ?? first!).kind, id: (truth ?? first!).id, data: data as unknown as Row['data'], rev: truth?.rev ?? 0, state,
      author_id: truth ? truth.author_id : (this.meta.get('user_id') as string | undefined) ?? null,
      made_at: truth ? truth.made_at : first?.made_at ?? null,
      seq: truth?.seq ?? null, op_ids: hanging.map(({ op }) => op.op_id),
    }
  }

  /* A rejected new record stays in sight; a rejected change does not. An op that a restore has brought back is
     already in a truth that is older than the restore. */
  private shows({ op, from, answered }: Hanging, truth: Truth | null): boolean {
    if (from === 'tray') return op.action === 'create' && !truth
    if (!answered) return true
    return answered !== (truth?.epoch ?? this.meta.get('view_epoch'))
  }
}
