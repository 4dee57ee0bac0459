import assert from 'node:assert/strict'
import test from 'node:test'
import vectors from '../../../app/catalogue/gate_vectors.json'
import { followsId, type Given, inServerOrder, isOpen, openScopes, runsOut, SCOPES, type Scope, type Standing, status } from './consent'
import { addDays } from './dates'
import { type Act, ACTS, barredBy, type Gated, may, needed, stepScopes, withDoctor } from './gates'

const D = vectors.day
type Line = { why: string; today?: number; status: string | Record<string, string>
  events: { id: string; event: string; on: number; until?: number; follows?: string; other?: boolean }[] }
const timelines = vectors.timelines as Line[]

function eventsOf(line: Line, scope: Scope): Given[] {
  const other = SCOPES[(SCOPES.indexOf(scope) + 1) % SCOPES.length]!
  return line.events.map(({ id, event, on, until, follows, other: elsewhere }) => ({
    id, event: event as Given['event'], scope: elsewhere ? other : scope, given_on: addDays(D, on),
    ...(until === undefined ? {} : { valid_until: addDays(D, until) }), ...(follows ? { follows_id: follows } : {}) }))
}
const expected = (line: Line, scope: Scope) => (typeof line.status === 'string' ? line.status : line.status[scope] ?? line.status['*']) as Standing
const isGood = (line: Line, scope: Scope) => ['VALID', 'EXPIRING'].includes(expected(line, scope))

for (const line of timelines)
  test(`a purpose: ${line.why}`, () => {
    const today = addDays(D, line.today ?? 0)
    for (const scope of SCOPES) {
      assert.equal(status(eventsOf(line, scope), scope, D, today), expected(line, scope), scope)
      assert.equal(isOpen(eventsOf(line, scope), scope, D, today), isGood(line, scope), scope)
    }
    for (const [act, scopes] of Object.entries(ACTS) as [Act, readonly Scope[]][]) {
      const said = scopes.flatMap((scope) => eventsOf(line, scope))
      assert.equal(may(act, said, D, today), scopes.every((scope) => isGood(line, scope)), act)
    }
  })

for (const { why, kind, data, before, answered_on, today, event_day, needs } of vectors.records as {
  why: string; kind: string; data: object; before?: object; answered_on?: number; today: number; event_day?: number; needs: [string, number][] }[])
  test(`a record: ${why}`, () => {
    const answered = answered_on === undefined ? {} : { answered_on: addDays(D, answered_on) }
    const record = { kind, data: { ...data, ...answered }, before } as unknown as Gated
    const [now, day] = [addDays(D, today), event_day === undefined ? undefined : addDays(D, event_day)]
    assert.deepEqual(needed(record, now, day), needs.map(([scope, on]) => ({ scope, on: addDays(D, on) })))
    assert.deepEqual(barredBy(record, [], now, day), needs.map(([scope]) => scope))
    const said = needs.map(([scope], n): Given => ({ id: `${n}`, scope: scope as Scope, event: 'GIVEN', given_on: D }))
    assert.deepEqual(barredBy(record, said, now, day), [])
  })

test('the acts are those of the vectors', () => assert.deepEqual(ACTS, vectors.acts))

test('a doctor\'s yes never lasts longer than a year', () => {
  assert.equal(runsOut({ scope: 'GP_EXCHANGE', given_on: '2026-01-01', valid_until: '2030-01-01' }), '2027-01-01')
  assert.equal(runsOut({ scope: 'STUEGANG', given_on: '2026-01-01', valid_until: '2030-01-01' }), '2030-01-01')
})

let count = 0
const row = (event: Given['event'], made: string, author: string, follows?: string, scope: Scope = 'STUEGANG') => ({
  id: `${++count}`, author_id: author, made_at: `2026-11-25T${made}:00Z`,
  data: { scope, event, given_on: D, ...(follows ? { follows_id: follows } : {}) } })

test('a withdrawal typed before another phone\'s yes closes the gate, whenever it arrives', () => {
  const [yes, no, again] = [row('GIVEN', '08:00', 'signe'), row('WITHDRAWN', '09:00', 'emre'), row('GIVEN', '10:00', 'signe')]
  for (const rows of [[yes, no, again], [again, yes, no]]) assert.equal(status(inServerOrder(rows), 'STUEGANG', D, D), 'WITHDRAWN')
})

test('a yes that knew opens again, and one that knew of only one of two phones\' withdrawals does not', () => {
  const yes = row('GIVEN', '08:00', 'signe')
  const no = row('WITHDRAWN', '10:00', 'signe')
  const again = row('GIVEN', '11:00', 'signe', no.id)
  assert.ok(isOpen(inServerOrder([again, no, yes]), 'STUEGANG', D, D))
  const hidden = row('WITHDRAWN', '09:00', 'emre')
  const told = inServerOrder([yes, hidden, no, again])
  assert.ok(!isOpen(told, 'STUEGANG', D, D), 'the server may have got it last')
  assert.equal(followsId(told, 'STUEGANG'), hidden.id)
  const asked = [yes, hidden, no, again, row('GIVEN', '12:00', 'signe', hidden.id)]
  assert.ok(isOpen(inServerOrder(asked), 'STUEGANG', D, D), 'asked once more, it is open')
})

test('one person\'s two withdrawals are one: the last counts', () => {
  const [first, second] = [row('WITHDRAWN', '08:00', 'signe'), row('WITHDRAWN', '09:00', 'signe')]
  assert.ok(isOpen(inServerOrder([first, second, row('GIVEN', '10:00', 'signe', second.id)]), 'STUEGANG', D, D))
})

test('only what is open can be withdrawn, purpose by purpose', () => {
  const given = (scope: Scope, made: string) => row('GIVEN', made, 'signe', undefined, scope)
  const rows = [given('EVALUATION', '08:00'), row('REFUSED', '08:01', 'signe'), given('TALK_RECORD', '08:02')]
  assert.deepEqual(openScopes(inServerOrder(rows), D), ['TALK_RECORD', 'EVALUATION'])
  assert.equal(followsId(inServerOrder(rows), 'TALK_RECORD'), undefined)
})

test('a step says what it hangs on, a talk whether the doctor was there', () => {
  assert.deepEqual(stepScopes({ step: 'BRIDGE_JOBCENTER', needs_scope: 'THIRD_PARTY' }), ['JOBCENTER_SHARE', 'THIRD_PARTY'])
  assert.ok(withDoctor({ type: 'THREE_PARTY', three_party_with: ['DOCTOR', 'NURSE'] }))
  assert.ok(!withDoctor({ type: 'FIRST' }) && !withDoctor({ type: 'THREE_PARTY', three_party_with: ['NURSE'] }) && !withDoctor({ type: 'THREE_PARTY' }))
})
