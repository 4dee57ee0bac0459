import assert from 'node:assert/strict'
import test from 'node:test'
import { searched } from '../rules/alphabet'
import { found, type Shelf } from './finding'

const shelf = (name: string, ...titles: string[]): Shelf =>
  ({ name, entries: titles.map((title) => ({ key: title, to: '', title, about: '', place: searched(title) })) })

test('what is found is grouped, in the Danish order, whatever way it was spelt', () => {
  const all = [shelf('Praksisser', 'Ålholm', 'Zebra', 'Aagaard', 'Ærtebjerg', 'Øresund', 'Adam'), shelf('Hjælp', 'Uden net')]
  assert.deepEqual(found('a', all).map(({ found: hits }) => hits.map(({ title }) => title)), [['Adam', 'Zebra', 'Ærtebjerg', 'Aagaard', 'Ålholm']])
  assert.deepEqual(['aalholm', 'ÅLHOLM', 'oeresund', 'aertebjerg', ' uden  net '].map((typed) => found(typed, all)[0]?.found[0]?.title), ['Ålholm', 'Ålholm', 'Øresund', 'Ærtebjerg', 'Uden net'])
  assert.deepEqual([found('  ', all), found('findes ikke', all)], [[], []])
})

test('a place with two names is found by both, the newest first where there is a date', () => {
  const entries = ['2026-01-02', '2026-11-02', '2026-05-02'].map((newest) => ({ key: newest, to: '', title: 'Besøg', about: '', newest, place: searched('Kgs. Enghave') }))
  assert.deepEqual(found('sydhavnen', [{ name: 'Besøg', entries }])[0]!.found.map(({ key }) => key), ['2026-11-02', '2026-05-02', '2026-01-02'])
})
