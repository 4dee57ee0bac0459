/* How each thing lies on the disk: a few words in the clear, everything else in a box that says what it is about. */
import type { Mark } from './desk'
import type { Door } from './door'
import { aboutLot, type Piece, PILED, type Piled, Shelf, unpacked } from './lots'
import { type Answered, type InTray, keyOf, Memory, type Open, type Truth, type Unsent } from './memory'
import type { OpRow, Store, Stores } from './stores'
import type { Op, Seal } from './types'

interface Half { open: object; secret: unknown; about: string }

/* Counters, opaque ids and the server's own words, which the notebook must find without its key. */
const IN_THE_CLEAR = new Set(['sealed', 'change', 'device_seq', 'user_id', 'device_id', 'epoch', 'view_epoch', 'new_epoch', 'head', 'durable_through', 'server_time', 'heard_at', 'share_left', 'slip', 'capture', 'stops'])

export const aboutOp = (op_id: string) => `op|${op_id}`
const aboutRecord = ({ kind, id, rev }: Pick<Truth, 'kind' | 'id' | 'rev'>) => `record|${kind}|${id}|${rev}`

/* The number in the order is given inside the transaction, so it stays outside the box. */
const opHalf = ({ op: { device_seq, ...op }, ...rest }: Unsent | Answered | InTray): Half => {
  const { hold_until, closed, ...secret } = rest as Partial<Unsent & InTray>
  const states = { ...(hold_until === undefined ? {} : { hold_until }), ...(closed ? { closed } : {}) }
  return { open: { device_seq, op_id: op.op_id, kind: op.kind, id: op.id, ...states }, secret: { ...secret, op }, about: aboutOp(op.op_id) }
}

/* null: nothing of it is secret. */
function half(mark: Mark): Half | null {
  switch (mark.store) {
    case 'outbox': case 'journal': case 'tray': return opHalf(mark.value!)
    case 'records': case 'staged': {
      const { kind, id, rev, gone, ...secret } = mark.value!
      return { open: { kind, id, rev, ...(gone ? { gone } : {}) }, secret, about: aboutRecord(mark.value!) }
    }
    case 'conflicts': { const { id, ...secret } = mark.value!; return { open: { id }, secret, about: `conflict|${id}` } }
    case 'drafts': return { open: { key: mark.key }, secret: mark.value, about: `draft|${mark.key}` }
    case 'meta': return IN_THE_CLEAR.has(mark.key) ? null : { open: {}, secret: mark.value, about: `meta|${mark.key}` }
  }
}

/* The rows of these marks. */
export async function sealed(marks: readonly Mark[], sealer: Seal): Promise<unknown[]> {
  const halves = marks.map((mark) => (mark.value === undefined ? null : half(mark)))
  const boxed = halves.filter((one) => one !== null)
  const boxes = await sealer.seal(boxed.map(({ secret }) => secret), boxed.map(({ about }) => about))
  let at = 0
  return halves.map((one, i) => (one ? { ...one.open, box: boxes[at++] } : marks[i]!.value))
}

export type Content = { [S in Exclude<Store, 'meta'>]: Stores[S]['value'][] } & { meta: [string, unknown][] }
type Read = Parameters<Parameters<Door['read']>[0]>[0]

export async function everything(tx: Read): Promise<Content> {
  const all = <S extends Exclude<Store, 'meta'>>(store: S) => tx.objectStore(store).getAll() as Promise<Stores[S]['value'][]>
  const [records, staged, outbox, journal, tray, conflicts, drafts, lots, keys, values] = await Promise.all([
    all('records'), all('staged'), all('outbox'), all('journal'), all('tray'), all('conflicts'), all('drafts'), all('lots'),
    tx.objectStore('meta').getAllKeys(), tx.objectStore('meta').getAll()])
  return { records, staged, outbox, journal, tray, conflicts, drafts, lots, meta: keys.map((key, i) => [key, values[i]]) }
}

export async function opened(content: Content, sealer: Seal): Promise<{ memory: Memory; shelf: () => Shelf }> {
  const memory = new Memory()
  const lots = new Map<string, Piece[]>()
  const places: ((value: unknown) => void)[] = []
  const boxes: unknown[] = []
  const about: string[] = []
  const later = (box: unknown, what: string, place: (value: unknown) => void) => { boxes.push(box); about.push(what); places.push(place) }
  for (const { id, box } of content.lots) later(box, aboutLot(id), (value) => {
    unpacked(memory, value as Piece[])
    lots.set(id, value as Piece[])
  })
  for (const store of ['outbox', 'journal', 'tray'] as const)
    for (const { box, device_seq, op_id, kind: _kind, id: _id, ...states } of content[store].filter((row) => row.box !== undefined))
      later(box, aboutOp(op_id), (value) => {
        const { op, ...rest } = value as { op: Omit<Op, 'device_seq'> };
        (memory[store] as Map<number, unknown>).set(device_seq, { ...states, ...rest, op: { ...op, device_seq } })
      })
  for (const store of ['records', 'staged'] as const)
    for (const row of content[store]) {
      const { kind, id, rev, gone, box } = row
      later(box, aboutRecord(row), (secret) => memory[store].set(keyOf(kind, id), Object.assign(secret as Truth, gone ? { kind, id, rev, gone } : { kind, id, rev })))
    }
  for (const { id, box } of content.conflicts) later(box, `conflict|${id}`, (value) => memory.conflicts.set(id, { id, ...value as Omit<Open, 'id'> }))
  for (const { key, box } of content.drafts) later(box, `draft|${key}`, (value) => memory.drafts.set(key, value))
  for (const [key, value] of content.meta)
    if (IN_THE_CLEAR.has(key)) memory.meta.set(key, value)
    else later((value as { box: unknown }).box, `meta|${key}`, (plain) => memory.meta.set(key, plain))
  const values = await sealer.open(boxes, about)
  places.forEach((place, i) => place(values[i]))
  return { memory, shelf: () => stocked(content, memory, lots) }
}

function stocked(content: Content, memory: Memory, lots: ReadonlyMap<string, readonly Piece[]>): Shelf {
  const shelf = new Shelf()
  for (const [lot, pieces] of lots) shelf.fill(lot, pieces)
  for (const store of PILED) for (const row of content[store]) {
    const key = store === 'journal' ? (row as OpRow).device_seq : keyOf(row.kind, row.id)
    shelf.put({ store, key, value: (memory[store] as Map<unknown, unknown>).get(key) } as Piled)
  }
  return shelf
}
