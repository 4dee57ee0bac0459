import assert from 'node:assert/strict'
import test from 'node:test'
import { distance, order } from './route'

const stop = (id: string, lat?: number, lon?: number) => ({ id, lat, lon })

test('distances are metres', () => {
  const metres = distance({ lat: 55.6696, lon: 12.5528 }, { lat: 55.6645, lon: 12.5457 })
  assert.ok(metres > 700 && metres < 740, String(metres))
})

test('the way does not cross itself, starts where one stands, and keeps stops without a place for last', () => {
  const line = [stop('c', 55.67, 12.53), stop('x'), stop('a', 55.67, 12.51), stop('d', 55.67, 12.54), stop('b', 55.67, 12.52)]
  assert.deepEqual(order(line, { lat: 55.67, lon: 12.5 }).map(({ id }) => id), ['a', 'b', 'c', 'd', 'x'])
  const free = order(line).map(({ id }) => id).join('')
  assert.ok(free === 'abcdx' || free === 'dcbax', free)
  assert.deepEqual(order([]), [])
})
