import assert from 'node:assert/strict'
import test from 'node:test'
import { addDays, clock, daysBetween, instantOf, localDay, localTime, longDay, moment, numericDay, shortDay, week, weekLabel } from './dates'

test('a month ends in Copenhagen, not in Greenwich (INV-08)', () => {
  assert.equal(localDay('2026-10-31T22:30:00Z'), '2026-10-31')
  assert.equal(localDay('2026-10-31T23:30:00Z'), '2026-11-01')
})

test('days and hours are written the Danish way', () => {
  assert.equal(shortDay('2026-11-23'), 'man. 23. nov.')
  assert.equal(shortDay('2027-05-04', '2026-11-23'), 'tirs. 4. maj 2027')
  assert.equal(longDay('2026-11-23'), 'mandag 23. november 2026')
  assert.equal(numericDay('2026-11-23'), '23-11-2026')
  assert.equal(`kl. ${clock('2026-11-23T08:30:00Z')}`, 'kl. 9.30')
  assert.equal(clock('2026-11-22T23:05:00Z'), '0.05')
  assert.equal(moment('2026-11-23T08:31:00Z', '2026-11-23T20:00:00Z'), 'i dag 9.31')
  assert.equal(moment('2026-11-22T22:59:00Z', '2026-11-22T23:01:00Z'), 'i går 23.59')
  assert.equal(moment('2026-11-20T08:00:00Z', '2026-11-23T20:00:00Z'), 'fre. 20. nov. 9.00')
})

test('weeks are ISO weeks with the year of the week (INV-19)', () => {
  assert.equal(weekLabel('2026-11-22'), 'uge 47')
  assert.equal(weekLabel('2025-12-31', true), 'uge 1, 2026')
  assert.equal(weekLabel('2027-01-01', true), 'uge 53, 2026')
  assert.deepEqual(week('2024-12-30'), { year: 2025, week: 1 })
})

test('what was typed in Copenhagen comes back the same, summer and winter', () => {
  for (const [day, time] of [['2026-07-01', '09:30'], ['2026-12-01', '09:30'], ['2026-10-25', '01:59'], ['2026-10-25', '02:30'], ['2026-10-25', '03:00']] as const) {
    const instant = instantOf(day, time)
    assert.deepEqual([localDay(instant), localTime(instant)], [day, time])
  }
  assert.equal(instantOf('2026-10-25', '02:30'), '2026-10-25T00:30:00.000Z', 'the first of two')
  assert.equal(localTime(instantOf('2026-03-29', '02:30')), '03:30', 'an hour that does not exist')
})

test('days are counted across summer time and leap days', () => {
  assert.equal(addDays('2026-10-24', 2), '2026-10-26')
  assert.equal(daysBetween('2026-03-28', '2026-03-30'), 2)
  assert.equal(addDays('2028-02-28', 1), '2028-02-29')
})
