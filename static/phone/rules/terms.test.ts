import assert from 'node:assert/strict'
import { test } from 'node:test'
import { said } from './terms'

const TERMS: Record<string, string>[] = [
  { key: 'jobcenter', label: 'kommunen', valid_from: '2026-02-01' },
  { key: 'district.KGS_ENGHAVE', label: 'Sydhavnen', valid_from: '2026-06-01', valid_to: '2026-06-30' },
]

test('a word holds from its first day to its last, and a record keeps the word of its day', () => {
  const district = (on: string) => said(TERMS, 'district', 'KGS_ENGHAVE', 'Kgs. Enghave', on)
  assert.deepEqual(['2026-05-31', '2026-06-01', '2026-06-30', '2026-07-01'].map(district), ['Kgs. Enghave', 'Sydhavnen', 'Sydhavnen', 'Kgs. Enghave'])
})

test('the jobcentre is called what it is called, wherever a label names it', () => {
  const step = (on: string) => said(TERMS, 'next_step', 'BRIDGE_JOBCENTER', 'Vi bygger bro til jobcenter', on)
  assert.equal(step('2026-01-31'), 'Vi bygger bro til jobcenter')
  assert.equal(step('2026-02-01'), 'Vi bygger bro til kommunen')
  assert.equal(said(TERMS, 'met_role', 'X', 'Jobcenter (samtykke)', '2026-03-01'), 'Kommunen (samtykke)')
  assert.equal(said(null, 'met_role', 'X', 'Jobcenter', '2026-03-01'), 'Jobcenter')
})
