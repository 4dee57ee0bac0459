/* A visit's form becomes a visit: nobody behind a closed door, no future, nothing empty sent. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Form, problems, visitOf, written } from './visiting'

const visit = {
  practice_id: '0192f0c0-0000-7000-8000-000000000001', occurred_at: '2026-11-23T08:40:00.000Z', minutes: 20, mode: 'IN_PERSON' as const,
  purpose: 'REGULAR' as const, met_roles: ['DOCTOR' as const, 'SECRETARY' as const], outcome: 'COMPLETED' as const, next_visit_on: '2026-12-14',
}
const form = (news: Partial<Form> = {}): Form => ({ ...written('0192f0c0-0000-7000-8000-000000000002', visit), ...news })

test('what was written comes back as it was', () => {
  const { follow_up, follow_up_on, follow_up_by, note, ...rest } = visitOf(form())
  assert.deepEqual(rest, visit)
  assert.deepEqual([follow_up, follow_up_on, follow_up_by, note], [undefined, undefined, undefined, undefined])
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
