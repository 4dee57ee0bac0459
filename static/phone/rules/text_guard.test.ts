import assert from 'node:assert/strict'
import test from 'node:test'
import vectors from '../../../app/catalogue/cpr_testvectors.json'
import traps from '../../../app/catalogue/source_traps.json'
import { clean, detect, redact } from './text_guard'

const TODAY = new Date(`${vectors.today}T00:00:00Z`)

for (const { text, expected, why } of vectors.vectors)
  test(`"${text}" is ${expected}: ${why}`, () => {
    assert.equal(detect(text, TODAY).level, expected)
    const cleaned = clean(text, TODAY)
    assert.notEqual(detect(cleaned, TODAY).level, 'HIGH')
    assert.equal(cleaned === text, expected !== 'HIGH')
  })

test('the place of a hit is the place in the text as typed', () => {
  const text = 'Møde\u200B\u00AD med é og 150858\u20115000 i dag'
  const { hits } = detect(text, TODAY)
  assert.equal(hits.length, 1)
  assert.equal(text.slice(hits[0]!.index, hits[0]!.index + hits[0]!.length), '150858\u20115000')
  assert.equal(redact(text, hits[0]!), 'Møde\u200B\u00AD med é og i dag')
})

test('removing a number leaves no gap', () => {
  assert.equal(redact('150858-5000 ringede', detect('150858-5000 ringede', TODAY).hits[0]!), 'ringede')
  assert.equal(redact('Ring 150858-5000', detect('Ring 150858-5000', TODAY).hits[0]!), 'Ring')
})

test('a number that is announced is not taken for a weaker one', () => {
  assert.equal(detect('cpr 2307791000', TODAY).level, 'HIGH')
  assert.equal(detect('Cpr-nr.: ٢٣٠٧٧٩-١٠٠٠', TODAY).level, 'HIGH')
})

test('several numbers are all found, and cleaning is done when it is done once', () => {
  const text = 'cpr: 1234 5678 og 9999, 150858-5000, 251248-9996'
  assert.ok(detect(text, TODAY).hits.length >= 3)
  const cleaned = clean(text, TODAY)
  assert.equal(clean(cleaned, TODAY), cleaned)
  assert.ok(!/\d{4}/.test(cleaned.replace('9999', '')))
})

test('random notes with phone numbers, times and house numbers pass', () => {
  for (let i = 0; i < 20_000; i++) {
    const eight = String(20_000_000 + ((i * 7919) % 79_999_999))
    assert.equal(detect(`Ring ${eight} kl. ${i % 24}.${10 + (i % 50)}, ${i % 200}, 2. tv.`, TODAY).level, 'NONE', eight)
  }
})

for (const sentence of traps.sentences)
  test(`"${sentence}" is no hit: a trap of the sources (INV-20)`, () => {
    assert.equal(detect(sentence, TODAY).level, 'NONE')
    assert.equal(clean(sentence, TODAY), sentence)
  })
