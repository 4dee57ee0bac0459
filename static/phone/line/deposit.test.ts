import assert from 'node:assert/strict'
import test from 'node:test'
import { handIn } from './deposit'
import { PROTOCOL } from './exact'
import { emptyPostbox, type Letter, letters, putLetter, takeLetter } from './postbox'

/* The browser's cache store, as far as the postbox uses it. */
function withStore(): void {
  const stores = new Map<string, Map<string, string>>()
  const open = (name: string) => {
    const store = stores.get(name) ?? new Map<string, string>()
    stores.set(name, store)
    const keyOf = (place: string | { url: string }) => (typeof place === 'string' ? place : place.url)
    return {
      put: async (place: string, response: Response) => { store.set(place, await response.text()) },
      delete: async (place: string) => store.delete(place),
      keys: async () => [...store.keys()].map((url) => ({ url })),
      match: async (place: string | { url: string }) => { const text = store.get(keyOf(place)); return text === undefined ? undefined : new Response(text) },
    }
  }
  Object.assign(globalThis, { caches: { has: async (name: string) => stores.has(name), open: async (name: string) => open(name) } })
}

const letter = (n: number, more: Partial<Letter> = {}): Letter => ({
  user_id: 'signe', op_id: `op-${n}`, device_seq: n, device_id: 'd1', credential: 'c1', epoch: 'e1', key: 'k1', box: `1.k1.${n}`, ...more })

interface Asked { credential: string; epoch: string; unsent: number; boxes: { op_id: string; box: string }[] }

/* A server that answers for each box as it is told. */
function slot(says: (op_id: string) => string = () => 'received', status = 200) {
  const asked: Asked[] = []
  let clock = 1_000_000
  const means = {
    fetch: (async (_path: string, init: RequestInit) => {
      const body = JSON.parse(new TextDecoder().decode(init.body as Uint8Array)) as Asked
      asked.push(body)
      const headers = init.headers as Record<string, string>
      const error = status === 200 ? {} : { error: { code: 'DEVICE_REVOKED', message: '' }, device: 'lock' }
      return new Response(JSON.stringify({ protocol: PROTOCOL, request: headers['X-Request'], ...error, results: body.boxes.map(({ op_id }) => ({ op_id, status: says(op_id) })) }),
        { status, headers: { 'Content-Type': 'application/json' } })
    }) as unknown as typeof fetch,
    clock: { now: () => clock, after: () => () => {} }, random: () => 0, gzip: false,
    pause: async (ms: number) => { clock += ms }, newRequest: () => 'r',
  }
  return { asked, means }
}

test('what lies in the postbox is handed in oldest first, and its content goes with it', async () => {
  withStore()
  for (const n of [2, 1, 3]) await putLetter(letter(n))
  const { asked, means } = slot()
  assert.equal(await handIn(means), true)
  assert.deepEqual(asked.map(({ boxes, unsent }) => [boxes.map(({ op_id }) => op_id), unsent]), [[['op-1', 'op-2', 'op-3'], 0]])
  assert.deepEqual((await letters('signe')).map(({ box, received }) => [box, received]), [[null, true], [null, true], [null, true]])
  assert.equal(await handIn(means), true)
  assert.equal(asked.length, 1, 'once')
})

test('what can still be taken back is waited for, and so is all that came after it', async () => {
  withStore()
  await putLetter(letter(1))
  await putLetter(letter(2, { hold_until: 1_012_000 }))
  await putLetter(letter(3))
  const { asked, means } = slot()
  assert.equal(await handIn(means), true)
  assert.deepEqual(asked.map(({ boxes }) => boxes.map(({ op_id }) => op_id)), [['op-1'], ['op-2', 'op-3']])
})

test('anything but an exact answer leaves every letter where it is, and asks to be woken again', async () => {
  withStore()
  await putLetter(letter(1))
  const portal = { ...slot().means, fetch: (async () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } })) as unknown as typeof fetch }
  assert.equal(await handIn(portal), false)
  const shuffled = slot()
  const other = { ...shuffled.means, newRequest: () => 'another' , fetch: (async () => new Response(JSON.stringify({ protocol: PROTOCOL, request: 'another', results: [{ op_id: 'op-9', status: 'received' }] }), { headers: { 'Content-Type': 'application/json' } })) as unknown as typeof fetch }
  assert.equal(await handIn(other), false)
  assert.deepEqual((await letters()).map(({ box }) => box), ['1.k1.1'])
})

test('later stays and is tried again; what can never be opened is not', async () => {
  withStore()
  for (const n of [1, 2, 3]) await putLetter(letter(n))
  const { means } = slot((op_id) => ({ 'op-1': 'later', 'op-2': 'broken', 'op-3': 'unknown_key' })[op_id]!)
  assert.equal(await handIn(means), false)
  assert.deepEqual((await letters()).map(({ box, received }) => [box, received]), [['1.k1.1', undefined], [null, undefined], [null, undefined]])
})

test('a phone that is shut out stops trying and keeps its letters for its owner', async () => {
  withStore()
  await putLetter(letter(1))
  const { asked, means } = slot(() => '', 403)
  assert.equal(await handIn(means), true)
  assert.equal(await handIn(means), true)
  assert.equal(asked.length, 1)
  assert.equal((await letters()).length, 1)
})

test('letters of one address travel together, and each user’s apart', async () => {
  withStore()
  await putLetter(letter(1))
  await putLetter(letter(2, { credential: 'c2' }))
  await putLetter(letter(3, { user_id: 'emre', device_id: 'd2' }))
  const { asked, means } = slot()
  await handIn(means)
  assert.deepEqual(asked.map(({ credential, boxes }) => [credential, boxes.length]).sort(), [['c1', 1], ['c1', 1], ['c2', 1]])
  await emptyPostbox('signe')
  assert.deepEqual((await letters()).map(({ user_id }) => user_id), ['emre'])
  await takeLetter({ user_id: 'emre', op_id: 'op-3' })
  assert.deepEqual(await letters(), [])
})
