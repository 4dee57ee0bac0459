import assert from 'node:assert/strict'
import test from 'node:test'
import { stock } from '../rules/stock'
import { type Act, moveOf } from './bag'

const AT = '2026-11-25T09:00:00.000Z'
const bagAfter = (act: Act, bag: number, quantity: number): number => {
  const start = { id: 'a', author_id: 'signe', data: { batch_id: 'b', move: 'TO_BAG' as const, quantity: Math.abs(bag) || 1, from_place: bag < 0 ? 'BAG' as const : 'DEPOT' as const,
    to_place: bag < 0 ? 'PRACTICE' as const : 'BAG' as const, occurred_at: '2026-11-24T09:00:00.000Z' } }
  const move = moveOf(act, 'b', bag, quantity, AT)
  return stock([...(bag ? [start] : []), ...(move ? [{ id: 'z', author_id: 'signe', data: move }] : [])], 'BAG', 'signe').get('b') ?? 0
}

test('a bag is filled, emptied and counted, from below zero too', () => {
  assert.deepEqual([bagAfter('TO_BAG', 5, 50), bagAfter('RETURNED', 5, 2), bagAfter('SCRAPPED', 5, 5), bagAfter('RETURNED', 0, 3)], [55, 3, 0, -3])
  assert.deepEqual([bagAfter('COUNT', 5, 12), bagAfter('COUNT', -5, 12), bagAfter('COUNT', 5, 5)], [12, 12, 5])
})

test('counting to nothing leaves nothing, whatever the sum had been', () => {
  assert.deepEqual([bagAfter('COUNT', 5, 0), bagAfter('COUNT', -5, 0), bagAfter('COUNT', 0, 0)], [0, 0, 0])
})
