/* Nothing that a phone can write ends in the tray without a way out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FIELDS, type Kind, OFFICE_ONLY } from '../generated/records'
import type { Fields } from '../notebook/kinds'
import { canMend, fieldProblem, fieldValue, mendable, SHAPES, unknownFields } from './mending'

const written = (Object.keys(FIELDS) as Kind[]).filter((kind) => !OFFICE_ONLY.includes(kind))
/* What the office alone writes on a record that is the phone's. */
const ofThePhone = (kind: Kind) => Object.entries(FIELDS[kind]).filter(([field]) => field !== 'former_codes')
const refused = (kind: Kind, fields: Record<string, string>, set: Fields = {}, code = 'INVALID') =>
  ({ code, fields, stuck: false, op: { kind, action: 'create' as const, set } })

test('the phone writes what it is for', () => {
  for (const kind of ['visit', 'planned_visit', 'talk', 'citizen', 'consent_event', 'information_given', 'next_step', 'enrolment', 'attendance_mark',
    'stock_move', 'contact_log', 'outcome', 'time_entry', 'time_sheet', 'heard_answer'] as Kind[]) assert.ok(written.includes(kind), kind)
})

for (const kind of written) {
  test(`each field of ${kind} has its place in the form`, () => {
    for (const [field, { shape, to }] of ofThePhone(kind)) {
      assert.ok(SHAPES.includes(shape), `${kind}.${field} is ${shape}`)
      assert.equal(shape === 'ref', to !== undefined, `${kind}.${field} says what it points to`)
      assert.deepEqual(mendable(refused(kind, { [field]: 'Skal udfyldes.' })), [field])
      assert.ok(canMend(refused(kind, { [field]: 'Skal udfyldes.' })))
    }
  })

  test(`a refused ${kind} that names no field opens with all that it says`, () => {
    const set = Object.fromEntries(ofThePhone(kind).map(([field]) => [field, 'x']))
    assert.deepEqual(mendable(refused(kind, {}, set, 'OUTSIDE_PROJECT')), Object.keys(set))
    assert.ok(canMend(refused(kind, {}, set, 'OUTSIDE_PROJECT')))
  })
}

test('what only the coordinator can put right has no form', () => {
  assert.equal(canMend(refused('visit', {}, { minutes: 20 }, 'NOT_ALLOWED')), false)
  assert.equal(canMend({ ...refused('visit', {}, { minutes: 20 }), stuck: true }), false)
})

test('a field that the server does not have goes away', () => {
  assert.deepEqual(unknownFields(refused('visit', { colour: 'Feltet findes ikke.', minutes: 'Skal være 1–240.' })), ['colour'])
})

test('what is wrong is said before it is sent again', () => {
  const { minutes, note } = FIELDS.visit as Record<string, never>
  assert.equal(fieldProblem(minutes!, '999'), 'Skriv et helt tal fra 1 til 240.')
  assert.equal(fieldProblem(minutes!, ''), 'Minutter skal udfyldes.')
  assert.equal(fieldProblem(minutes!, '20'), null)
  assert.equal(fieldProblem(note!, ''), null)
  assert.deepEqual([fieldValue(minutes!, '20'), fieldValue(note!, '')], [20, null])
})
