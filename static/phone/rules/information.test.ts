import assert from 'node:assert/strict'
import test from 'node:test'
import { SCOPES } from './consent'
import { information, LANGUAGES, TEXT_VERSION } from './information'

test('every language is filled in, sentence by sentence', () => {
  for (const { code } of LANGUAGES) {
    const text = information(code, { phone: '13 00 00 01' })
    assert.doesNotMatch(JSON.stringify(text), /\{\w+\}/, code)
    assert.equal(text.sections.length, 10)
    assert.ok(SCOPES.every((scope) => text.scopes[scope]), code)
    assert.ok(text.sections[0]!.text[1]!.includes('13 00 00 01'), code)
  }
})

test('Arabic, Urdu and Farsi run from right to left', () =>
  assert.deepEqual(LANGUAGES.filter(({ dir }) => dir === 'rtl').map(({ code }) => code).sort(), ['ar', 'fa', 'ur']))

test('the installation\'s own words take the place of the defaults', () => {
  const said = information('da', { phone: '13 00 00 01', controller: 'Københavns Kommune', basis: 'Vores egen grund.', jobcenter: '' })
  assert.equal(said.sections[0]!.text[0], 'Københavns Kommune har ansvaret for det, vi skriver om dig.')
  assert.deepEqual(said.sections[2]!.text, ['Vores egen grund.'])
  assert.equal(said.scopes.JOBCENTER_SHARE, 'Rådgiveren må sige til jobcentret, hvad vi har aftalt.')
  assert.deepEqual([said.card.withdraw, said.heard.question], ['Ring, hvis du vil trække dit samtykke tilbage.', 'Blev du hørt?'])
})

test('the version is what a record keeps', () => assert.match(TEXT_VERSION, /^\d{4}-\d{2}-\d+$/))
