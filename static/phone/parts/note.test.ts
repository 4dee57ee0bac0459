/* What may be a CPR number is stopped before it is saved, and never goes into a draft. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forDisk, guardProblem, stopping } from './note'

const HIGH = 'Ring til 010190-1234 om folderne'
const MEDIUM = 'Sag 0203851234 ligger i skuffen'

test('a CPR number stops the save, whatever the user says it is', () => {
  assert.match(guardProblem(HIGH, ['010190-1234'])!, /CPR-nummer/)
})

test('ten digits that may be one are asked about, and pass when the user has answered', () => {
  assert.equal(stopping(MEDIUM, [])[0]?.level, 'MEDIUM')
  assert.match(guardProblem(MEDIUM, [])!, /\?/)
  assert.equal(guardProblem(MEDIUM, ['0203851234']), null)
})

test('a draft carries the text around the number, not the number', () => {
  assert.equal(forDisk(HIGH, []), 'Ring til om folderne')
  assert.equal(forDisk(`${HIGH} og 020290-1235`, []), 'Ring til om folderne og')
  assert.equal(forDisk(MEDIUM, ['0203851234']), MEDIUM)
})

test('a telephone number and a harmless note go through', () => {
  for (const text of ['Ring 13 00 00 01', 'Vil gerne have flere foldere', '']) assert.equal(guardProblem(text, []), null)
})
