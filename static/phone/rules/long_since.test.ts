import assert from 'node:assert/strict'
import test from 'node:test'
import { longSince } from './long_since'

const visit = (occurred_at: string, outcome = 'COMPLETED', mode = 'IN_PERSON') => ({ occurred_at, mode, outcome })

test('days count from the last completed visit, by the date in Copenhagen', () => {
  const visits = [visit('2026-10-31T23:30:00Z'), visit('2026-11-20T09:00:00Z', 'CLOSED'), visit('2026-10-01T09:00:00Z'), visit('2026-11-21T09:00:00Z', 'COMPLETED', 'PHONE')]
  assert.deepEqual(longSince(visits, '2026-11-22', {}), { days: 21, over: 0 })
  assert.deepEqual(longSince(visits, '2026-11-23', {}), { days: 22, over: 1 })
  assert.deepEqual(longSince(visits, '2026-11-22', { interval_days: 14 }), { days: 21, over: 7 })
  assert.deepEqual(longSince([], '2026-11-22', {}), { days: null, over: 0 })
})

test('closing weeks are subtracted', () => {
  assert.deepEqual(longSince([visit('2026-06-30T09:00:00Z')], '2026-07-31', { closures: [{ from: '2026-07-06', to: '2026-07-26' }] }), { days: 10, over: 0 })
})
