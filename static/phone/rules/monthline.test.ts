import assert from 'node:assert/strict'
import test from 'node:test'
import { monthLine } from './monthline'

test('a month is one line, with comma, absence apart from the sum', () => {
  const rows = [{ name: 'Besøg', minutes: 1950, counts: true }, { name: 'Fravær', minutes: 450, counts: false }, { name: 'Samtaler', minutes: 735, counts: true }]
  assert.equal(monthLine('november 2026', 'SHL', rows), 'november 2026; SHL; Besøg 32,5; Samtaler 12,25; I alt 44,75; Fravær 7,5')
})
