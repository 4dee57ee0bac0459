import assert from 'node:assert/strict'
import test from 'node:test'
import vectors from '../../../app/catalogue/outcome_vectors.json'
import { type Answered, callDue, counted, due, indexOn, inWindow, type Point } from './outcomes'

const outcomes = (rows: string[][]): Answered[] =>
  rows.map(([point, outcome, answered_on]) => ({ point, outcome, answered_on }) as Answered)

for (const { index_on, point, ...days } of vectors.due)
  test(`${point} after ${index_on}`, () => assert.deepEqual(due(index_on, point as Point), { point, ...days }))

for (const { why, index_on, on, outcomes: rows, point } of vectors.calls)
  test(`a call: ${why}`, () => assert.equal(callDue(outcomes(rows), index_on, on)?.point ?? null, point))

for (const { why, index_on, point, outcomes: rows, which } of vectors.counted)
  test(`what counts: ${why}`, () => {
    const known = outcomes(rows)
    assert.equal(counted(known, index_on, point as Point), which === null ? undefined : known[which])
  })

test('the first talk that was not anonymous sets the day', () => {
  assert.equal(indexOn(['2026-11-02', '2026-08-25', '2026-09-01']), '2026-08-25')
  assert.equal(indexOn([]), undefined)
  assert.equal(inWindow('2026-08-25', '2026-08-25'), undefined)
})
