/* How anything gets written: changes are worked out in memory, sealed, put down in one transaction, then shown. */
import { adoptCaptured } from './capture'
import type { Door } from './door'
import { aboutLot, type Plan, Shelf } from './lots'
import { type Answered, type InTray, Memory, type Open, type Truth, type Unsent } from './memory'
import { everything, opened, sealed } from './rows'
import type { Write } from './stores'
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
  private stock: () => Shelf = () => new Shelf()
  private stocked: Shelf | null = null
  private seen = 0            // the database's change counter that `memory` shows
  private putting: Promise<unknown> = Promise.resolve()
  private listeners = new Set<() => void>()
  version = 0
  announce: () => void = () => {}

  constructor(readonly door: Door, readonly sealer: Seal) {}

  changed(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /* All marks or none. One at a time: each is planned by what lies where, and planned anew if another tab has written meanwhile. */
  put(marks: readonly Mark[]): Promise<void> {
    const mine = this.putting.then(async () => { while (!await this.laid(marks)) await this.load() })
    this.putting = mine.catch(() => {})
    return mine
  }

  private async laid(given: readonly Mark[]): Promise<boolean> {
    const { shelf } = this
    const marks = [...new Map(given.map((mark) => [`${mark.store}|${mark.key}`, mark])).values()]      // the last word on each
    const plan = shelf.planned(marks, this.memory)
    const own = [...marks.filter((mark) => !plan.within.has(mark) && (mark.value !== undefined || shelf.isLoose(mark))), ...plan.loosened]
    const went = marks.filter((mark) => plan.within.has(mark) && shelf.isLoose(mark)).map(({ store, key }) => ({ store, key }) as Mark)
    const rows = await sealed(own, this.sealer)
    const ids = [...plan.filled.keys()]
    const boxes = await this.sealer.seal([...plan.filled.values()], ids.map(aboutLot))
    const change = await this.door.write(async (tx) => {
      const change = await counted(tx)
      if (change !== this.seen + 1 || shelf !== this.shelf) return null
      const lots = tx.objectStore('lots')
      for (const [i, id] of ids.entries()) unheard(lots.put({ id, box: boxes[i] }))
      for (const id of plan.emptied) unheard(lots.delete(id))
      lay(tx, own, rows)
      lay(tx, went, [])
      unheard(tx.objectStore('meta').put(change, 'change'))
      return change
    })
    if (change === null) return false
    await this.shown(change, marks, plan)
    return true
  }

  /* Puts together what came one by one: else a notebook would open slower from day to day. Within a round of the line only. */
  async tidy(): Promise<void> {
    const scattered = this.shelf.scattered()
    if (scattered.length) await this.put(scattered)
  }

  /* For writes that must look into the transaction before they decide: what they give back is shown afterwards. */
  async write(work: (tx: Write) => Promise<readonly Mark[]>): Promise<readonly Mark[]> {
    const [marks, change] = await this.door.write(async (tx) => {
      const counting = counted(tx)
      const marks = await work(tx)
      const change = await counting
      unheard(tx.objectStore('meta').put(change, 'change'))
      return [marks, change] as const
    })
    await this.shown(change, marks)
    return marks
  }

  async refresh(): Promise<void> {
    const change = await this.door.read((tx) => tx.objectStore('meta').get('change'))
    if (change !== undefined && change !== this.seen) await this.load()
  }

  async load(): Promise<void> {
    const { seen } = this
    await adoptCaptured(this.door, this.sealer)
    const content = await this.door.read(everything)
    const { memory, shelf } = await opened(content, this.sealer)
    const change = memory.meta.get('change') as number | undefined ?? 0
    if (this.seen !== seen && change < this.seen) return this.load()               // something was written while the boxes were opened
    this.memory = memory
    this.stock = shelf
    this.stocked = null
    this.seen = change
    this.touched()
  }

  private async shown(change: number, marks: readonly Mark[], plan?: Plan): Promise<void> {
    if (change !== this.seen + 1) return this.load().then(() => this.announce())   // another tab has written
    this.seen = change
    if (plan) this.shelf.changed(marks, plan)
    for (const { store, key, value } of marks) {
      const shelf = this.memory[store] as Map<unknown, unknown>
      if (value === undefined) shelf.delete(key)
      else shelf.set(key, value)
    }
    this.touched()
    this.announce()
  }

  /* Not needed to read, so not worked out before something is written. */
  private get shelf(): Shelf { return this.stocked ??= this.stock() }

  private touched(): void {
    this.memory.changed()
    this.version += 1
    for (const listener of this.listeners) listener()
  }
}

/* Puts marks down with their sealed rows. What goes wrong with one is heard from the transaction, which then leaves all of them out.
   Neighbours in the outbox that go together are one request, not two hundred. */
export function lay(tx: Write, marks: readonly Mark[], rows: readonly unknown[]): void {
  const sent: number[] = []
  for (const [i, mark] of marks.entries()) {
    const store = tx.objectStore(mark.store)
    if (mark.value !== undefined) unheard(mark.store === 'meta' ? store.put(rows[i] as never, mark.key as never) : store.put(rows[i] as never))
    else if (mark.store === 'outbox') sent.push(mark.key)
    else unheard(store.delete(databaseKey(mark) as never))
  }
  for (const [from, to] of runs(sent)) unheard(tx.objectStore('outbox').delete(from === to ? from : IDBKeyRange.bound(from, to)))
}

/* Numbers that follow each other, as [first, last]. */
function runs(numbers: readonly number[]): [number, number][] {
  const found: [number, number][] = []
  for (const one of [...numbers].sort((a, b) => a - b)) {
    const last = found.at(-1)
    if (last && one - last[1] <= 1) last[1] = one
    else found.push([one, one])
  }
  return found
}

export const unheard = (request: Promise<unknown>): void => { request.catch(() => {}) }

/* The number of the change that this transaction is. */
const counted = async (tx: Write): Promise<number> => ((await tx.objectStore('meta').get('change') as number | undefined) ?? 0) + 1

function databaseKey(mark: Mark): unknown {
  if (mark.store !== 'records' && mark.store !== 'staged') return mark.key
  const cut = mark.key.indexOf('/')
  return [mark.key.slice(0, cut), mark.key.slice(cut + 1)]
}
