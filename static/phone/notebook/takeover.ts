/* Takes a notebook over as an earlier version of the app left it: in one transaction, and only when all of it can be read back. */
import { type Mark, lay } from './desk'
import type { Door } from './door'
import { aboutLot, Shelf } from './lots'
import { keyOf, Memory, type Truth } from './memory'
import { type Content, everything, opened, sealed } from './rows'
import { fingerprint, STORES, type TruthRow, type Write } from './stores'
import type { Op, Seal } from './types'

const SEALED = 'sealed'           // absent: in the clear; 1: sealed, a row for every record; 2: as it is now
const NOW = 2

export async function takeOver(door: Door, sealer: Seal): Promise<void> {
  for (;;) {
    const form = await door.read((tx) => tx.objectStore('meta').get(SEALED))
    if (form === NOW) return
    await (form === undefined ? attempt(door, sealer) : gathered(door, sealer))       // again where another tab has written meanwhile
  }
}

/* Records pointed into lots that lay beside them; now the lots are all there is. Nothing else is touched. */
interface FormerRow extends TruthRow { lot?: string; at: number }
async function gathered(door: Door, sealer: Seal): Promise<void> {
  const content = await door.read(everything)
  const change = new Map(content.meta).get('change')
  const boxes = await sealer.open(content.lots.map(({ box }) => box), content.lots.map(({ id }) => aboutLot(id))) as (readonly [string, object])[][]
  const lots = new Map(content.lots.map(({ id }, i) => [id, boxes[i]]))
  const marks = (['records', 'staged'] as const).flatMap((store) => (content[store] as FormerRow[]).filter(({ lot }) => lot !== undefined)
    .map(({ lot, at, ...row }): Mark => {
      const [about, secret] = lots.get(lot!)?.[at] ?? []
      if (about !== `record|${row.kind}|${row.id}|${row.rev}`) throw new Error('a record is not where it was put')
      return { store, key: keyOf(row.kind, row.id), value: { ...row, ...secret } as unknown as Truth }
    }))
  const { filled, within } = new Shelf().planned(marks, new Memory())
  const loose = marks.filter((mark) => !within.has(mark))
  const rows = await sealed(loose, sealer)
  const ids = [...filled.keys()]
  const fresh = await sealer.seal([...filled.values()], ids.map(aboutLot))
  await door.write(async (tx) => {
    const meta = tx.objectStore('meta')
    if (await meta.get(SEALED) === NOW || await meta.get('change') !== change) return
    for (const { id } of content.lots) void tx.objectStore('lots').delete(id)
    lay(tx, marks.map(({ store, key }) => ({ store, key }) as Mark), [])
    lay(tx, loose, rows)
    for (const [i, id] of ids.entries()) void tx.objectStore('lots').put({ id, box: fresh[i] })
    await meta.put(NOW, SEALED)
  })
}

async function attempt(door: Door, sealer: Seal): Promise<boolean> {
  const content = await door.read(everything)
  if (new Map(content.meta).has(SEALED)) return true
  const marks = marksOf(formerly(content))
  const rows = await sealed(marks, sealer)
  await readBack(content, marks, rows, sealer)
  const change = new Map(content.meta).get('change')
  return door.write(async (tx) => {
    const meta = tx.objectStore('meta')
    if (await meta.get(SEALED)) return true
    if (await meta.get('change') !== change) return false
    await replace(tx, marks, rows)
    await meta.put(NOW, SEALED)
    return true
  })
}

async function replace(tx: Write, marks: readonly Mark[], rows: readonly unknown[]): Promise<void> {
  await Promise.all(STORES.map((store) => tx.objectStore(store).clear()))
  lay(tx, marks, rows)
}

/* Boxes held what they hold now, in the clear; everything that is sealed beside it today lay in the row. */
function formerly({ records, staged, outbox, journal, tray, conflicts, drafts, meta }: Content): Memory {
  const memory = new Memory()
  for (const [store, rows] of Object.entries({ outbox, journal, tray }))
    for (const { box, device_seq, op_id: _op, kind: _kind, id: _id, ...rest } of rows) {
      const { notice, ...op } = box as Omit<Op, 'device_seq'> & { notice?: string };
      (memory[store as 'outbox'] as Map<number, unknown>).set(device_seq, { ...rest, ...(notice ? { notice } : {}), op: { ...op, device_seq } })
    }
  for (const [store, rows] of Object.entries({ records, staged }))
    for (const { box, ...rest } of rows)
      (memory[store as 'records'] as Map<string, unknown>).set(keyOf(rest.kind, rest.id), { ...rest, data: box })
  for (const { box, ...rest } of conflicts) (memory.conflicts as Map<string, unknown>).set(rest.id, { ...rest, fields: box })
  for (const { key, box } of drafts) memory.drafts.set(key, box)
  for (const [key, value] of meta) memory.meta.set(key, value)
  return memory
}

const marksOf = (memory: Memory): Mark[] =>
  (['records', 'staged', 'outbox', 'journal', 'tray', 'conflicts', 'drafts', 'meta'] as const)
    .flatMap((store) => [...memory[store]].map(([key, value]) => ({ store, key, value }) as Mark))

/* No op may be lost: the new boxes are opened before the old ones go. */
async function readBack(content: Content, marks: readonly Mark[], rows: readonly unknown[], sealer: Seal): Promise<void> {
  const of = (store: Mark['store']) => rows.filter((_, i) => marks[i]!.store === store) as never[]
  const next: Content = { records: of('records'), staged: of('staged'), outbox: of('outbox'), journal: of('journal'), tray: of('tray'),
    conflicts: of('conflicts'), drafts: of('drafts'), lots: [], meta: [] }
  const [before, { memory: after }] = [formerly(content), await opened(next, sealer)]
  for (const store of ['outbox', 'journal', 'tray'] as const)
    if (ops(before, store) !== ops(after, store)) throw new Error(`the takeover would have changed the ${store}`)
}

const ops = (memory: Memory, store: 'outbox' | 'journal' | 'tray') =>
  fingerprint([...memory[store]].map(([key, row]) => [key, sorted(row)]))
const sorted = (value: unknown): unknown => JSON.stringify(value, (_, one: unknown) =>
  one && typeof one === 'object' && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one)
