/* What comes in numbers lies some two hundred to a box, and nowhere else: ten thousand records are fifty rows on the disk, fifty acts to open. */
import type { Mark } from './desk'
import { keyOf, type Answered, type Memory, type Truth } from './memory'

const LOT = 200
const WORTH_A_LOT = 20
const MOST_LOOSE = 2 * LOT
export const PILED = ['records', 'staged', 'journal'] as const

export type Piled = Extract<Mark, { store: (typeof PILED)[number] }>
export type Piece = readonly [store: Piled['store'], value: Truth | Answered]

export const aboutLot = (id: string) => `lot|${id}`
export const isPiled = (mark: Mark): mark is Piled => (PILED as readonly string[]).includes(mark.store)
const nameOf = ({ store, key }: Piled) => `${store}|${key}`
const markOf = ([store, value]: Piece): Piled =>
  ({ store, key: store === 'journal' ? (value as Answered).op.device_seq : keyOf((value as Truth).kind, (value as Truth).id), value }) as Piled

/* Takes a lot's content into memory. */
export function unpacked(memory: Memory, pieces: readonly Piece[]): void {
  for (const [store, value] of pieces) (memory[store] as Map<unknown, unknown>).set(markOf([store, value]).key, value)
}

/* What a write does to the lots: those that hold something it changes are written anew, without what has left them. */
export interface Plan { filled: Map<string, readonly Piece[]>; emptied: readonly string[]; within: ReadonlySet<Mark>; loosened: readonly Mark[] }

/* Which thing lies in which lot. */
export class Shelf {
  private readonly lots = new Map<string, Set<string>>()
  private readonly lotOf = new Map<string, string>()
  private readonly loose = new Map<string, Piled>()

  put(mark: Piled, lot?: string): void {
    this.take(mark)
    const name = nameOf(mark)
    if (lot === undefined) { this.loose.set(name, mark); return }
    this.lotOf.set(name, lot)
    const names = this.lots.get(lot)
    if (names) names.add(name)
    else this.lots.set(lot, new Set([name]))
  }

  fill(lot: string, pieces: readonly Piece[]): void { for (const piece of pieces) this.put(markOf(piece), lot) }

  planned(marks: readonly Mark[], memory: Memory): Plan {
    const changed = new Map(marks.filter(isPiled).map((mark) => [nameOf(mark), mark]))
    const emptied = new Set([...changed.keys()].flatMap((name) => this.lotOf.get(name) ?? []))
    const stay = [...emptied].flatMap((lot) => [...this.lots.get(lot)!].filter((name) => !changed.has(name))).map((name) => here(memory, name))
    const all = [...stay, ...[...changed.values()].filter(({ value }) => value !== undefined)]
    if (all.length < WORTH_A_LOT) return { filled: new Map(), emptied: [...emptied], within: new Set(), loosened: stay }
    const filled = new Map<string, readonly Piece[]>()
    for (let from = 0; from < all.length; from += LOT)
      filled.set(crypto.randomUUID(), all.slice(from, from + LOT).map(({ store, value }) => [store, value!]))
    return { filled, emptied: [...emptied], within: new Set(all), loosened: [] }
  }

  /* Has it a row of its own? */
  isLoose(mark: Mark): boolean { return !isPiled(mark) || this.loose.has(nameOf(mark)) }

  changed(marks: readonly Mark[], { filled, emptied, loosened }: Plan): void {
    for (const mark of marks.filter(isPiled)) {
      if (mark.value === undefined) this.take(mark)
      else this.put(mark)
    }
    for (const mark of loosened) this.put(mark as Piled)
    for (const lot of emptied) this.lots.delete(lot)
    for (const [lot, pieces] of filled) this.fill(lot, pieces)
  }

  /* What came one by one, when it has become too much. */
  scattered(): readonly Piled[] {
    const found = [...this.loose.values()].filter(({ store }) => store !== 'staged')
    return found.length > MOST_LOOSE ? found : []
  }

  private take(mark: Piled): void {
    const name = nameOf(mark)
    const lot = this.lotOf.get(name)
    if (lot !== undefined) this.lots.get(lot)?.delete(name)
    this.lotOf.delete(name)
    this.loose.delete(name)
  }
}

function here(memory: Memory, name: string): Piled {
  const cut = name.indexOf('|')
  const store = name.slice(0, cut) as Piled['store']
  const key = store === 'journal' ? Number(name.slice(cut + 1)) : name.slice(cut + 1)
  return { store, key, value: (memory[store] as Map<unknown, unknown>).get(key) } as Piled
}
