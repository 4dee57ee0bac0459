import assert from 'node:assert/strict'
import test from 'node:test'
import { CLOSED_DAYS } from '../generated/records'
import { futileVisit, nextVisitOn, usualMinutes, visitDefaults } from './visit_defaults'

const visit = (day: number, minutes: number, met_roles: ('DOCTOR' | 'NURSE' | 'NOBODY')[] = ['DOCTOR'], practice_id = 'p1') =>
  ({ practice_id, occurred_at: `2026-11-${String(day).padStart(2, '0')}T09:00:00Z`, minutes, met_roles })
const known = { practiceId: 'p1', practice: {}, mine: [], now: '2026-11-23T10:35:00Z', daysOff: CLOSED_DAYS }

test('a first visit: 20 minutes that have just ended, nobody preset', () => {
  assert.deepEqual(visitDefaults(known), {
    practice_id: 'p1', occurred_at: '2026-11-23T10:15:00.000Z', minutes: 20, mode: 'IN_PERSON', purpose: 'REGULAR', met_roles: [],
    outcome: 'COMPLETED', next_visit_on: '2026-12-14' })
})

test('minutes are the median of the last five here, roles as last time somebody was met', () => {
  const mine = [visit(2, 240), visit(3, 15), visit(9, 30, ['NURSE', 'DOCTOR']), visit(4, 15), visit(5, 45), visit(6, 60), visit(10, 15, ['NOBODY']), visit(20, 5, ['NURSE'], 'p2')]
  const { minutes, met_roles } = visitDefaults({ ...known, mine })
  assert.equal(minutes, 30)
  assert.deepEqual(met_roles, ['NURSE', 'DOCTOR'])
  assert.equal(usualMinutes([visit(1, 15), visit(2, 30)]), 23)
})

test('"Ankommet" counts if it was tapped today; yesterday\'s forgotten tap does not', () => {
  assert.equal(visitDefaults({ ...known, arrivedAt: '2026-11-23T08:40:00Z' }).occurred_at, '2026-11-23T08:40:00.000Z')
  assert.equal(visitDefaults({ ...known, arrivedAt: '2026-11-22T08:40:00Z' }).occurred_at, '2026-11-23T10:15:00.000Z')
  assert.equal(visitDefaults({ ...known, arrivedAt: '2026-11-23T12:00:00Z' }).occurred_at, '2026-11-23T10:15:00.000Z')
})

test('the next visit falls on a day when the practice is open', () => {
  assert.equal(nextVisitOn('2026-12-03', { interval_days: 21 }, CLOSED_DAYS), '2026-12-28')
  assert.equal(nextVisitOn('2026-11-23', { interval_days: 14, opening: [{ weekday: 'TUE' }] }, CLOSED_DAYS), '2026-12-08')
})

test('a shut door keeps the purpose that was planned, met nobody, and says when again', () => {
  const here = { practiceId: 'p1', now: '2026-11-23T10:10:00Z' }
  const shut = { practice_id: 'p1', occurred_at: '2026-11-23T10:10:00.000Z', minutes: 5, mode: 'IN_PERSON', met_roles: ['NOBODY'] }
  assert.deepEqual(futileVisit({ ...here, plannedPurpose: 'STUEGANG' }, 'CLOSED', '2026-11-30'), { ...shut, purpose: 'STUEGANG', outcome: 'CLOSED', next_visit_on: '2026-11-30' })
  assert.deepEqual(futileVisit(here, 'NO_TIME', ''), { ...shut, purpose: 'REGULAR', outcome: 'NO_TIME' })
})
