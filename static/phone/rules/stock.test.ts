import assert from 'node:assert/strict'
import test from 'node:test'
import { type Moved, stock } from './stock'

let made = 0
const move = (kind: Moved['data']['move'], from_place: Moved['data']['from_place'], to_place: Moved['data']['to_place'], quantity: number, author_id = 'signe', hour = ++made): Moved =>
  ({ id: String(made), author_id, data: { batch_id: 'folder', move: kind, from_place, to_place, quantity, occurred_at: new Date(Date.UTC(2026, 10, 22, 0, hour)).toISOString() } })

test('a bag is the sum of its own moves and may go below zero', () => {
  const moves = [move('TO_BAG', 'DEPOT', 'BAG', 50), move('HANDED_OUT', 'BAG', 'PRACTICE', 60), move('TO_BAG', 'DEPOT', 'BAG', 30, 'emre')]
  assert.equal(stock(moves, 'BAG', 'signe').get('folder'), -10)
  assert.equal(stock(moves, 'BAG', 'emre').get('folder'), 30)
  assert.equal(stock(moves, 'DEPOT', 'signe').get('folder'), -80)
})

test('a count sets the sum, whatever order the moves come in (INV-10)', () => {
  const moves = [move('TO_BAG', 'DEPOT', 'BAG', 50), move('COUNT', 'BAG', 'BAG', 42), move('HANDED_OUT', 'BAG', 'CITIZEN', 2)]
  for (const order of [moves, [...moves].reverse()]) assert.equal(stock(order, 'BAG', 'signe').get('folder'), 40)
})

test('returned and scrapped pieces leave the bag', () => {
  const moves = [move('TO_BAG', 'DEPOT', 'BAG', 50), move('RETURNED', 'BAG', 'DEPOT', 20), move('SCRAPPED', 'BAG', 'SCRAP', 5)]
  assert.equal(stock(moves, 'BAG', 'signe').get('folder'), 25)
})
