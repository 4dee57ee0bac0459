import assert from 'node:assert/strict'
import test from 'node:test'
import { enough, newKey, rewrapped, unwrapped } from './wrap'

const CHEAP = { memory_kib: 64, passes: 1 }
const WORDS = 'grøn cykel i regnvejr'
const VALUE = { note: 'Borgeren B-7K3MB ringer på fredag', minutes: 20, none: null }
const open = async (key: { open(boxes: readonly unknown[], about: readonly string[]): Promise<unknown[]> }, box: unknown, about = 'op|1') => (await key.open([box], [about]))[0]

test('what is sealed opens again with the same passphrase, and not with another', async () => {
  const { key, wrap } = await newKey('signe', WORDS, CHEAP)
  const [box] = await key.seal([VALUE], ['op|1'])
  const again = await unwrapped('signe', wrap, WORDS)
  assert.deepEqual(await open(again!, box), VALUE)
  assert.equal(await unwrapped('signe', wrap, `${WORDS} `), null)
  assert.equal(await unwrapped('emre', wrap, WORDS), null, 'another user with the same words')
})

test('nothing of the value, the key or the passphrase can be read off the box or the wrap', async () => {
  const { key, wrap } = await newKey('signe', WORDS, CHEAP)
  const [box, same] = await key.seal([VALUE, VALUE], ['op|1', 'op|1'])
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
  assert.ok(!text(box!).includes('7K3MB') && !text(wrap.words!.box).includes('cykel'))
  assert.notDeepEqual(box, same, 'a nonce of its own for each box')
  await assert.rejects(crypto.subtle.exportKey('raw', (key as unknown as { key: CryptoKey }).key), 'the browser does not hand it out')
})

test('a box that was tampered with, moved or taken from somebody else does not open', async () => {
  const { key } = await newKey('signe', WORDS, CHEAP)
  const { key: hers } = await newKey('signe', WORDS, CHEAP)
  const [box] = await key.seal([VALUE], ['op|1'])
  const bent = Uint8Array.from(box!)
  bent[20]! ^= 1
  await assert.rejects(open(key, bent))
  await assert.rejects(open(key, box, 'op|2'))
  await assert.rejects(open(hers, box))
  await assert.rejects(key.open([box, bent], ['op|1', 'op|1']), 'one bad box among good ones is not passed over')
})

test('a wrap whose cost was talked down does not open', async () => {
  const { wrap } = await newKey('signe', WORDS, { memory_kib: 64, passes: 2 })
  assert.equal(await unwrapped('signe', { ...wrap, words: { ...wrap.words!, passes: 1 } }, WORDS), null)
})

test('a new passphrase takes the old one\'s place, and what is sealed stays as it is', async () => {
  const { key, wrap } = await newKey('signe', WORDS, CHEAP)
  const [box] = await key.seal([VALUE], ['op|1'])
  assert.equal(await rewrapped('signe', wrap, { former: 'forkert' }, 'blå sten under broen', CHEAP), null)
  const next = await rewrapped('signe', wrap, { former: WORDS }, 'blå sten under broen', CHEAP)
  assert.equal(await unwrapped('signe', next!.wrap, WORDS), null)
  assert.deepEqual(await open((await unwrapped('signe', next!.wrap, 'blå sten under broen'))!, box), VALUE)
  assert.deepEqual(await open(next!.key, box), VALUE)
})

test('the share that the server keeps opens it for a new passphrase, and nobody else\'s share does', async () => {
  const { key, wrap, share } = await newKey('signe', WORDS, CHEAP)
  const { share: hers } = await newKey('signe', WORDS, CHEAP)
  const [box] = await key.seal([VALUE], ['op|1'])
  assert.match(share, /^[\w-]{43}$/)
  assert.equal(await rewrapped('signe', wrap, { share: hers }, 'blå sten under broen', CHEAP), null)
  const next = await rewrapped('signe', wrap, { share }, 'blå sten under broen', CHEAP)
  assert.deepEqual(await open((await unwrapped('signe', next!.wrap, 'blå sten under broen'))!, box), VALUE)
  assert.ok(await rewrapped('signe', next!.wrap, { share }, 'endnu en ny', CHEAP), 'and once more')
  const guessed = { ...wrap, words: null }
  assert.equal(await unwrapped('signe', guessed, WORDS), null, 'after too many tries not even the right one')
  assert.ok(await rewrapped('signe', guessed, { share }, WORDS, CHEAP))
})

test('a fast phone works longer, a slow one never less than it must', () => {
  assert.deepEqual([1, 100, 321, 600, 5_000].map(enough), [12, 12, 5, 3, 3])
})
