/* Pulled records lie some two hundred to a box: opening ten thousand of them is fifty acts, not ten thousand. */
import type { Mark } from './desk'
import type { BoxRow, TruthRow } from './stores'

const LOT = 200
const WORTH_A_LOT = 20
const MOST_LOOSE = 2 * LOT

export interface Place { lot: string; at: number }
type RecordMark = Extract<Mark, { store: 'records' | 'staged' }>
type Entry = readonly [about: string, secret: unknown]
type Content = readonly Entry[]

export const aboutLot = (id: string) => `lot|${id}`
const isRecord = (mark: Mark): mark is RecordMark => mark.store === 'records' || mark.store === 'staged'
const nameOf = ({ store, key }: RecordMark) => `${store}/${key}`

/* Many records written at once are put together, each with its place. */
export function gathered(marks: readonly Mark[], entry: (mark: Mark) => Entry): { places: Map<Mark, Place>; contents: Map<string, Content> } {
  const many = marks.filter((mark) => isRecord(mark) && mark.value !== undefined)
  const places = new Map<Mark, Place>()
  const contents = new Map<string, Content>()
  if (many.length < WORTH_A_LOT) return { places, contents }
  for (let from = 0; from < many.length; from += LOT) {
    const lot = crypto.randomUUID()
    const within = many.slice(from, from + LOT)
    within.forEach((mark, at) => places.set(mark, { lot, at }))
    contents.set(lot, within.map(entry))
  }
  return { places, contents }
}

/* What lies at a row's place. That the lot itself is whole says its box; that the row points to the right one is looked at here. */
export function taken(contents: ReadonlyMap<string, Content>, { lot, at }: Place, about: string): unknown {
  const [was, secret] = contents.get(lot)?.[at] ?? []
  if (was !== about) throw new Error('a record is not where it was put')
  return secret
}

/* Which lots are still needed. A lot is written once and only ever loses records, so an old view of it is safe to act on. */
export class Shelf {
  private readonly lots = new Map<string, Set<string>>()
  private readonly lotOf = new Map<string, string>()
  private readonly loose = new Set<string>()

  constructor(lots: readonly BoxRow[], rows: { records: readonly TruthRow[]; staged: readonly TruthRow[] }) {
    for (const { id } of lots) this.lots.set(id, new Set())
    for (const store of ['records', 'staged'] as const)
      for (const { kind, id, lot } of rows[store]) this.put(store, `${kind}/${id}`, lot)
  }

  /* Lots in which nothing is left once these marks are down. */
  emptied(marks: readonly Mark[]): string[] {
    const left = new Map([...this.lots].map(([id, names]) => [id, names.size]))
    for (const name of new Set(marks.filter(isRecord).map(nameOf))) {
      const lot = this.lotOf.get(name)
      if (lot) left.set(lot, left.get(lot)! - 1)
    }
    return [...left].filter(([, size]) => size <= 0).map(([id]) => id)
  }

  changed(marks: readonly Mark[], places: ReadonlyMap<Mark, Place>, emptied: readonly string[]): void {
    for (const id of emptied) this.lots.delete(id)
    for (const mark of marks.filter(isRecord)) {
      this.take(nameOf(mark))
      if (mark.value) this.put(mark.store, mark.key, places.get(mark)?.lot)
    }
  }

  /* Keys of records that came one by one, when they have become too many. */
  scattered(): string[] {
    return this.loose.size > MOST_LOOSE ? [...this.loose] : []
  }

  private put(store: 'records' | 'staged', key: string, lot: string | undefined): void {
    const name = `${store}/${key}`
    if (lot) {
      this.lotOf.set(name, lot)
      this.lots.set(lot, (this.lots.get(lot) ?? new Set()).add(name))
    } else if (store === 'records') this.loose.add(key)
  }

  private take(name: string): void {
    this.lots.get(this.lotOf.get(name) ?? '')?.delete(name)
    this.lotOf.delete(name)
    if (name.startsWith('records/')) this.loose.delete(name.slice('records/'.length))
  }
}
