import assert from 'node:assert/strict'
import test from 'node:test'
import { applied, mergeSets, same } from './overlay'
import type { Op } from './types'

const op = (more: Partial<Op>): Op => ({ op_id: 'o', device_seq: 1, v: 1, kind: 'visit', id: 'v', action: 'update', made_at: '', ...more })

test('absent and null are the same, and a list field is a set', () => {
  assert.ok(same(undefined, null))
  assert.ok(same({ a: null, b: 1 }, { b: 1 }))
  assert.ok(same(['A', 'B', 'A'], ['B', 'A'], true))
  assert.ok(!same(['A', 'B'], ['B', 'A']))
  assert.ok(same('2026-11-22T09:00:00Z', '2026-11-22T10:00:00.000+01:00') && !same('2026-11-22T09:00:00Z', '2026-11-22T09:00:01Z'))
  assert.ok(!same(0, null) && !same('', null) && !same(false, null))
})

test('what I add and take away is carried over to what stands there now', () => {
  assert.deepEqual(mergeSets(['DOCTOR', 'NURSE'], ['DOCTOR'], ['SECRETARY']), ['NURSE', 'SECRETARY'])
  assert.deepEqual(mergeSets(undefined, undefined, ['DOCTOR']), ['DOCTOR'])
  assert.deepEqual(mergeSets([{ name: 'A' }], [{ name: 'A' }], [{ name: 'A' }, { name: 'B' }]), [{ name: 'A' }, { name: 'B' }])
})

test('a pulled record keeps the fields of others beneath my unanswered change', () => {
  const truth = { minutes: 20, note: 'ny', met_roles: ['DOCTOR', 'NURSE'] }
  const mine = op({ set: { minutes: 25, met_roles: ['DOCTOR', 'SECRETARY'] }, base: { minutes: 20, met_roles: ['DOCTOR'] } })
  assert.deepEqual(applied(truth, mine), { minutes: 25, note: 'ny', met_roles: ['DOCTOR', 'NURSE', 'SECRETARY'] })
  assert.equal(applied(null, mine), null)
  assert.equal(applied(truth, op({ action: 'delete' })), null)
  assert.deepEqual(applied(truth, op({ action: 'create', set: { minutes: 1 } })), truth)
})
