import assert from 'node:assert/strict'
import test from 'node:test'
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { newKey } from '../keys'
import { type Book, openNotebook } from './book'
import { databaseOf, Door } from './door'
import type { Change, Fields, User } from './types'
import type { Page } from './view'

const SIGNE: User = { id: 'signe', initials: 'SHL', name: 'Signe Holmgaard-Lind', role: 'ADVISER' }
const { key: seal } = await newKey('signe', 'grøn cykel i regnvejr', { memory_kib: 64, passes: 1 })
const at = (seq: number) => ({ epoch: 'e1', server_time: '2026-11-22T09:00:05Z', head: { epoch: 'e1', seq, hash: 'h' }, durable_through: 0 })
const visit = (n: number, rev = 1, data: Fields = { minutes: n }) => ({ kind: 'visit' as const, id: `v${n}`, rev, data })
const pages = (changes: Page['changes'], more: Partial<Page> = {}): Page => ({ ...at(9), changes, cursor: 'c1', has_more: false, conflicts: [], ...more })
const change = (action: string, id: string | undefined, set: Fields) => ({ kind: 'visit', action, set, ...(id ? { id } : {}) }) as unknown as Change
const many = (count: number, rev = 1) => Array.from({ length: count }, (_, n) => visit(n, rev, { minutes: n * rev }))

function world() {
  const factory = new IDBFactory()
  const open = () => openNotebook(SIGNE, { factory, seal })
  const disk = () => new Door(databaseOf('signe'), { factory }).read(async (tx) => ({
    lots: await tx.objectStore('lots').getAll(), records: await tx.objectStore('records').getAll(), staged: await tx.objectStore('staged').getAll() }))
  return { factory, open, disk }
}
const minutes = (book: Book) => book.all('visit').map(({ data }) => data.minutes).sort((a, b) => a! - b!)

test('a thousand pulled records lie in five boxes, and come back each with its own', async () => {
  const { open, disk } = world()
  const book = await open()
  await book.wire.page(pages(many(1_000)))
  const { lots, records } = await disk()
  assert.deepEqual([lots.length, records.length], [5, 0])
  assert.deepEqual(minutes(await open()), Array.from({ length: 1_000 }, (_, n) => n))
})

test('pages that are staged leave no box behind when they are swapped in', async () => {
  const { open, disk } = world()
  const book = await open()
  await book.wire.page(pages(many(450).slice(0, 250), { has_more: true, reset: 'FIRST' }))
  assert.deepEqual([(await disk()).lots.length, (await disk()).staged.length], [2, 0])
  const later = await open()                                 // killed in the middle of a view
  await later.wire.page(pages(many(450).slice(250)))
  const { lots, staged } = await disk()
  assert.deepEqual([lots.length, staged.length, (await open()).all('visit').length], [3, 0, 450])
})

test('a reset swaps the view and leaves what is unsent byte for byte as it lies on the disk', async () => {
  const { open, factory } = world()
  const unsent = () => new Door(databaseOf('signe'), { factory }).read(async (tx) => JSON.stringify(
    [await tx.objectStore('outbox').getAllKeys(), await tx.objectStore('outbox').getAll()], (_, part: unknown) => (ArrayBuffer.isView(part) ? [...part as Uint8Array] : part)))
  const book = await open()
  await book.wire.page(pages(many(30)))
  await book.save([change('update', 'v3', { minutes: 45 }), change('create', undefined, { minutes: 20 })])
  const before = [await unsent(), JSON.stringify(book.ops())]
  assert.ok(book.ops().length === 2 && before[0]!.length > 400, 'two sealed ops')
  await book.wire.page(pages(many(12, 2), { reset: 'NEW_EPOCH', cursor: 'c2' }))
  assert.deepEqual([await unsent(), JSON.stringify(book.ops())], before)
  assert.deepEqual(JSON.stringify((await open()).ops()), before[1])
  assert.equal((await open()).one('visit', 'v3')!.data.minutes, 45, 'what waits is still seen')
  assert.equal((await open()).one('visit', 'v20'), null)
})

test('a lot is written anew without what has changed or gone, and goes with its last record', async () => {
  const { open, disk } = world()
  const book = await open()
  await book.wire.page(pages(many(25)))
  const [first] = (await disk()).lots
  await book.wire.page(pages([visit(3, 2, { minutes: 45 })]))
  const { lots, records } = await disk()
  assert.deepEqual([lots.length, records.length, lots[0]!.id === first!.id], [1, 0, false])
  assert.equal((await open()).one('visit', 'v3')!.data.minutes, 45)
  await book.wire.page(pages([{ kind: 'visit', id: 'v4', rev: 2, gone: 'erased' }]))
  assert.ok(!JSON.stringify((await seal.open((await disk()).lots.map(({ box }) => box), (await disk()).lots.map(({ id }) => `lot|${id}`)))).includes('"v4"'), 'what was erased lies nowhere')
  await book.wire.page(pages(many(25).slice(0, 10).filter(({ id }) => id !== 'v4').map(({ kind, id }) => ({ kind, id, rev: 4, gone: 'erased' as const }))))
  assert.deepEqual([(await disk()).lots.length, (await disk()).records.length], [0, 15], 'too few for a lot')
  assert.equal((await open()).all('visit').length, 15)
  await book.wire.page(pages(many(25).map(({ kind, id }) => ({ kind, id, rev: 5, gone: 'erased' as const }))))
  assert.deepEqual([(await disk()).lots, (await disk()).records, (await open()).all('visit')], [[], [], []])
})

test('records that came one by one are put together when they have become many', async () => {
  const { open, disk } = world()
  const book = await open()
  for (let from = 0; from < 410; from += 10) await book.wire.page(pages(many(410).slice(from, from + 10)))
  const { lots, records } = await disk()
  assert.deepEqual([lots.length, records.length], [3, 0])
  assert.equal((await open()).all('visit').length, 410)
})

test('a batch that was answered is few writes: its ops leave the outbox as one range, and lie in lots', async () => {
  const { open, factory } = world()
  const book = await open()
  await book.save(Array.from({ length: 100 }, (_, n) => ({ kind: 'visit', action: 'create', set: { minutes: n + 1 } }) as never))
  const ops = await book.wire.outgoing({ ops: 200, bytes: 900_000 })
  const asked: string[] = []
  const kept = IDBObjectStore.prototype
  const real = { put: kept.put, add: kept.add, delete: kept.delete }
  for (const act of ['put', 'add', 'delete'] as const)
    kept[act] = function (this: IDBObjectStore, ...words: unknown[]) { asked.push(`${act} ${this.name}`); return (real[act] as (...words: unknown[]) => unknown).apply(this, words) } as never
  await book.wire.answer({ ...at(100), results: ops.map((op, i) => ({ op_id: op.op_id, status: 'accepted' as const, code: 'OK', seq: i + 1,
    record: { kind: op.kind, id: op.id, rev: 1, data: op.set! } })) })
  Object.assign(kept, real)
  assert.deepEqual(asked.filter((one) => !one.endsWith('meta')), ['put lots', 'delete outbox'])
  const again = await openNotebook(SIGNE, { factory, seal })
  assert.deepEqual([again.waiting().count, again.ops().length, again.all('visit').length], [0, 100, 100])
  assert.ok(again.ops().every(({ where, status }) => where === 'journal' && status === 'accepted'))
  await again.wire.hear({ ...at(100), epoch: 'e2', head: { epoch: 'e2', seq: 3, hash: 'x' } })
  assert.deepEqual((await openNotebook(SIGNE, { factory, seal })).wire.waiting().count, 100, 'an older backup gets them all again')
})

test('a save is one strict transaction', async () => {
  const { open } = world()
  const book = await open()
  const began: string[] = []
  const real = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...words: Parameters<typeof real>) { began.push(`${words[1]} ${words[2]?.durability}`); return real.apply(this, words) }
  await book.save([{ kind: 'visit', action: 'create', set: { minutes: 5 } } as never])
  IDBDatabase.prototype.transaction = real
  assert.deepEqual(began, ['readwrite strict'])
})

test('two tabs that write in turn keep each record in one place', async () => {
  const { open, disk } = world()
  const [one, two] = [await open(), await open()]
  await one.wire.page(pages(many(60)))
  await two.wire.page(pages(many(60, 2).slice(0, 30)))
  await one.wire.page(pages(many(60, 3).slice(30)))
  await two.wire.page(pages([{ kind: 'visit', id: 'v59', rev: 4, gone: 'deleted' }]))
  await one.putDraft('x', 1)
  assert.equal(minutes(one).length, 59)
  assert.deepEqual(minutes(await open()), minutes(one))
  const { lots, records } = await disk()
  const inLots = await seal.open(lots.map(({ box }) => box), lots.map(({ id }) => `lot|${id}`)) as unknown[][]
  assert.equal(inLots.flat().length + records.length, 59)
})

test('writes that overlap within one tab are all kept', async () => {
  const { open } = world()
  const book = await open()
  const save = () => book.save([{ kind: 'visit', action: 'create', set: { minutes: 9 } } as never])
  await Promise.all([book.wire.page(pages(many(40))), save(), book.putDraft('a', 1), book.wire.page(pages(many(40, 2).slice(0, 20))), save(), book.putDraft('b', 2)])
  const again = await open()
  assert.deepEqual([again.all('visit').length, again.waiting().count, again.drafts()], [42, 2, ['a', 'b']])
  assert.equal(again.one('visit', 'v7')!.rev, 2)
})
