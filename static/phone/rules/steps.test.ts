import assert from 'node:assert/strict'
import test from 'node:test'
import { CLOSED_DAYS } from '../generated/records'
import { daysOver, isOverdue, isReminder, type Step, stepDueOn, stepsDue, stoppedBy } from './steps'

const step = (changed: Partial<Step> = {}) =>
  ({ data: { step: 'NEW_TALK', status: 'OPEN', due_on: '2026-11-25', responsible: 'ADVISER', ...changed } as Step })

test('a step is due in fourteen days, on a day when people work', () => {
  assert.equal(stepDueOn('2026-11-25', CLOSED_DAYS), '2026-12-09')
  assert.equal(stepDueOn('2026-11-28', CLOSED_DAYS), '2026-12-14', 'a Saturday becomes Monday')
  assert.equal(stepDueOn('2026-12-10', CLOSED_DAYS), '2026-12-28', 'Christmas and the weekend after it')
})

test('late is worked out, and only what is open can be late', () => {
  assert.ok(!isOverdue(step().data, '2026-11-25') && isOverdue(step().data, '2026-11-26'))
  assert.equal(daysOver(step().data, '2026-12-02'), 7)
  for (const data of [step({ status: 'DONE' }), step({ status: 'DROPPED' }), step({ step: 'NONE' })])
    assert.equal(daysOver(data.data, '2027-01-01'), 0)
})

test('what is due comes with the oldest first', () => {
  const [a, b, c] = [step({ due_on: '2026-11-25' }), step({ due_on: '2026-11-20' }), step({ due_on: '2026-11-26' })]
  const d = step({ status: 'DONE', due_on: '2026-11-01' })
  assert.deepEqual(stepsDue([a, b, c, d], '2026-11-25'), [b, a])
})

test('a withdrawal stops the open steps that hang on it, by nature or by what is written on them', () => {
  const [bridge, course, talk] = [step({ step: 'BRIDGE_JOBCENTER' }), step({ step: 'COURSE', needs_scope: 'COURSE_PROVIDER' }), step()]
  assert.deepEqual(stoppedBy([bridge, course, talk], ['JOBCENTER_SHARE']), [bridge])
  assert.deepEqual(stoppedBy([bridge, course, talk], ['COURSE_PROVIDER', 'JOBCENTER_SHARE']), [bridge, course])
  assert.deepEqual(stoppedBy([step({ step: 'BRIDGE_JOBCENTER', status: 'DONE' })], ['JOBCENTER_SHARE']), [])
})

test('what others should do is a reminder to ask', () => {
  const reminders = (['CITIZEN', 'ADVISER', 'GP', 'CASEWORKER'] as const).filter((responsible) => isReminder({ responsible }))
  assert.deepEqual(reminders, ['GP', 'CASEWORKER'])
})
