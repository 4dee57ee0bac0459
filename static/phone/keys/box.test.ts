import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { newPair, openedBox, sealedFor, wordsOf } from './box'

/* The same file is read by tests/ledger/test_box.py: what one side closes, the other opens. */
const vector = JSON.parse(readFileSync('tests/ledger/box_vector.json', 'utf8')) as
  { public: { id: string; key: string }; private: string; about: string; content: string; closed_by_server: string; closed_by_phone: string }
const server = { id: vector.public.id, secret: vector.private }
const bytes = (words: string) => new TextEncoder().encode(words) as Uint8Array<ArrayBuffer>
const text = (content: Uint8Array) => new TextDecoder().decode(content)

test('a box that either side closed opens', async () => {
  for (const box of [vector.closed_by_server, vector.closed_by_phone])
    assert.equal(text(await openedBox(server, vector.about, box)), vector.content)
  const fresh = await sealedFor(vector.public, vector.about, bytes(vector.content))
  assert.equal(text(await openedBox(server, vector.about, fresh)), vector.content)
})

test('a pair of the phone’s own opens what its public half closed, and nothing else does', async () => {
  const [mine, other] = [await newPair('mine'), await newPair('mine')]
  const box = await sealedFor(mine, 'capture|op-1', bytes(vector.content))
  assert.equal(text(await openedBox(mine, 'capture|op-1', box)), vector.content)
  await assert.rejects(openedBox(other, 'capture|op-1', box), 'another pair')
  await assert.rejects(openedBox(mine, 'capture|op-2', box), 'about something else')
  await assert.rejects(openedBox({ ...mine, id: 'other' }, 'capture|op-1', box), 'named for another key')
})

test('a box that was changed does not open, and tells nothing', async () => {
  const [version, id, words] = vector.closed_by_phone.split('.') as [string, string, string]
  const raw = Uint8Array.from(atob(words.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  for (const place of [0, 1, 40, 65, raw.length - 1]) {
    const bent = Uint8Array.from(raw)
    bent[place]! ^= 1
    await assert.rejects(openedBox(server, vector.about, `${version}.${id}.${wordsOf(bent)}`), `byte ${place}`)
  }
  await assert.rejects(openedBox(server, vector.about, `${version}.${id}.`))
})
