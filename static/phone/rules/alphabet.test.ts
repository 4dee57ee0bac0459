import assert from 'node:assert/strict'
import test from 'node:test'
import { finds, fold, sortedBy } from './alphabet'

test('names stand in Danish order (INV-18)', () => {
  const right = ['Adam', 'Wagner', 'Zebra', 'Ærtebjerg', 'Øresund', 'Aagaard', 'Ålholm']
  assert.deepEqual(sortedBy([...right].reverse(), (name) => name), right)
})

test('a search takes the spellings of one name for the same', () => {
  assert.ok(finds('aagaard', 'Lægerne Ågård') && finds('ågård', 'Aagaard'))
  assert.ok(finds('oeresund', 'Øresund') && finds('ærø', 'Aeroe') && finds('lege sydhavn', 'Lægerne', 'Sydhavnen') === false)
  assert.ok(finds('laeg sydh', 'Lægerne', 'Kgs. Enghave') && finds('enghave', 'Klinikken i Sydhavnen') && finds('kongens', 'Kgs. Enghave'))
  assert.ok(finds('', 'hvad som helst') && finds('skyde lægerne', 'Lægerne Skydebanehjørnet'))
  assert.equal(fold('Café Ørsted\u030A'), 'cafe oersted')
})
