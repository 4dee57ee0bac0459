import assert from 'node:assert/strict'
import test from 'node:test'
import { CLOSED_DAYS } from '../generated/records'
import { afterWorkingDays, isOpen, isWorkingDay, openDayFrom, withOwn, workingDayFrom } from './working_days'

test('weekends, helligdage and local days off are not working days', () => {
  assert.ok(isWorkingDay('2026-11-23', CLOSED_DAYS))
  for (const day of ['2026-11-22', '2026-11-21', '2026-04-03', '2026-12-24', '2026-06-05']) assert.ok(!isWorkingDay(day, CLOSED_DAYS), day)
  assert.ok(isWorkingDay('2026-05-01', {}), 'holidays are passed in')
  assert.equal(workingDayFrom('2026-12-24', CLOSED_DAYS), '2026-12-28')
  assert.equal(afterWorkingDays('2026-11-20', 2, CLOSED_DAYS), '2026-11-24')
})

test('the project closes days of its own and works on a local day off', () => {
  const days = withOwn(CLOSED_DAYS, [{ kind: 'CLOSED', from: '2026-12-28', to: '2026-12-30' }, { kind: 'OPEN', from: '2027-05-01' }, { kind: 'CLOSED', from: 'snart' }])
  assert.equal(workingDayFrom('2026-12-24', days), '2027-01-04')
  assert.ok(!('2027-05-01' in days) && '2027-05-01' in CLOSED_DAYS)
})

test('a practice is open on its weekdays outside its closing weeks', () => {
  const hours = { opening: [{ weekday: 'MON' }, { weekday: 'THU' }], closures: [{ from: '2026-11-23', to: '2026-11-29' }, { from: 'uge 28' }] }
  assert.ok(!isOpen('2026-11-23', hours, CLOSED_DAYS))
  assert.ok(!isOpen('2026-12-01', hours, CLOSED_DAYS))
  assert.equal(openDayFrom('2026-11-20', hours, CLOSED_DAYS), '2026-11-30')
  assert.equal(openDayFrom('2026-11-20', {}, CLOSED_DAYS), '2026-11-20')
  assert.equal(openDayFrom('2026-11-20', { opening: [{ weekday: 'SUN' }] }, CLOSED_DAYS), '2026-11-20', 'never open')
})
