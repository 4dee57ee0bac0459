import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesDoctor, personHints } from './person_hints'

const speaksOf = (text: string): string => personHints(text).join(' ')

test('a phone number, an e-mail, a name and an address are each hinted at', () => {
  assert.match(speaksOf('ring 13 45 67 89'), /telefonnummer/)
  assert.match(speaksOf('skriv til anna@example.org'), /e-mail/)
  assert.match(speaksOf('Fru Olsen kom med'), /navn/)
  assert.match(speaksOf('bor på Istedgade 12'), /adresse/)
})

test('what is said of a talk is left in peace', () => {
  for (const text of ['', 'Vil gerne i praktik to dage om ugen.', 'Aftalt 22-11-2026 kl. 14.30', 'Sagde, at hr. og fru er travle', 'P-nr. 1234567890'])
    assert.deepEqual(personHints(text), [], text)
})

test('two things get two hints', () => {
  assert.equal(personHints('hr. Olsen, 13456789').length, 2)
})

test('the doctor is noticed, and nobody who only sounds alike', () => {
  for (const text of ['Lægen mener at', 'var hos egen læge', 'ifølge doktoren']) assert.ok(namesDoctor(text), text)
  for (const text of ['Vil lægge en plan', 'Lægerne Halmgården', 'aftalt tid', '']) assert.ok(!namesDoctor(text), text)
})
