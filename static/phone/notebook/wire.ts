/* The notebook's side of the line: what may leave, what has come back, how far has been read. */
import { answered, type Envelope, heard, type PushAnswer, type Head } from './answers'
import type { Desk, Mark } from './desk'
import type { InTray, Unsent } from './memory'
import { HOLD_MS } from './saving'
import type { Op, Slip } from './types'
import { cleared, type Page, staged, type Staging } from './view'

export interface Limits { ops: number; bytes: number; without?: ReadonlySet<string> }
export interface Learned { op_id: string; status: string; code?: string; seq?: number; message?: string; settled?: string | null }

const weight = (op: Op) => new TextEncoder().encode(JSON.stringify(op)).length + 1

export const DISCARDED = 'discarded'      // in meta: how much its author has deleted unsent that the server has not heard of

export class Wire {
  constructor(private readonly desk: Desk, private readonly now: () => number) {}

  /* What another tab has done meanwhile counts too. */
  refresh(): Promise<void> { return this.desk.refresh() }

  waiting(): { count: number; oldest: string | null } {
    const unsent = this.desk.memory.unsent()
    return { count: unsent.length, oldest: unsent[0]?.op.made_at ?? null }
  }

  /* All of it, in the order it was made. */
  unsent(): Unsent[] { return this.desk.memory.unsent() }

  /* Ops to send, in the order they were made, claimed for good: from now on undo() cannot take them back.
     Stops at the first one that is still held back, leaves out whole records with an op in `without`. */
  async outgoing({ ops, bytes, without = new Set() }: Limits): Promise<Op[]> {
    const batch: Op[] = []
    const left = new Set<string>()
    let size = 0
    for (const { op, hold_until } of this.desk.memory.unsent()) {
      if (this.isHeld(hold_until)) break
      if (without.has(op.op_id)) left.add(op.id)
      if (left.has(op.id)) continue
      size += weight(op)
      if (batch.length >= ops || (batch.length && size > bytes)) break
      batch.push(op)
    }
    return this.claimed(batch)
  }

  /* All that waits, held back or not, to leave by another way than the line: claimed as well. */
  allUnsent(): Promise<Op[]> { return this.claimed(this.desk.memory.unsent().map(({ op }) => op)) }

  /* Milliseconds until the next hold-back ends; null when nothing is held back. */
  holdEndsIn(): number | null {
    const ends = [...this.desk.memory.outbox.values()].map(({ hold_until }) => hold_until).filter((end) => this.isHeld(end))
    return ends.length ? Math.min(...ends.map((end) => end! - this.now())) : null
  }

  /* A clock that has jumped back must not hold anything back for years. */
  private isHeld(until: number | undefined): boolean {
    return until !== undefined && until > this.now() && until - this.now() <= HOLD_MS
  }

  private async claimed(batch: readonly Op[]): Promise<Op[]> {
    const { outbox } = this.desk.memory
    if (!batch.some((op) => outbox.get(op.device_seq)?.hold_until !== undefined)) return [...batch]
    const there = new Set<number>()
    await this.desk.write(async (tx) => {
      const store = tx.objectStore('outbox')
      const marks: Mark[] = []
      for (const op of batch) {
        const row = await store.get(op.device_seq)
        if (!row) { marks.push({ store: 'outbox', key: op.device_seq }); continue }
        there.add(op.device_seq)
        if (row.hold_until === undefined) continue
        delete row.hold_until
        await store.put(row)
        marks.push({ store: 'outbox', key: op.device_seq, value: { op } })
      }
      return marks
    })
    return batch.filter((op) => there.has(op.device_seq))
  }

  /* Pages of a view that was being fetched are older than what has just been sent: that view starts over. */
  answer(answer: PushAnswer): Promise<void> {
    const { memory } = this.desk
    return this.desk.put([...answered(memory, answer), this.heardNow(), ...(answer.results.length ? cleared(memory) : [])])
  }
  hear(answer: Envelope): Promise<void> { return this.desk.put([...heard(this.desk.memory, answer), this.heardNow()]) }

  /* Where to read on: inside a view that was being fetched, else after the last one. */
  cursor(): string | null {
    const staging = this.desk.memory.meta.get('staging') as Staging | undefined
    return staging?.cursor ?? (this.desk.memory.meta.get('cursor') as string | undefined) ?? null
  }

  /* Is a whole view on its way, or about to be? */
  get fetchesAll(): boolean { return this.desk.memory.meta.has('staging') || !this.desk.memory.meta.has('cursor') }

  /* done: swapped in. asks: so many records would vanish without a reason that somebody must say yes first. */
  async page(page: Page, allowRemoval = false): Promise<{ done: boolean; asks: number }> {
    const { marks, done, asks } = staged(this.desk.memory, page, allowRemoval)
    await this.desk.put([...marks, this.heardNow()])
    if (done) await this.desk.tidy()
    return { done, asks }
  }

  forgetCursor(): Promise<void> {
    return this.desk.put([...cleared(this.desk.memory), { store: 'meta', key: 'cursor' }])
  }

  /* To the tray: the server cannot cope with this op, and the rest must go on. */
  async park(op_id: string, code: string, message: string): Promise<void> {
    const row = [...this.desk.memory.outbox.values()].find(({ op }) => op.op_id === op_id)
    if (!row) return
    const value: InTray = { op: row.op, code, message, fields: {}, stuck: true }
    const key = row.op.device_seq
    await this.desk.put([{ store: 'outbox', key }, { store: 'tray', key, value }])
  }

  /* Ops whose fate may change on the server without us: held ones, and refused ones that still lie there. */
  pending(): string[] {
    const { memory } = this.desk
    return [...[...memory.journal.values()].filter(({ status }) => status === 'held'),
      ...memory.openTray().filter(({ stuck }) => !stuck)].map(({ op }) => op.op_id)
  }

  async learned(news: readonly Learned[]): Promise<void> {
    const marks = news.flatMap((one) => this.lesson(one))
    if (marks.length) await this.desk.put(marks)
  }

  private lesson({ op_id, status, code = '', seq, message = '', settled }: Learned): Mark[] {
    const { journal, tray } = this.desk.memory
    const held = [...journal.values()].find((row) => row.op.op_id === op_id && row.status === 'held')
    const refused = [...tray.values()].find((row) => row.op.op_id === op_id && !row.closed)
    const key = (held ?? refused)?.op.device_seq
    if (key === undefined) return []
    const done = settled || status === 'accepted' || status === 'conflict'
    if (refused) return done ? [{ store: 'tray', key, value: closed(refused, 'settled', this.time) }] : []
    if (done) return [{ store: 'journal', key, value: { ...held!, status: settled ? 'settled' : status, code, seq: seq ?? held!.seq } }]
    if (status === 'rejected')
      return [{ store: 'journal', key }, { store: 'tray', key, value: { op: held!.op, code, message, fields: {}, stuck: false } }]
    return status === 'unknown' ? [{ store: 'journal', key }, { store: 'outbox', key, value: { op: held!.op } }] : []
  }

  async handedOver(op_ids: readonly string[]): Promise<void> {
    const marks = [...this.desk.memory.tray].filter(([, row]) => op_ids.includes(row.op.op_id))
      .map(([key, row]): Mark => ({ store: 'tray', key, value: closed(row, 'handed_over', this.time) }))
    if (marks.length) await this.desk.put(marks)
  }

  get hasJournal(): boolean { return this.desk.memory.journal.size > 0 }
  get have(): Head | null { return (this.desk.memory.meta.get('head') as Head | undefined) ?? null }
  get epoch(): string | null { return (this.desk.memory.meta.get('epoch') as string | undefined) ?? null }
  get deviceId(): string | null { return (this.desk.memory.meta.get('device_id') as string | undefined) ?? null }
  setDeviceId(id: string | null): Promise<void> {
    return this.desk.put([{ store: 'meta', key: 'device_id', ...(id === null ? {} : { value: id }) }])
  }

  /* What a locked phone hands boxes in with. */
  get slip(): Slip | null { return (this.desk.memory.meta.get('slip') as Slip | undefined) ?? null }
  keepSlip(slip: Slip): Promise<void> { return this.desk.put([{ store: 'meta', key: 'slip', value: slip }]) }

  /* What its author has deleted unsent; told to the server once. */
  get discarded(): number { return (this.desk.memory.meta.get(DISCARDED) as number | undefined) ?? 0 }
  async discardTold(count: number): Promise<void> {
    if (count) await this.desk.put([{ store: 'meta', key: DISCARDED, ...(this.discarded > count ? { value: this.discarded - count } : {}) }])
  }

  /* Nothing has ever come from the server or been written here. */
  get isNew(): boolean { return this.epoch === null && !this.desk.memory.meta.get('device_seq') }

  /* The server keeps the recovery share of this phone. */
  shareLeft(): Promise<void> { return this.desk.put([{ store: 'meta', key: 'share_left', value: this.deviceId }]) }

  /* When the server last answered, by the phone's own clock: how long it may go on alone counts from there. */
  get heardAt(): number | null { return (this.desk.memory.meta.get('heard_at') as number | undefined) ?? null }
  private heardNow(): Mark { return { store: 'meta', key: 'heard_at', value: this.now() } }

  private get time(): string { return this.serverTime ?? new Date(this.now()).toISOString() }
  get serverTime(): string | null { return (this.desk.memory.meta.get('server_time') as string | undefined) ?? null }
}

export const closed = (row: InTray, how: NonNullable<InTray['closed']>, at: string): InTray => ({ ...row, closed: how, closed_at: at })
