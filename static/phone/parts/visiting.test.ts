/* A visit's form becomes a visit: nobody behind a closed door, no future, nothing empty sent. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Form, handoutChange, problems, visitOf, written } from './visiting'

const visit = {
  practice_id: '0192f0c0-0000-7000-8000-000000000001', occurred_at: '2026-11-23T08:40:00.000Z', minutes: 20, mode: 'IN_PERSON' as const,
  purpose: 'REGULAR' as const, met_roles: ['DOCTOR' as const, 'SECRETARY' as const], outcome: 'COMPLETED' as const, next_visit_on: '2026-12-14',
}
const form = (news: Partial<Form> = {}): Form => ({ ...written('0192f0c0-0000-7000-8000-000000000002', visit), ...news })

test('what was written comes back as it was', () => {
  const { follow_up, follow_up_on, follow_up_by, note, other_purposes, ...rest } = visitOf(form())
  assert.deepEqual(rest, visit)
  assert.deepEqual([follow_up, follow_up_on, follow_up_by, note, other_purposes], Array(5).fill(undefined))
})

test('the form shows the hour in Copenhagen', () => {
  assert.deepEqual([form().day, form().time], ['2026-11-23', '09:40'])
})

test('behind a closed door nobody was met, whatever the chips said before', () => {
  assert.deepEqual(visitOf(form({ outcome: 'CLOSED' })).met_roles, ['NOBODY'])
  assert.deepEqual(visitOf(form({ outcome: 'NO_TIME', met_roles: ['SECRETARY'] })).met_roles, ['SECRETARY'])
  assert.deepEqual(visitOf(form({ outcome: 'DESK_ONLY' })).met_roles, ['DOCTOR', 'SECRETARY'])
})

test('a completed visit met somebody, within four hours, and not tomorrow', () => {
  assert.deepEqual(problems(form()), {})
  assert.ok('met_roles' in problems(form({ met_roles: [] })))
  for (const minutes of ['0', '241', '', '12,5', 'tyve']) assert.ok('minutes' in problems(form({ minutes })), minutes)
  assert.ok('day' in problems(form({ day: '2999-01-01' })))
  assert.ok('next_visit_on' in problems(form({ next_visit_on: '2026-11-23' })))
})

test('a visit for several things says each once', () => {
  assert.deepEqual(visitOf(form({ other_purposes: ['MATERIAL', 'REGULAR', 'COURSE_INFO'] })).other_purposes, ['MATERIAL', 'COURSE_INFO'])
  assert.equal(visitOf(form({ other_purposes: ['REGULAR'] })).other_purposes, undefined)
})

test('a handout to a citizen names nobody, one at an event no practice', () => {
  const at = '2026-11-23T12:00:00.000Z'
  const to = (place: 'PRACTICE' | 'CITIZEN' | 'EVENT') => (handoutChange({ batch_id: 'b', quantity: 5 }, 'p', at, undefined, place) as { set: object }).set
  const moved = { batch_id: 'b', move: 'HANDED_OUT', quantity: 5, from_place: 'BAG', occurred_at: at }
  assert.deepEqual(to('CITIZEN'), { ...moved, to_place: 'CITIZEN', practice_id: 'p' })
  assert.deepEqual(to('EVENT'), { ...moved, to_place: 'EVENT' })
  assert.deepEqual(to('PRACTICE'), { ...moved, to_place: 'PRACTICE', practice_id: 'p' })
})
