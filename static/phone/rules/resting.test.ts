/* Ninety days without a talk, to the day; what was closed stays closed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standsAs } from './resting'

const TODAY = '2026-11-25'

test('a citizen rests on the ninetieth day without a talk, and not before', () => {
  assert.equal(standsAs('ACTIVE', '2026-08-28', TODAY), 'ACTIVE')
  assert.equal(standsAs('ACTIVE', '2026-08-27', TODAY), 'RESTING')
  assert.equal(standsAs(undefined, '2026-08-27', TODAY), 'RESTING')
})

test('who talks again does not rest any more, whatever was written', () => assert.equal(standsAs('RESTING', TODAY, TODAY), 'ACTIVE'))

test('what is closed or erased stays so, and without a talk what was written stands', () => {
  assert.equal(standsAs('CLOSED', TODAY, TODAY), 'CLOSED')
  assert.equal(standsAs('ERASED', '2026-01-01', TODAY), 'ERASED')
  assert.equal(standsAs('RESTING', null, TODAY), 'RESTING')
  assert.equal(standsAs(undefined, null, TODAY), 'ACTIVE')
})
