import assert from 'node:assert/strict'
import test from 'node:test'
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { newKey } from '../keys'
import { type Book, openNotebook } from './book'
import { databaseOf, Door } from './door'
import type { Fields, User } from './types'
import type { Page } from './view'

const SIGNE: User = { id: 'signe', initials: 'SHL', name: 'Signe Holmgaard-Lind', role: 'ADVISER' }
const { key: seal } = await newKey('signe', 'grøn cykel i regnvejr', { memory_kib: 64, passes: 1 })
const at = (seq: number) => ({ epoch: 'e1', server_time: '2026-11-22T09:00:05Z', head: { epoch: 'e1', seq, hash: 'h' }, durable_through: 0 })
const visit = (n: number, rev = 1, data: Fields = { minutes: n }) => ({ kind: 'visit' as const, id: `v${n}`, rev, data })
const pages = (changes: Page['changes'], more: Partial<Page> = {}): Page => ({ ...at(9), changes, cursor: 'c1', has_more: false, conflicts: [], ...more })
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
  assert.deepEqual([lots.length, records.length, records.every(({ box }) => box === undefined)], [5, 1_000, true])
  assert.deepEqual(minutes(await open()), Array.from({ length: 1_000 }, (_, n) => n))
})

test('pages that are staged leave no box behind when they are swapped in', async () => {
  const { open, disk } = world()
  const book = await open()
  await book.wire.page(pages(many(450).slice(0, 250), { has_more: true, reset: 'FIRST' }))
  assert.equal((await disk()).lots.length, 2)
  const later = await open()                                 // killed in the middle of a view
  await later.wire.page(pages(many(450).slice(250)))
  const { lots, staged } = await disk()
  assert.deepEqual([lots.length, staged.length, (await open()).all('visit').length], [3, 0, 450])
})

test('a record that changes gets a box of its own, and a lot goes with its last record', async () => {
  const { open, disk } = world()
  const book = await open()
  await book.wire.page(pages(many(25)))
  await book.wire.page(pages([visit(3, 2, { minutes: 45 })]))
  assert.equal((await disk()).records.filter(({ box }) => box !== undefined).length, 1)
  assert.equal((await open()).one('visit', 'v3')!.data.minutes, 45)
  await book.wire.page(pages(many(25, 3)))
  assert.equal((await disk()).lots.length, 1)
  await book.wire.page(pages(many(25).map(({ kind, id }) => ({ kind, id, rev: 4, gone: 'erased' as const }))))
  assert.deepEqual([(await disk()).lots, (await open()).all('visit')], [[], []])
})

test('records that came one by one are put together when they have become many', async () => {
  const { open, disk } = world()
  const book = await open()
  for (let from = 0; from < 410; from += 10) await book.wire.page(pages(many(410).slice(from, from + 10)))
  assert.equal((await disk()).records.filter(({ box }) => box !== undefined).length, 0)
  assert.equal((await open()).all('visit').length, 410)
})

test('two tabs that write in turn lose no lot that is needed', async () => {
  const { open, disk } = world()
  const [one, two] = [await open(), await open()]
  await one.wire.page(pages(many(60)))
  await two.wire.page(pages(many(60, 2).slice(0, 30)))
  await one.wire.page(pages(many(60, 3).slice(30)))
  assert.equal((await disk()).lots.length, 3, 'neither has seen the first one empty')
  await two.wire.page(pages([]))
  assert.equal((await disk()).lots.length, 3, 'it has not looked yet')
  await two.wire.page(pages([]))
  assert.equal((await disk()).lots.length, 2)
  assert.deepEqual(minutes(await open()).slice(-1), [59 * 3])
})

test('a record that points into another\'s place is not believed', async () => {
  const { open, factory } = world()
  await (await open()).wire.page(pages(many(30)))
  await new Door(databaseOf('signe'), { factory }).write(async (tx) => {
    const row = (await tx.objectStore('records').get(['visit', 'v1']))!
    await tx.objectStore('records').put({ ...row, at: 2 })
  })
  await assert.rejects(open(), /not where it was put/)
})
