/* Takes a notebook over that an earlier version of the app left unencrypted: in one transaction, and only when all of it can be read back. */
import { type Mark, lay } from './desk'
import type { Door } from './door'
import { keyOf, Memory } from './memory'
import { type Content, everything, opened, sealed } from './rows'
import { fingerprint, STORES, type Write } from './stores'
import type { Op, Seal } from './types'

const SEALED = 'sealed'           // 1 once nothing on the disk is in the clear any more

export async function takeOver(door: Door, sealer: Seal): Promise<void> {
  if (await door.read((tx) => tx.objectStore('meta').get(SEALED))) return
  while (!await attempt(door, sealer)) { /* another tab has written meanwhile */ }
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
    await meta.put(1, SEALED)
    return true
  })
}

async function replace(tx: Write, marks: readonly Mark[], rows: readonly unknown[]): Promise<void> {
  await Promise.all(STORES.map((store) => tx.objectStore(store).clear()))
  await lay(tx, marks, rows)
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
  const [before, after] = [formerly(content), await opened(next, sealer)]
  for (const store of ['outbox', 'journal', 'tray'] as const)
    if (ops(before, store) !== ops(after, store)) throw new Error(`the takeover would have changed the ${store}`)
}

const ops = (memory: Memory, store: 'outbox' | 'journal' | 'tray') =>
  fingerprint([...memory[store]].map(([key, row]) => [key, sorted(row)]))
const sorted = (value: unknown): unknown => JSON.stringify(value, (_, one: unknown) =>
  one && typeof one === 'object' && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one)
