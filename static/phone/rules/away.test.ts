import assert from 'node:assert/strict'
import test from 'node:test'
import { reach } from './away'

const HOUR = 3_600_000
const HEARD = Date.parse('2026-10-29T08:30:00Z')

test('three days for everything, fourteen to write, then nothing', () => {
  const after = (hours: number) => reach(HEARD, HEARD + hours * HOUR)
  assert.deepEqual([0, 71.99, 72, 335.99, 336, 100_000].map(after), ['ALL', 'ALL', 'WRITING', 'WRITING', 'NOTHING', 'NOTHING'])
})

test('a clock that was put back, and a notebook from before this was noted, shut nobody out', () => {
  assert.deepEqual([reach(HEARD, HEARD - 1_000 * HOUR), reach(null, HEARD)], ['ALL', 'ALL'])
})
