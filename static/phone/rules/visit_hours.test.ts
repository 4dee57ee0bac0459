import assert from 'node:assert/strict'
import test from 'node:test'
import { CLOSED_DAYS } from '../generated/records'
import { bestOn, minuteOf, named, type Welcome, welcomeOn } from './visit_hours'

const week = ['MON', 'TUE', 'WED', 'THU', 'FRI'].map((weekday) => ({ weekday, from: '08:00', to: '15:00' }))
const clock = (all: { from: number; to: number }[]) => all.map(({ from, to }) =>
  [from, to].map((minute) => `${Math.floor(minute / 60)}.${String(minute % 60).padStart(2, '0')}`).join('–')).join(' ')
const welcome = (practice: Welcome, day: string) => clock(welcomeOn(practice, day, CLOSED_DAYS))
const [WEDNESDAY, THURSDAY, FRIDAY, SATURDAY] = ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28']

test('one comes in the opening hours, after the telephone hours, and never on a Friday after 13', () => {
  const practice = { opening: week, phone_hours: [{ from: '08:00', to: '09:00' }] }
  assert.equal(welcome(practice, WEDNESDAY), '9.00–15.00')
  assert.equal(welcome(practice, FRIDAY), '9.00–13.00')
  assert.equal(welcome(practice, SATURDAY), '')
  assert.equal(welcome({}, WEDNESDAY), '9.00–16.00', 'nothing known: working hours, the first one spared')
})

test('never in a closing week, on a closed weekday or a helligdag', () => {
  assert.equal(welcome({ opening: week, closures: [{ from: '2026-11-23', to: '2026-11-29' }] }, WEDNESDAY), '')
  assert.equal(welcome({ opening: week.filter(({ weekday }) => weekday !== 'WED') }, WEDNESDAY), '')
  assert.equal(welcome({}, '2026-12-24'), '')
})

test('what the practice asked to be spared is spared, as the office writes it', () => {
  assert.equal(welcome({ opening: week, avoid: '08:00-09:15' }, WEDNESDAY), '9.15–15.00')
  assert.equal(welcome({ opening: week, avoid: 'on 08:00-10:00' }, WEDNESDAY), '10.00–15.00')
  assert.equal(welcome({ opening: week, avoid: 'on 08:00-10:00' }, THURSDAY), '8.00–15.00')
  assert.equal(welcome({ opening: week, avoid: 'on' }, WEDNESDAY), '')
  assert.equal(welcome({ opening: week, avoid: 'ma-on 8-10; torsdag 11.30–12.30; fr' }, THURSDAY), '8.00–11.30 12.30–15.00')
  assert.equal(welcome({ opening: week, avoid: 'ring først' }, WEDNESDAY), '8.00–15.00', 'a word to the adviser, not an hour')
})

test('the best time is taken where one is welcome then', () => {
  const best = (visit_window: string, day = WEDNESDAY) => clock(bestOn({ opening: week, avoid: '08:00-09:00', visit_window }, day, CLOSED_DAYS))
  assert.equal(best('12:15-13:00'), '12.15–13.00')
  assert.equal(best('08:30-09:30'), '9.00–9.30')
  assert.equal(best('14:30-15:00', FRIDAY), '9.00–13.00', 'a Friday afternoon is nobody\'s best time')
  assert.equal(best('efter frokost'), '9.00–15.00')
  assert.equal(best('ma 10-11; on 11-12'), '11.00–12.00')
})

test('hours are read with colon or full stop', () => {
  assert.deepEqual([minuteOf('08:30'), minuteOf('9.15'), minuteOf('12')], [510, 555, 720])
  assert.deepEqual(named('lø-ma', '2026-11-29'), [{ from: 0, to: 1440 }])
  assert.deepEqual(named('13-12', WEDNESDAY), [])
  const weekdays = ['søndag', 'mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag']
  for (const [i, word] of weekdays.entries()) assert.equal(named(word, `2026-11-${22 + i}`).length, 1, word)
  assert.deepEqual(named('efter frokost', FRIDAY), [], 'a lunch is no Friday')
})
