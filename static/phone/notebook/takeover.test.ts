import assert from 'node:assert/strict'
import test from 'node:test'
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { newKey } from '../keys'
import { openNotebook } from './book'
import { waitingOf, rememberUser } from './device'
import { databaseOf, Door } from './door'
import { STEPS, STORES } from './stores'
import type { Seal, User } from './types'

const SIGNE: User = { id: 'signe', initials: 'SHL', name: 'Signe Holmgaard-Lind', role: 'ADVISER' }
const { key: seal } = await newKey('signe', 'grøn cykel i regnvejr', { memory_kib: 64, passes: 1 })
const SECRET = 'Spurgte til plakaten'
const op = (n: number, set = { minutes: 20 + n, note: SECRET }) => ({ op_id: `o${n}`, v: 1, kind: 'visit', id: `v${n}`, action: 'create', set, made_at: '2026-11-22T09:00:00Z' })
const row = (n: number, rest = {}) => ({ device_seq: n, op_id: `o${n}`, kind: 'visit', id: `v${n}`, ...rest, box: op(n) })

/* As version 1.0 of the app wrote it. */
async function old(factory: IDBFactory): Promise<void> {
  Object.assign(globalThis, { indexedDB: factory })
  const db = await openDB(databaseOf('signe'), 1, { upgrade: (fresh, _from, _to, tx) => void STEPS[0]!(fresh as never, tx as never) })
  const add = (store: string, value: unknown, key?: string) => db.put(store, value, key)
  await add('outbox', row(4, { hold_until: 99 }))
  await add('outbox', row(5, { answered: 'e0' }))
  await add('journal', { ...row(1, { status: 'accepted', code: 'OK', seq: 7, epoch: 'e1', answered_at: '2026-11-22T09:00:05Z' }), box: { ...op(1), notice: 'Holdet blev fuldt.' } })
  await add('tray', row(2, { code: 'INVALID', message: 'Ret minutterne.', fields: { minutes: 'Skal være 1–240.' }, stuck: false }))
  await add('tray', row(3, { code: 'INVALID', message: '', fields: {}, stuck: false, closed: 'dropped', closed_at: '2026-11-22T09:00:05Z' }))
  await add('records', { kind: 'visit', id: 'v1', rev: 1, epoch: 'e1', seq: 7, author_id: 'signe', made_at: '2026-11-22T09:00:00Z', box: op(1).set })
  await add('conflicts', { id: 'c1', kind: 'visit', record_id: 'v1', op_id: 'o1', code: 'FIELD_CONFLICT', box: { note: { base: null, mine: SECRET, theirs: 'andet' } } })
  await add('drafts', { key: 'visit:new:p1', box: { note: SECRET } })
  for (const [key, value] of Object.entries({ user_id: 'signe', change: 12, device_seq: 5, cursor: 'hemmelig-cursor', epoch: 'e1', view_epoch: 'e1', 'setting:theme': 'dark' }))
    await add('meta', value, key)
  db.close()
}

const onDisk = (factory: IDBFactory) => new Door(databaseOf('signe'), { factory }).read(async (tx) =>
  Buffer.concat((await Promise.all(STORES.map((store) => tx.objectStore(store).getAll() as Promise<unknown[]>))).flat()
    .flatMap((value) => [Buffer.from(JSON.stringify(value)), ...Object.values(value as object ?? {}).filter((one) => one instanceof Uint8Array).map((one) => Buffer.from(one as Uint8Array))])).toString('latin1'))

test('a notebook of the earlier version is taken over whole, and nothing of it is left in the clear', async () => {
  const factory = new IDBFactory()
  await old(factory)
  const book = await openNotebook(SIGNE, { factory, seal })
  assert.deepEqual(book.ops().map(({ op_id, where, status, notice }) => [op_id, where, status, notice]), [
    ['o1', 'journal', 'accepted', 'Holdet blev fuldt.'], ['o2', 'tray', 'rejected', null], ['o4', 'outbox', 'waiting', null], ['o5', 'outbox', 'waiting', null]])
  assert.deepEqual(book.tray()[0]!.fields, { minutes: 'Skal være 1–240.' })
  assert.deepEqual(book.conflicts()[0]!.fields, { note: { base: null, mine: SECRET, theirs: 'andet' } })
  assert.deepEqual([book.draft('visit:new:p1'), book.setting('theme'), book.wire.cursor()], [{ note: SECRET }, 'dark', 'hemmelig-cursor'])
  assert.equal((await book.save([{ kind: 'visit', action: 'create', set: {} as never }])).op_ids.length, 1)
  assert.equal(book.ops().at(-1)!.device_seq, 6, 'the numbers go on')
  book.close()
  const text = await onDisk(factory)
  for (const secret of [SECRET, 'hemmelig', 'Ret minutterne', 'Holdet', 'Skal være', 'Holmgaard', 'dark']) assert.ok(!text.includes(secret), secret)
  const again = await openNotebook({ id: 'signe', initials: 'SHL' }, { factory, seal })
  assert.deepEqual([again.ops().length, again.user], [5, SIGNE])
  await rememberUser(SIGNE, { factory })
  assert.deepEqual((await waitingOf({ factory })).map(({ waiting, tray }) => [waiting, tray]), [[3, 1]])
})

test('a takeover that cannot be read back leaves the old notebook as it was', async () => {
  const factory = new IDBFactory()
  await old(factory)
  const blind: Seal = { seal: (values, about) => seal.seal(values.map((value) => ({ ...value as object, op: { ...(value as { op?: object })?.op, id: 'x' } })), about), open: (boxes, about) => seal.open(boxes, about) }
  await assert.rejects(openNotebook(SIGNE, { factory, seal: blind }), /would have changed the outbox/)
  assert.equal((await openNotebook(SIGNE, { factory, seal })).waiting().count, 2)
})

test('two tabs that take over at once do it once', async () => {
  const factory = new IDBFactory()
  await old(factory)
  const [one, two] = await Promise.all([openNotebook(SIGNE, { factory, seal }), openNotebook(SIGNE, { factory, seal })])
  await one.save([{ kind: 'visit', action: 'create', set: {} as never }])
  await two.wire.refresh()
  assert.deepEqual(one.ops(), two.ops())
  assert.equal((await openNotebook(SIGNE, { factory, seal })).ops().length, 5)
})

/* As version 1.0 wrote it once it was sealed: a row for every record, that points into a lot. */
async function sealedOnce(factory: IDBFactory, mix = false): Promise<void> {
  const book = await openNotebook(SIGNE, { factory, seal })
  await book.save([{ kind: 'visit', action: 'create', set: { note: SECRET } } as never])
  book.close()
  const truth = (n: number) => ({ epoch: 'e1', seq: n, author_id: 'signe', made_at: null, data: { minutes: n } })
  const about = (n: number) => `record|visit|v${n}|1`
  const numbers = Array.from({ length: 30 }, (_, n) => n)
  const [box] = await seal.seal([numbers.map((n) => [about(n), truth(n)])], ['lot|old'])
  const [alone] = await seal.seal([truth(30)], [about(30)])
  await new Door(databaseOf('signe'), { factory }).write(async (tx) => {
    const put = (store: string, value: unknown) => tx.objectStore(store as never).put(value as never)
    await put('lots', { id: 'old', box })
    for (const n of numbers) await put('records', { kind: 'visit', id: `v${n}`, rev: 1, lot: 'old', at: mix && n === 1 ? 2 : n })
    await put('records', { kind: 'visit', id: 'v30', rev: 1, box: alone })
    await tx.objectStore('meta').put(1, 'sealed')
  })
}

test('records that pointed into a lot are taken over, and the ops stay byte for byte as they were', async () => {
  const factory = new IDBFactory()
  await sealedOnce(factory)
  const disk = () => new Door(databaseOf('signe'), { factory }).read(async (tx) => ({ outbox: await tx.objectStore('outbox').getAll(),
    records: await tx.objectStore('records').count(), lots: await tx.objectStore('lots').getAllKeys() }))
  const before = await disk()
  for (const _time of [1, 2]) {
    const book = await openNotebook(SIGNE, { factory, seal })
    assert.deepEqual(book.all('visit').map(({ data }) => data.minutes ?? -1).sort((a, b) => a - b), [-1, ...Array.from({ length: 31 }, (_, n) => n)])
    assert.deepEqual([book.waiting().count, book.one('visit', 'v7')!.seq], [1, 7])
    book.close()
  }
  const after = await disk()
  assert.deepEqual(after.outbox, before.outbox)
  assert.deepEqual([before.records, after.records, after.lots.length, after.lots.includes('old')], [31, 1, 1, false])
})

test('a record that points into another\'s place is not believed, and the notebook stays as it was', async () => {
  const factory = new IDBFactory()
  await sealedOnce(factory, true)
  await assert.rejects(openNotebook(SIGNE, { factory, seal }), /not where it was put/)
  assert.deepEqual(await new Door(databaseOf('signe'), { factory }).read((tx) => tx.objectStore('lots').getAllKeys()), ['old'])
})
