import assert from 'node:assert/strict'
import test from 'node:test'
import { timeLines, written } from './timeday'
import type { Activity, Proposal } from './timesheet'

const DAY = '2026-11-25'
const visits = (minutes: number): Proposal => ({ activity: 'VISIT', minutes, because: '3 besøg' })
const entry = (activity: Activity, minutes: number, source: 'AUTO' | 'MANUAL' = 'AUTO', hour = 15) =>
  ({ worked_on: DAY, activity, minutes, source, made_at: `2026-11-25T${hour}:00:00Z` })
const newest = new Map<Activity, string>([['VISIT', '2026-11-25T12:00:00Z']])

test('one tap takes the proposals as they are', () => {
  const lines = timeLines(DAY, [], [visits(60), { activity: 'RIDE', minutes: 30, because: 'cykel' }], newest)
  assert.deepEqual(written(DAY, lines, new Map()), [
    { worked_on: DAY, activity: 'VISIT', minutes: 60, source: 'AUTO' }, { worked_on: DAY, activity: 'RIDE', minutes: 30, source: 'AUTO' }])
})

test('what was changed is one’s own word, and a fall is written below zero', () => {
  assert.deepEqual(written(DAY, timeLines(DAY, [], [visits(60)], newest), new Map([['VISIT', 45]])), [{ worked_on: DAY, activity: 'VISIT', minutes: 45, source: 'MANUAL' }])
  assert.deepEqual(written(DAY, timeLines(DAY, [entry('VISIT', 60)], [], newest), new Map([['VISIT', 45], ['AWAY', 120]])),
    [{ worked_on: DAY, activity: 'VISIT', minutes: -15, source: 'MANUAL' }, { worked_on: DAY, activity: 'AWAY', minutes: 120, source: 'MANUAL' }])
})

test('what one has typed is not proposed away, until there is a newer visit', () => {
  const typed = [entry('VISIT', 60), entry('VISIT', -15, 'MANUAL', 16)]
  assert.deepEqual(timeLines(DAY, typed, [visits(15)], newest), [{ activity: 'VISIT', saved: 45, proposed: 0, because: '' }])
  assert.deepEqual(timeLines(DAY, typed, [visits(30)], new Map([['VISIT', '2026-11-25T17:00:00Z']])).map(({ saved, proposed }) => [saved, proposed]), [[45, 30]])
})

test('nothing new is nothing written', () => {
  assert.deepEqual(written(DAY, timeLines(DAY, [entry('VISIT', 60)], [], newest), new Map([['VISIT', 60]])), [])
})
