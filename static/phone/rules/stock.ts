/* What lies in a bag or the depot: the sum of the moves, as the office counts it (domain.md 2.10, INV-10). */
import type { StockMove } from '../generated/records'

export type Place = 'BAG' | 'DEPOT'
/* A move with who made it; BAG is the author's own. */
export interface Moved { id: string; author_id: string | null; data: StockMove; made_at?: string | null }

/* Batch -> pieces. Below zero is kept and shown: "Lager går ikke op". */
export function stock(moves: readonly Moved[], place: Place, owner: string): Map<string, number> {
  const found = new Map<string, number>()
  const mine = (side: StockMove['from_place'], author: string | null) => side === place && (place === 'DEPOT' || author === owner)
  for (const { data, author_id } of [...moves].sort(byTime)) {
    const [out, into] = [mine(data.from_place, author_id), mine(data.to_place, author_id)]
    const had = found.get(data.batch_id) ?? 0
    if (data.move === 'COUNT' && out && into) found.set(data.batch_id, data.quantity)
    else if (out !== into) found.set(data.batch_id, had + (into ? data.quantity : -data.quantity))
  }
  return found
}

const timeOf = ({ data, made_at }: Moved) => Date.parse(data.occurred_at ?? made_at ?? '') || 0
const byTime = (a: Moved, b: Moved) => timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : 1)
