import assert from 'node:assert/strict'
import test from 'node:test'
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { newKey } from '../keys'
import { openNotebook } from './book'
import { lockedDesk } from './capture'
import { capture, type Taken } from './takedown'
import type { Change, Fields } from './types'

const SIGNE = { id: 'signe', initials: 'SHL', name: 'Signe Holmgaard-Lind', role: 'ADVISER' }
const VISIT: Fields = {
  practice_id: 'p1', occurred_at: '2026-11-22T09:00:00Z', minutes: 20, mode: 'IN_PERSON', purpose: 'REGULAR', met_roles: ['DOCTOR'], outcome: 'COMPLETED', note: 'kanariefugl' }
const STOPS = { day: '2026-11-22', practices: [{ id: 'p1', begun: true }] }
const taken = (id: string, set: Fields = VISIT): Taken => ({ kind: 'visit', id, set })
const { key: seal } = await newKey('signe', 'grøn cykel i regnvejr', { memory_kib: 64, passes: 1 })

async function lockedPhone() {
  const factory = new IDBFactory()
  const open = () => openNotebook(SIGNE, { factory, seal })
  const book = await open()
  await book.save([{ kind: 'visit', action: 'create', set: { ...VISIT, note: 'før' } } as unknown as Change])
  await book.readyToLock(STOPS)
  book.close()
  return { factory, open }
}

/* fake-indexeddb's openDB takes the global factory; ours is the phone's own. */
async function rowsOf(factory: IDBFactory): Promise<Record<string, unknown>[]> {
  const before = globalThis.indexedDB
  globalThis.indexedDB = factory
  try {
    const db = await openDB('raadgiver-signe')
    const rows = await db.getAll('outbox') as Record<string, unknown>[]
    db.close()
    return rows
  } finally {
    globalThis.indexedDB = before
  }
}

test('what a locked phone took down comes after what waited, and is there when its owner opens it', async () => {
  const { factory, open } = await lockedPhone()
  const ops = await capture('signe', [taken('v1'), taken('v2', { ...VISIT, minutes: 45 })], { factory })
  assert.deepEqual(ops.map(({ device_seq }) => device_seq), [2, 3])
  assert.equal((await lockedDesk('signe', { factory })).waiting, 3)
  const book = await open()
  assert.deepEqual(book.ops().map(({ device_seq, where }) => [device_seq, where]), [[1, 'outbox'], [2, 'outbox'], [3, 'outbox']])
  assert.deepEqual(book.one('visit', 'v2')?.data, { ...VISIT, minutes: 45 })
  assert.deepEqual(await book.wire.outgoing({ ops: 200, bytes: 900_000 }).then((all) => all.slice(-2)), ops, 'to be sent just as it was posted')
  book.close()
  assert.ok((await rowsOf(factory)).every((row) => row['captured'] === undefined && row['box'] !== undefined), 'sealed with the notebook’s own key from now on')
  assert.equal((await open()).ops().length, 3, 'and only once')
})

test('nothing of it can be read off the disk, nor with the public half', async () => {
  const { factory } = await lockedPhone()
  await capture('signe', [taken('v1')], { factory })
  const [, row] = await rowsOf(factory)
  assert.deepEqual(Object.keys(row!).sort(), ['captured', 'device_seq', 'id', 'kind', 'op_id'])
  assert.ok(!JSON.stringify(row).includes('kanariefugl') && !Buffer.from(String(row!['captured']).split('.')[2]!, 'base64url').includes('kanariefugl'))
})

test('a tab that is open sees what another one took down while it was locked', async () => {
  const { factory, open } = await lockedPhone()
  const book = await open()
  await capture('signe', [taken('v1')], { factory })
  await book.wire.refresh()
  assert.equal(book.one('visit', 'v1')?.data.minutes, 20)
})

test('what was changed on the disk or swapped does not open, and stays where it is', async () => {
  const { factory, open } = await lockedPhone()
  await capture('signe', [taken('v1'), taken('v2'), taken('v3')], { factory })
  const [, one, two] = await rowsOf(factory)
  const before = globalThis.indexedDB
  globalThis.indexedDB = factory
  const db = await openDB('raadgiver-signe')
  const text = String(one!['captured'])
  await db.put('outbox', { ...one, captured: `${text.slice(0, 150)}${text[150] === 'A' ? 'B' : 'A'}${text.slice(151)}` })
  await db.put('outbox', { ...two, captured: text })
  db.close()
  globalThis.indexedDB = before
  const book = await open()
  assert.deepEqual([book.one('visit', 'v1'), book.one('visit', 'v2'), book.one('visit', 'v3')?.data.minutes], [null, null, 20])
  assert.equal((await lockedDesk('signe', { factory })).waiting, 4, 'nothing is thrown away')
})

test('a phone that was never opened with a key takes nothing down, and says so', async () => {
  const factory = new IDBFactory()
  const book = await openNotebook(SIGNE, { factory, seal })
  book.close()
  assert.equal((await lockedDesk('signe', { factory })).ready, false)
  await assert.rejects(capture('signe', [taken('v1')], { factory }), { name: 'NotSaved' })
  assert.equal((await lockedDesk('signe', { factory })).waiting, 0)
})

test('the pair is made once, whatever is opened beside it', async () => {
  const { factory, open } = await lockedPhone()
  const [one, two] = [await open(), await open()]
  await capture('signe', [taken('v1')], { factory })
  await Promise.all([one.readyToLock(null), two.readyToLock({ ...STOPS, practices: [] })])
  const again = await open()
  assert.equal(again.one('visit', 'v1')?.data.minutes, 20)
  assert.deepEqual((await lockedDesk('signe', { factory })).stops?.practices, [])
})
