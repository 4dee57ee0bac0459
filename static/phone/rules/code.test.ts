import assert from 'node:assert/strict'
import test from 'node:test'
import vectors from '../../../app/catalogue/code_vectors.json'
import { checkCharacter, newCode, type Random, readCode, spokenCode } from './code'

const SYMBOLS = [...'23456789BCDFGHJKMNPQRTVWX']
const LOOK = /^B-[2-9BCDFGHJKMNPQRTVWX]{5}$/
type Reading = { typed: string; code?: string; problem?: string; at?: number }

for (const { typed, code, problem, at } of vectors.readings as Reading[])
  test(`"${typed}" is read as ${code ?? problem}`, () => {
    const reading = readCode(typed)
    assert.deepEqual([reading.code, reading.problem?.kind, reading.problem?.at], [code, problem, at])
  })

test('the sign that is wrong is named, with the one it looks like', () => {
  assert.equal(readCode('B-7S3MB').problem?.words, 'Tegn 2 efter B er «S». Det bruges ikke i koder. Er det 5?')
  assert.equal(readCode('7k3').problem?.words, 'Koden har fem tegn efter B. Der står 3.')
})

const bodies = Array.from({ length: 3000 }, () => newCode().slice(2))

test('codes that are made can be read', () => {
  for (const body of bodies) assert.deepEqual([LOOK.test(`B-${body}`), readCode(body).code], [true, `B-${body}`])
  assert.equal(`B-7K3M${checkCharacter('7K3M')}`, 'B-7K3MB')
})

test('every single typo is caught', () => {
  for (const body of bodies.slice(0, 500))
    for (let i = 0; i < 5; i++)
      for (const symbol of SYMBOLS)
        if (symbol !== body[i]) assert.equal(readCode(body.slice(0, i) + symbol + body.slice(i + 1)).code, undefined, body)
})

test('every swap of neighbours is caught', () => {
  for (const body of bodies)
    for (let i = 0; i < 4; i++)
      if (body[i] !== body[i + 1])
        assert.equal(readCode(body.slice(0, i) + body[i + 1] + body[i] + body.slice(i + 2)).code, undefined, body)
})

const bytes = (...given: number[]): Random => (into) => { into[0] = given.shift()! }

test('a code that is known is not made again, and no symbol is favoured', () => {
  assert.equal(newCode(new Set(['B-22222']), bytes(0, 0, 0, 0, 8, 8, 8, 8)), 'B-BBBB7')
  assert.equal(newCode(new Set(), bytes(255, 250, 0, 25, 50, 249)), `B-222X${checkCharacter('222X')}`)
  const seen = new Set(bodies.flatMap((body) => [...body]))
  assert.equal(seen.size, SYMBOLS.length)
})

test('a screen reader says it sign by sign', () => assert.equal(spokenCode('B-7K3MB'), 'B, 7, K, 3, M, B'))
