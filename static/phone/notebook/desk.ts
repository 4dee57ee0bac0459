/* How anything gets written: changes are worked out in memory, sealed, put down in one transaction, then shown. */
import type { Door } from './door'
import { aboutLot, gathered, type Place, Shelf } from './lots'
import { type Answered, type InTray, Memory, type Open, type Truth, type Unsent } from './memory'
import { entryOf, everything, opened, sealed } from './rows'
import type { BoxRow, TruthRow, Write } from './stores'
import type { Seal } from './types'

/* One row put (or, without a value, taken away). Keys: `kind/id` for records, device_seq for ops, else the row's own. */
export type Mark =
  | { store: 'records' | 'staged'; key: string; value?: Truth }
  | { store: 'outbox'; key: number; value?: Unsent }
  | { store: 'journal'; key: number; value?: Answered }
  | { store: 'tray'; key: number; value?: InTray }
  | { store: 'conflicts'; key: string; value?: Open }
  | { store: 'drafts' | 'meta'; key: string; value?: unknown }

export class Desk {
  memory = new Memory()
  private laid: Parameters<typeof shelfOf>[0] | null = null
  private built: Shelf | null = null
  private seen = 0            // the database's change counter that `memory` shows
  private listeners = new Set<() => void>()
  version = 0
  announce: () => void = () => {}

  constructor(readonly door: Door, readonly sealer: Seal) {}

  changed(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /* All marks or none. */
  async put(marks: readonly Mark[]): Promise<void> {
    const { places, contents } = gathered(marks, entryOf)
    const rows = await sealed(marks, this.sealer, places)
    const ids = [...contents.keys()]
    const boxes = await this.sealer.seal([...contents.values()], ids.map(aboutLot))
    const emptied = this.shelf.emptied(marks)
    const change = await this.door.write(async (tx) => {
      await lots(tx, ids.map((id, i) => ({ id, box: boxes[i] })), emptied)
      await lay(tx, marks, rows)
      return counted(tx)
    })
    await this.shown(change, marks, places, emptied)
  }

  /* Puts records together that came one by one: else a notebook would open slower from day to day. Within a round of the line only. */
  async tidy(): Promise<void> {
    const scattered = this.shelf.scattered()
    if (scattered.length) await this.put(scattered.map((key) => ({ store: 'records', key, value: this.memory.records.get(key)! })))
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
    const { seen } = this
    const content = await this.door.read(everything)
    const memory = await opened(content, this.sealer)
    const change = memory.meta.get('change') as number | undefined ?? 0
    if (this.seen !== seen && change < this.seen) return this.load()               // something was written while the boxes were opened
    this.memory = memory
    this.laid = content
    this.built = null
    this.seen = change
    this.touched()
  }

  private async shown(change: number, marks: readonly Mark[], places: ReadonlyMap<Mark, Place> = new Map(), emptied: readonly string[] = []): Promise<void> {
    if (change !== this.seen + 1) return this.load().then(() => this.announce())   // another tab has written
    this.seen = change
    this.shelf.changed(marks, places, emptied)
    for (const { store, key, value } of marks) {
      const shelf = this.memory[store] as Map<unknown, unknown>
      if (value === undefined) shelf.delete(key)
      else shelf.set(key, value)
    }
    this.touched()
    this.announce()
  }

  /* Not needed to read, so not worked out before something is written. */
  private get shelf(): Shelf {
    this.built ??= shelfOf(this.laid ?? { lots: [], records: [], staged: [] })
    this.laid = null
    return this.built
  }

  private touched(): void {
    this.memory.changed()
    this.version += 1
    for (const listener of this.listeners) listener()
  }
}

const shelfOf = ({ lots, records, staged }: { lots: readonly BoxRow[]; records: readonly TruthRow[]; staged: readonly TruthRow[] }) => new Shelf(lots, { records, staged })

function lots(tx: Write, filled: readonly BoxRow[], emptied: readonly string[]): Promise<unknown> {
  const store = tx.objectStore('lots')
  return Promise.all([...filled.map((row) => store.put(row)), ...emptied.map((id) => store.delete(id))])
}

/* Puts marks down with their sealed rows. */
export function lay(tx: Write, marks: readonly Mark[], rows: readonly unknown[]): Promise<unknown> {
  return Promise.all(marks.map((mark, i) => {
    const store = tx.objectStore(mark.store)
    if (mark.value === undefined) return store.delete(databaseKey(mark) as never)
    return mark.store === 'meta' ? store.put(rows[i] as never, mark.key as never) : store.put(rows[i] as never)
  }))
}

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
