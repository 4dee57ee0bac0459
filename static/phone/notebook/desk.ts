/* How anything gets written: changes are worked out in memory, sealed, put down in one transaction, then shown. */
import type { Door } from './door'
import { type Answered, type InTray, keyOf, Memory, type Open, type Truth, type Unsent } from './memory'
import type { Store, Stores, Write } from './stores'
import type { Fields, Op, Seal } from './types'

/* One row put (or, without a value, taken away). Keys: `kind/id` for records, device_seq for ops, else the row's own. */
export type Mark =
  | { store: 'records' | 'staged'; key: string; value?: Truth }
  | { store: 'outbox'; key: number; value?: Unsent }
  | { store: 'journal'; key: number; value?: Answered }
  | { store: 'tray'; key: number; value?: InTray }
  | { store: 'conflicts'; key: string; value?: Open }
  | { store: 'drafts' | 'meta'; key: string; value?: unknown }

export const plain: Seal = { seal: async (values) => [...values], open: async (boxes) => [...boxes] }

export class Desk {
  memory = new Memory()
  private seen = 0            // the database's change counter that `memory` shows
  private listeners = new Set<() => void>()
  version = 0
  announce: () => void = () => {}

  constructor(readonly door: Door, readonly sealer: Seal = plain) {}

  changed(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /* All marks or none. */
  async put(marks: readonly Mark[]): Promise<void> {
    const rows = await this.sealed(marks)
    const change = await this.door.write(async (tx) => { await lay(tx, marks, rows); return counted(tx) })
    await this.shown(change, marks)
  }

  /* For writes that must look into the transaction before they decide: what they give back is shown afterwards. */
  async write(work: (tx: Write) => Promise<readonly Mark[]>): Promise<readonly Mark[]> {
    const [marks, change] = await this.door.write(async (tx) => [await work(tx), await counted(tx)] as const)
    await this.shown(change, marks)
    return marks
  }

  async refresh(): Promise<void> {
    const change = await this.door.read((tx) => tx.objectStore('meta').get('change'))
    if (change !== undefined && change !== this.seen) await this.load()
  }

  async load(): Promise<void> {
    const { content, change } = await this.door.read(everything)
    this.memory = await opened(content, this.sealer)
    this.seen = change
    this.touched()
  }

  private async shown(change: number, marks: readonly Mark[]): Promise<void> {
    if (change !== this.seen + 1) return this.load().then(() => this.announce())   // another tab has written
    this.seen = change
    for (const { store, key, value } of marks) {
      const shelf = this.memory[store] as Map<unknown, unknown>
      if (value === undefined) shelf.delete(key)
      else shelf.set(key, value)
    }
    this.touched()
    this.announce()
  }

  private touched(): void {
    this.memory.changed()
    this.version += 1
    for (const listener of this.listeners) listener()
  }

  async sealed(marks: readonly Mark[]): Promise<unknown[]> {
    const halves = marks.map((mark) => (mark.value === undefined ? null : split(mark)))
    const secret = halves.filter((half) => half !== null && 'secret' in half)
    const boxes = await this.sealer.seal(secret.map((half) => half!.secret), secret.map((half) => half!.about ?? ''))
    const boxOf = new Map(secret.map((half, i) => [half, boxes[i]]))
    return halves.map((half) => half && ('secret' in half ? { ...(half.open as object), box: boxOf.get(half) } : half.open))
  }
}

/* Puts marks down with their sealed rows. */
export function lay(tx: Write, marks: readonly Mark[], rows: readonly unknown[]): Promise<unknown> {
  return Promise.all(marks.map((mark, i) => {
    const store = tx.objectStore(mark.store)
    if (mark.value === undefined) return store.delete(databaseKey(mark) as never)
    return mark.store === 'meta' ? store.put(rows[i] as never, mark.key as never) : store.put(rows[i] as never)
  }))
}

interface Half { open: unknown; secret?: unknown; about?: string }

export const aboutOp = (op_id: string) => `op|${op_id}`
const aboutRecord = ({ kind, id, rev }: Pick<Truth, 'kind' | 'id' | 'rev'>) => `record|${kind}|${id}|${rev}`

async function counted(tx: Write): Promise<number> {
  const meta = tx.objectStore('meta')
  const change = ((await meta.get('change') as number | undefined) ?? 0) + 1
  await meta.put(change, 'change')
  return change
}

function databaseKey(mark: Mark): unknown {
  if (mark.store !== 'records' && mark.store !== 'staged') return mark.key
  const cut = mark.key.indexOf('/')
  return [mark.key.slice(0, cut), mark.key.slice(cut + 1)]
}

/* The number in the order is given inside the transaction, so it stays outside the box. */
const opHalf = ({ op, notice, ...rest }: { op: Op; notice?: string }): Half => {
  const { device_seq, ...secret } = op
  return { open: { ...rest, device_seq, op_id: op.op_id, kind: op.kind, id: op.id }, secret: notice ? { ...secret, notice } : secret, about: aboutOp(op.op_id) }
}

function split(mark: Mark): Half {
  switch (mark.store) {
    case 'outbox': case 'journal': case 'tray': return opHalf(mark.value!)
    case 'records': case 'staged': { const { data, ...open } = mark.value!; return { open, secret: data, about: aboutRecord(mark.value!) } }
    case 'conflicts': { const { fields, ...open } = mark.value!; return { open, secret: fields, about: `conflict|${mark.key}` } }
    case 'drafts': return { open: { key: mark.key }, secret: mark.value, about: `draft|${mark.key}` }
    case 'meta': return { open: mark.value }
  }
}

type Content = { [S in Exclude<Store, 'meta'>]: Stores[S]['value'][] } & { meta: [string, unknown][] }

async function everything(tx: Parameters<Parameters<Door['read']>[0]>[0]): Promise<{ content: Content; change: number }> {
  const all = <S extends Exclude<Store, 'meta'>>(store: S) => tx.objectStore(store).getAll() as Promise<Stores[S]['value'][]>
  const [records, staged, outbox, journal, tray, conflicts, drafts, keys, values] = await Promise.all([
    all('records'), all('staged'), all('outbox'), all('journal'), all('tray'), all('conflicts'), all('drafts'),
    tx.objectStore('meta').getAllKeys(), tx.objectStore('meta').getAll()])
  const meta = keys.map((key, i): [string, unknown] => [key, values[i]])
  return { content: { records, staged, outbox, journal, tray, conflicts, drafts, meta }, change: Number(new Map(meta).get('change') ?? 0) }
}

async function opened(content: Content, sealer: Seal): Promise<Memory> {
  const memory = new Memory()
  const places: ((value: unknown) => void)[] = []
  const boxes: unknown[] = []
  const about: string[] = []
  const later = (box: unknown, what: string, place: (value: unknown) => void) => { boxes.push(box); about.push(what); places.push(place) }
  for (const store of ['outbox', 'journal', 'tray'] as const)
    for (const row of content[store]) later(row.box, aboutOp(row.op_id), (secret) => {
      const { box: _box, device_seq, op_id: _op, kind: _kind, id: _id, ...rest } = row
      const { notice, ...op } = secret as { notice?: string };
      (memory[store] as Map<number, unknown>).set(device_seq, { ...rest, op: { ...op, device_seq }, ...(notice ? { notice } : {}) })
    })
  for (const store of ['records', 'staged'] as const)
    for (const { box, ...row } of content[store])
      later(box, aboutRecord(row), (data) => memory[store].set(keyOf(row.kind, row.id), { ...row, data: data as Fields }))
  for (const { box, ...row } of content.conflicts)
    later(box, `conflict|${row.id}`, (fields) => memory.conflicts.set(row.id, { ...row, fields: fields as Open['fields'] }))
  for (const row of content.drafts) later(row.box, `draft|${row.key}`, (value) => memory.drafts.set(row.key, value))
  const values = await sealer.open(boxes, about)
  places.forEach((place, i) => place(values[i]))
  memory.meta = new Map(content.meta)
  return memory
}
