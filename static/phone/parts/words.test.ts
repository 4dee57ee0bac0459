/* Danish as it stands on the screen: hours, telephone numbers, counts and states. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { count, hours, phoneLink, phoneWords, stateWords, traceWords } from './words'

test('hours are read with a full stop and without a nought in front', () => {
  assert.equal(hours('08:00-13:30'), '8.00–13.30')
  assert.equal(hours('ma 08:00-10:00'), 'ma 8.00–10.00')
  assert.equal(hours('10:05'), '10.05')
})

test('a telephone number is shown in pairs and called with +45, however it was typed', () => {
  for (const typed of ['13 00 00 01', '13000001', '+45 13000001', '004513000001'.slice(2)]) {
    assert.equal(phoneWords(typed), '13 00 00 01')
    assert.equal(phoneLink(typed), 'tel:+4513000001')
  }
})

test('one is one and the rest are many', () => {
  assert.equal(count(1, 'registrering', 'registreringer'), '1 registrering')
  assert.equal(count(0, 'registrering', 'registreringer'), '0 registreringer')
})

test('nothing is called saved on the server before the server has said so', () => {
  assert.equal(traceWords({ status: 'waiting', seq: null }), 'Venter på net')
  assert.equal(traceWords({ status: 'accepted', seq: 901 }), 'Gemt på serveren · Kvittering 901')
  assert.equal(traceWords({ status: 'held', seq: 902 }), 'Venter på en anden telefon · Kvittering 902')
  assert.equal(stateWords('WAITING'), 'Venter på net')
})
