import assert from 'node:assert/strict'
import test from 'node:test'
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { newKey } from '../keys'
import { type Book, type BookOptions, openNotebook } from './book'
import { changeWrap, countTry, forgetSignIn, forgetTries, keepFirstWrap, rememberUser, remembered, triesOf, waitingOf, wipe, wipeOrder, wipeProved, wrapOf } from './device'
import { Door } from './door'
import { STEPS, upgrade } from './stores'
import type { Change, Fields, Owner, Seal, User } from './types'

const SIGNE = { id: 'signe', initials: 'SHL', name: 'Signe Holmgaard-Lind', role: 'ADVISER' }
const EMRE = { id: 'emre', initials: 'EBY', name: 'Emre Bak Yildirim', role: 'ADVISER' }
const VISIT: Fields = {
  practice_id: 'p1', occurred_at: '2026-11-22T09:00:00Z', minutes: 20, mode: 'IN_PERSON', purpose: 'REGULAR', met_roles: ['DOCTOR'], outcome: 'COMPLETED' }
const create = (set: Fields = VISIT) => ({ kind: 'visit', action: 'create', set }) as unknown as Change
const update = (id: string, set: Fields, seen?: Fields) => ({ kind: 'visit', action: 'update', id, set, ...(seen ? { seen } : {}) }) as unknown as Change

const { key: seal, wrap: WRAP } = await newKey('signe', 'grøn cykel i regnvejr', { memory_kib: 64, passes: 1 })

function world(options: Partial<BookOptions> = {}) {
  const factory = new IDBFactory()
  let time = Date.UTC(2026, 10, 22, 9)
  const open = (user: Owner | User = SIGNE, more: Partial<BookOptions> = {}) => openNotebook(user, { factory, now: () => time, seal, ...options, ...more })
  return { factory, open, pass: (ms: number) => { time += ms } }
}

/* Seals so often, then no more. */
const failsAfter = (times: number): Seal => ({
  seal: (values, about) => (times-- > 0 || !values.length ? seal.seal(values, about) : Promise.reject(new Error('no key'))), open: (boxes, about) => seal.open(boxes, about) })

const envelope = { epoch: 'e1', server_time: '2026-11-22T09:00:05Z', head: { epoch: 'e1', seq: 9, hash: 'h' }, durable_through: 0 }
async function accept(book: Book, seq = 1): Promise<void> {
  const ops = await book.wire.outgoing({ ops: 200, bytes: 900_000 })
  const results = ops.map((op, i) => ({ op_id: op.op_id, status: 'accepted' as const, code: 'OK', seq: seq + i,
    record: { kind: op.kind, id: op.id, rev: op.device_seq, data: (book.one(op.kind, op.id)?.data ?? {}) as Fields } }))
  await book.wire.answer({ ...envelope, results })
}

test('a visit and its stock moves are saved together and survive the death of the app', async () => {
  const { open } = world()
  const book = await open()
  const move = { kind: 'stock_move', action: 'create', set: { batch_id: 'b', move: 'HANDED_OUT', quantity: 10, from_place: 'BAG', to_place: 'PRACTICE' } } as unknown as Change
  const saved = await book.save([create(), move])
  assert.equal(saved.op_ids.length, 2)
  book.close()
  const again = await open()
  assert.deepEqual(again.ops().map(({ kind, where }) => [kind, where]), [['visit', 'outbox'], ['stock_move', 'outbox']])
  const row = again.one('visit', saved.ids[0]!)!
  assert.equal(row.state, 'WAITING')
  assert.equal(row.author_id, 'signe')
  assert.equal(row.data.minutes, 20)
})

test('an update names what the user saw, with null for what was empty, and only what differs', async () => {
  const { open } = world()
  const book = await open()
  const { ids } = await book.save([create()])
  await accept(book)
  await book.save([update(ids[0]!, { minutes: 25, note: 'kort', mode: 'IN_PERSON', met_roles: ['DOCTOR'] })])
  const [op] = await book.wire.outgoing({ ops: 9, bytes: 1e6 })
  assert.deepEqual(op!.set, { minutes: 25, note: 'kort' })
  assert.deepEqual(op!.base, { minutes: 20, note: null })
  assert.equal(op!.device_seq, 2)
})

test('the base is what the form showed when it was opened, not what a pull brought meanwhile', async () => {
  const { open } = world()
  const book = await open()
  const { ids } = await book.save([create()])
  await accept(book)
  const seen = { ...book.one('visit', ids[0]!)!.data } as unknown as Fields
  await book.wire.page({ ...envelope, changes: [{ kind: 'visit', id: ids[0]!, rev: 7, data: { ...VISIT, minutes: 22 } }], cursor: 'c', has_more: false, conflicts: [] })
  await book.save([update(ids[0]!, { minutes: 25 }, seen)])
  const [op] = await book.wire.outgoing({ ops: 9, bytes: 1e6 })
  assert.deepEqual(op!.base, { minutes: 20 })
})

test('a form that lay open while I changed the same field elsewhere does not make me quarrel with myself', async () => {
  const book = await world().open()
  const { ids } = await book.save([create()])
  await accept(book)
  const seen = { ...book.one('visit', ids[0]!)!.data } as unknown as Fields
  await book.save([update(ids[0]!, { minutes: 22 })])
  await accept(book, 5)
  await book.save([update(ids[0]!, { minutes: 25 }, seen)])
  const [op] = await book.wire.outgoing({ ops: 9, bytes: 1e6 })
  assert.deepEqual(op!.base, { minutes: 22 })
})

test('a save that changes nothing makes no op', async () => {
  const book = await world().open()
  const { ids } = await book.save([create()])
  assert.deepEqual((await book.save([update(ids[0]!, { minutes: 20, met_roles: ['DOCTOR', 'DOCTOR'], note: undefined })])).op_ids, [])
})

test('undo within ten seconds leaves no trace', async () => {
  const { open } = world()
  const book = await open()
  const saved = await book.save([create()], { undoable: true })
  assert.deepEqual(await book.wire.outgoing({ ops: 9, bytes: 1e6 }), [], 'held back')
  assert.deepEqual((await book.undo(saved.op_ids)).removed, saved.op_ids)
  assert.equal(book.ops().length, 0)
  assert.equal((await open()).ops().length, 0)
})

test('undo of what has left the phone makes the opposite op, and facts are too late', async () => {
  const { open, pass } = world()
  const book = await open()
  const { ids } = await book.save([create()])
  await accept(book)
  const saved = await book.save([update(ids[0]!, { minutes: 25 })], { undoable: true })
  pass(10_000)
  assert.equal((await book.wire.outgoing({ ops: 9, bytes: 1e6 })).length, 1, 'the hold-back is over')
  assert.deepEqual((await book.undo(saved.op_ids)).reversed, saved.op_ids)
  assert.equal(book.one('visit', ids[0]!)!.data.minutes, 20)
  const fact = await book.save([{ kind: 'stock_move', action: 'create', set: { batch_id: 'b' } } as unknown as Change])
  assert.deepEqual((await book.undo(fact.op_ids)).too_late, fact.op_ids)
})

test('undo does not pull the ground from under later work on the same record', async () => {
  const book = await world().open()
  const saved = await book.save([create()], { undoable: true })
  await book.save([update(saved.ids[0]!, { minutes: 25 })])
  assert.deepEqual((await book.undo(saved.op_ids)).removed, [])
  assert.equal(book.one('visit', saved.ids[0]!), null, 'deleted by an op of its own')
  assert.equal(book.ops().length, 3)
})

test('a clock that has jumped back ten years does not hold an op back', async () => {
  const { open, pass } = world()
  const book = await open()
  await book.save([create()], { undoable: true })
  pass(-10 * 365 * 86_400_000)
  assert.equal((await book.wire.outgoing({ ops: 9, bytes: 1e6 })).length, 1)
})

test('nothing is half saved: a failing disk throws, and the notebook is as it was', async () => {
  const { open } = world()
  const book = await open()
  await book.save([create()])
  const before = book.ops()
  const failing = await open(SIGNE, { seal: failsAfter(0) })
  await assert.rejects(failing.save([create(), create()]), { name: 'NotSaved' })
  assert.deepEqual((await open()).ops(), before)
})

test('a connection that dies is opened again, and the op is there once', async () => {
  const { open } = world()
  const book = await open()
  const door = (book as unknown as { desk: { door: Door } }).desk.door
  const db = await (door as unknown as { opening: Promise<IDBDatabase> }).opening
  db.close()                                           // as iOS does: the next transaction throws InvalidStateError
  await book.save([create()])
  assert.equal((await open()).ops().length, 1)
})

test('open() that never answers is given up after its time', async () => {
  const dead = { open: () => ({}) } as unknown as IDBFactory
  await assert.rejects(new Door('x', { factory: dead, timeoutMs: 5 }).read(async () => 1), { name: 'TimeoutError' })
})

test('an upgrade that would touch the outbox is refused and leaves it whole', async () => {
  const { open, factory } = world()
  const book = await open()
  await book.save([create()])
  const before = book.ops()
  book.close()
  await new Promise((resolve) => setTimeout(resolve, 5))
  const thief = new Door('raadgiver-signe', { factory, steps: [...STEPS, (_, tx) => tx.objectStore('outbox').clear()] })
  await assert.rejects(thief.read(async () => 1), /would have changed the outbox/)
  assert.deepEqual((await open()).ops(), before)
  assert.ok(upgrade)
})

test('an upgrade that only adds keeps every op; an older app then says it is outdated', async () => {
  const { open, factory } = world()
  const book = await open()
  await book.save([create()])
  const newer = new Door('raadgiver-signe', { factory, steps: [...STEPS, (db) => { db.createObjectStore('extra' as never) }] })
  assert.equal((await newer.read((tx) => tx.objectStore('outbox').count())), 1, 'the old connection makes way')
  await assert.rejects(book.save([create()]), { name: 'NotSaved', message: /Outdated/ })
})

test('drafts are kept, and go in the same transaction as the save that replaces them', async () => {
  const { open } = world()
  const book = await open()
  await book.putDraft('visit:p1', { minutes: 45 })
  assert.deepEqual((await open()).draft('visit:p1'), { minutes: 45 })
  await book.save([create()], { draft: 'visit:p1' })
  assert.equal((await open()).draft('visit:p1'), null)
  await book.putSetting('theme', 'dark')
  assert.equal((await open()).setting('theme'), 'dark')
})

test('a draft is there at once, though the disk is still writing; what failed to be written is not claimed', async () => {
  const { open } = world()
  const book = await open()
  const writing = [book.putDraft('visit:p1', { minutes: 15 }), book.putDraft('visit:p1', { minutes: 45 })]
  assert.deepEqual([book.draft('visit:p1'), book.drafts()], [{ minutes: 45 }, ['visit:p1']])
  await writing[0]
  assert.deepEqual(book.draft('visit:p1'), { minutes: 45 }, 'the older one, written first, does not come back')
  await writing[1]
  const gone = book.dropDraft('visit:p1')
  assert.deepEqual([book.draft('visit:p1'), book.drafts()], [null, []])
  await gone
  book.letGo()
  const { factory } = world()
  const full = await open(SIGNE, { factory, seal: failsAfter(2) })
  await assert.rejects(full.putDraft('visit:p1', 1))
  assert.equal(full.draft('visit:p1'), null)
})

test('another tab sees the save, and numbers never meet', async () => {
  const { open } = world()
  const [one, two] = [await open(), await open()]
  await Promise.all([one.save([create()]), two.save([create()]), one.save([create()])])
  await one.wire.refresh()
  await two.wire.refresh()
  assert.deepEqual(one.ops().map(({ device_seq }) => device_seq), [1, 2, 3])
  assert.deepEqual(one.ops(), two.ops())
})

test('each user has a notebook of their own, and sign-out leaves what is unsent', async () => {
  const { open, factory } = world()
  for (const user of [SIGNE, EMRE]) await rememberUser(user, { factory })
  const signe = await open()
  await signe.save([create(), create()])
  const emre = await open(EMRE)
  await emre.save([create()])
  assert.equal(emre.all('visit').length, 1)
  assert.deepEqual((await remembered({ factory }))?.id, 'emre')
  await forgetSignIn({ factory })
  assert.equal(await remembered({ factory }), null)
  assert.deepEqual((await waitingOf({ factory })).map(({ user, waiting }) => [user.initials, waiting]), [['SHL', 2], ['EBY', 1]])
})

test('what is unsent goes only on the typed word, and what the server has stays', async () => {
  const book = await world().open()
  await book.save([create()])
  await accept(book)
  await book.save([create()])
  await book.putDraft('d', 1)
  await book.discardUnsent()
  assert.deepEqual([book.waiting().count, book.drafts().length, book.all('visit').length], [0, 0, 1])
  assert.equal(book.wire.discarded, 1, 'the server is to hear of it')
})

test('values are sealed before they reach the disk, and each box is told what it is about', async () => {
  const seen: string[] = []
  const watched: Seal = { seal: (values, about) => seal.seal(values, about), open: (boxes, about) => { seen.push(...about); return seal.open(boxes, about) } }
  const { open, factory } = world({ seal: watched })
  const book = await open()
  const { ids } = await book.save([create({ ...VISIT, note: 'hemmelig' })])
  await book.putDraft('d', 'hemmelig')
  await accept(book)
  await book.save([update(ids[0]!, { note: 'hemmeligere' })])
  Object.assign(globalThis, { indexedDB: factory })
  const db = await openDB('raadgiver-signe')
  const all = await Promise.all([...db.objectStoreNames].map((store) => db.getAll(store)))
  const readable = (_: string, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value)
  assert.ok(JSON.stringify(all, readable).includes('visit') && !JSON.stringify(all, readable).includes('hemmelig'))
  const again = await open()
  assert.equal(again.one('visit', ids[0]!)!.data.note, 'hemmeligere')
  assert.equal(again.ops().length, 2)
  assert.ok(seen.some((about) => about.startsWith('record|visit|')) && seen.includes('draft|d'))
})

test('what the server adds to "saved" stays with the op, sealed, and survives a new start', async () => {
  const hidden = (text: string) => [...text].reverse().join('')
  const seal = { seal: async (values: readonly unknown[]) => values.map((value) => hidden(JSON.stringify(value))),
    open: async (boxes: readonly unknown[]) => boxes.map((box) => JSON.parse(hidden(box as string)) as unknown) }
  const { open, factory } = world({ seal })
  const book = await open()
  const { ids, op_ids } = await book.save([create()])
  const [op] = await book.wire.outgoing({ ops: 9, bytes: 1e6 })
  const notice = 'Holdet blev fuldt. Borgeren står nu som nr. 1 på ventelisten.'
  await book.wire.answer({ ...envelope, results: [{ op_id: op_ids[0]!, status: 'accepted', code: 'OK', seq: 3, message: notice, record: { kind: 'visit', id: ids[0]!, rev: 1, data: VISIT } }] })
  assert.equal(book.ops()[0]!.notice, notice)
  book.close()
  const again = await open()
  assert.deepEqual([again.ops()[0]!.notice, 'notice' in op!], [notice, false])
  again.close()
  const disk = await new Door('raadgiver-signe', { factory }).read((tx) => tx.objectStore('journal').getAll())
  assert.ok(disk.length === 1 && !JSON.stringify(disk).includes('Holdet'))
})

test('an order to empty the phone takes one user\'s work and nobody else\'s, and is kept until it is proved', async () => {
  const { open, factory } = world()
  const [mine, hers] = [await open(), await open(EMRE)]
  await mine.save([create()])
  await hers.save([create()])
  await rememberUser(EMRE, { factory })
  await rememberUser(SIGNE, { factory })
  mine.letGo()
  await keepFirstWrap('signe', WRAP, { factory })
  const order = { user_id: 'signe', device_id: 'd1', unsent: 1 }
  await wipe(order, { factory })
  assert.deepEqual((await factory.databases()).map(({ name }) => name).sort(), ['raadgiver-device', 'raadgiver-emre'])
  assert.deepEqual([await remembered({ factory }), await wrapOf('signe', { factory })], [null, null])
  assert.deepEqual((await waitingOf({ factory })).map(({ user, waiting }) => [user.id, waiting]), [['emre', 1]])
  assert.deepEqual(await wipeOrder({ factory }), order)
  await wipe(order, { factory })                         // killed before the proof: it is done again, and finds nothing
  await wipeProved({ factory })
  assert.equal(await wipeOrder({ factory }), null)
  assert.equal(hers.waiting().count, 1)
})

test('an order whose database could not be deleted has taken the key all the same', async () => {
  const { factory } = world()
  await keepFirstWrap('signe', WRAP, { factory })
  const stuck = { open: (...given: [string, number]) => factory.open(...given), deleteDatabase: () => { throw new Error('the disk is tired') } } as unknown as IDBFactory
  await assert.rejects(wipe({ user_id: 'signe', device_id: 'd1', unsent: 0 }, { factory: stuck }))
  assert.equal(await wrapOf('signe', { factory }), null)
  assert.ok(await wipeOrder({ factory }))
})

test('the phone itself knows its people by their initials only, also those of an earlier version', async () => {
  const { factory } = world()
  Object.assign(globalThis, { indexedDB: factory })
  const before = await openDB('raadgiver-device', 1, { upgrade: (db) => { db.createObjectStore('facts') } })
  await before.put('facts', [EMRE, SIGNE], 'users')
  await before.put('facts', SIGNE, 'user')
  before.close()
  await rememberUser(SIGNE, { factory })
  const after = await openDB('raadgiver-device')
  const facts = JSON.stringify(await after.getAll('facts'))
  after.close()
  assert.ok(facts.includes('SHL') && facts.includes('EBY') && !/Holmgaard|Yildirim|ADVISER/.test(facts))
  assert.deepEqual(await remembered({ factory }), { id: 'signe', initials: 'SHL' })
})

test('the first wrap stands; only the same key under a new passphrase takes its place', async () => {
  const { factory } = world()
  const { wrap: other } = await newKey('signe', 'en anden fane', { memory_kib: 64, passes: 1 })
  assert.deepEqual(await keepFirstWrap('signe', WRAP, { factory }), WRAP)
  assert.deepEqual(await keepFirstWrap('signe', other, { factory }), WRAP)
  await changeWrap('signe', other, { factory })
  assert.deepEqual(await wrapOf('signe', { factory }), other)
})

test('wrong tries are counted on the disk until one is right', async () => {
  const { factory } = world()
  await countTry('signe', 1_000, { factory })
  assert.deepEqual(await countTry('signe', 2_000, { factory }), { wrong: 2, last_at: 2_000 })
  assert.equal((await triesOf('emre', { factory })).wrong, 0)
  await forgetTries('signe', { factory })
  assert.equal((await triesOf('signe', { factory })).wrong, 0)
})

test('who unlocks is known by initials; name and role lie sealed in the notebook since the sign-in', async () => {
  const { open } = world()
  const book = await open()
  book.close()
  assert.deepEqual((await open({ id: 'signe', initials: 'SHL' })).user, SIGNE)
})

test('with another key nothing opens, and nothing is changed', async () => {
  const { open } = world()
  const book = await open()
  await book.save([create()])
  const { key } = await newKey('signe', 'samme ord, anden nøgle', { memory_kib: 64, passes: 1 })
  await assert.rejects(open(SIGNE, { seal: key }))
  assert.deepEqual((await open()).ops(), book.ops())
})
