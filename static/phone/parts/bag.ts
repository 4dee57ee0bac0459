/* The own bag, batch by batch, and what filling, giving back, scrapping and counting make of it. */
import type { Material, StockMove } from '../generated/records'
import { stock } from '../rules/stock'
import { today } from './calendar'
import { shelves } from './materials'
import { row, rows, user } from './present'

export type Act = 'TO_BAG' | 'RETURNED' | 'SCRAPPED' | 'COUNT'
export interface Pouch { batch_id: string; material: Material; language: string; name: string; bag: number; retired: boolean }

/* What lies in the bag (or should), then what can be put into it. A retired batch only leaves it. */
export function pouches(): Pouch[] {
  const bag = stock(rows('stock_move'), 'BAG', user.value!.id)
  const inside = [...bag].filter(([, n]) => n !== 0).map(([batch_id]) => batch_id)
  const offered = shelves().flatMap(({ offers }) => offers.map(({ batch_id }) => batch_id))
  const order = [...offered.filter((id) => inside.includes(id)), ...inside.filter((id) => !offered.includes(id)), ...offered.filter((id) => !inside.includes(id))]
  return order.map((batch_id) => pouch(batch_id, bag.get(batch_id) ?? 0)).filter((one) => one !== null)
}

function pouch(batch_id: string, bag: number): Pouch | null {
  const batch = row('material_batch', batch_id)?.data
  const material = batch && row('material', batch.material_id)?.data
  if (!batch || !material) return null
  return { batch_id, material, language: batch.language, name: batch.name, bag, retired: Boolean(batch.retired_on && batch.retired_on <= today()) }
}

const WAYS: Record<Act, Pick<StockMove, 'from_place' | 'to_place'>> = {
  TO_BAG: { from_place: 'DEPOT', to_place: 'BAG' }, RETURNED: { from_place: 'BAG', to_place: 'DEPOT' },
  SCRAPPED: { from_place: 'BAG', to_place: 'SCRAP' }, COUNT: { from_place: 'BAG', to_place: 'BAG' },
}

/* A move is of one piece at least, so an empty bag is written as what must have happened: the rest is gone, or was never noted as taken. */
export function moveOf(act: Act, batch_id: string, bag: number, quantity: number, occurred_at: string): StockMove | null {
  if (act === 'COUNT' && quantity === bag) return null
  if (act === 'COUNT' && quantity === 0) return moveOf(bag > 0 ? 'SCRAPPED' : 'TO_BAG', batch_id, bag, Math.abs(bag), occurred_at)
  return quantity > 0 ? { batch_id, move: act, quantity, ...WAYS[act], occurred_at } : null
}

/* Said before it is saved. */
export const emptyWords = (bag: number): string =>
  bag > 0 ? `Tom taske: ${bag} skrives som kasseret.` : bag < 0 ? `Tom taske: ${-bag} skrives som hentet på lageret.` : ''
