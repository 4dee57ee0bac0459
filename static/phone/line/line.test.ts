import assert from 'node:assert/strict'
import test from 'node:test'
import { records } from '../../../bench/lib/records.mjs'
import 'fake-indexeddb/auto'
import { Device } from '../../../tests/sync/device'
import { type Account, FakeServer } from '../../../tests/sync/server'
import { clockAt, chance } from '../../../tests/sync/time'
import { type Fault, json, toServer, weather } from '../../../tests/sync/weather'
import type { Change, Fields, Op } from '../notebook/types'
import { packed } from './pack'
import { pushAnswer } from './shape'

const account = (id: string): Account => ({ id, initials: id.slice(0, 3).toUpperCase(), name: id, role: 'ADVISER', email: `${id}@x.dk`, password: 'pw' })
const VISIT: Fields = {
  practice_id: 'p1', occurred_at: '2026-11-22T09:00:00Z', minutes: 20, mode: 'IN_PERSON', purpose: 'REGULAR', met_roles: ['DOCTOR'], outcome: 'COMPLETED' }
const create = (set: Fields = {}) => ({ kind: 'visit', action: 'create', set: { ...VISIT, ...set } }) as unknown as Change
const update = (id: string, set: Fields) => ({ kind: 'visit', action: 'update', id, set }) as unknown as Change

function world(accounts = [account('signe'), account('emre')], page = 500) {
  const clock = clockAt(Date.UTC(2026, 10, 22, 9))
  const server = new FakeServer(accounts, clock.now, page)
  let count = 0
  const phone = async (id: string, faults: (path: string) => Fault | null = () => null) => {
    const cookie = `${id}-${++count}`
    const device = new Device({ user: account(id), email: `${id}@x.dk`, password: 'pw', clock, random: chance(count),
      fetch: weather(toServer(server, cookie), (path) => faults(path)) })
    await device.open()
    return { device, cookie, book: device.book, line: device.line }
  }
  const signed = async (id: string, faults?: (path: string) => Fault | null) => {
    const one = await phone(id, faults)
    assert.equal((await one.device.signIn()).ok, true)
    return one
  }
  return { server, clock, phone, signed }
}
const outbox = (book: Device['book']) => book.ops().filter(({ where }) => where === 'outbox').length

test('a visit written offline reaches the server and the other phone', async () => {
  const { signed, server } = world()
  const signe = await signed('signe')
  const { ids } = await signe.book.save([create()])
  assert.equal((await signe.device.sync()).phase, 'IDLE')
  const row = signe.book.one('visit', ids[0]!)!
  assert.deepEqual([row.state, row.rev, row.author_id], ['SAVED', 1, 'signe'])
  assert.ok(row.seq! > 0, 'a receipt')
  assert.equal(server.sees('signe').size, 1)
  const emre = await signed('emre')
  await emre.device.sync()
  assert.equal(emre.book.one('visit', ids[0]!)?.data.minutes, 20)
  assert.equal(emre.book.one('visit', ids[0]!)?.author_id, 'signe')
})

for (const fault of ['lost_request', 'lost_answer', 'portal', 'half', 'stranger', 'busy', 'signed_out', 'shuffled'] as const)
  test(`anything but an exact answer leaves the outbox unchanged: ${fault}`, async () => {
    const { signed } = world()
    let bad = true
    const { book, device, line } = await signed('signe', (path) => (bad && path.includes('/sync/') ? fault : null))
    await book.save([create(), create({ minutes: 45 })])
    const before = JSON.stringify(book.ops())
    const state = await device.sync()
    assert.equal(JSON.stringify(book.ops()), before)
    assert.equal(state.waiting, 2)
    assert.equal(state.phase, { signed_out: 'SIGN_IN', busy: 'TROUBLE' }[fault as string] ?? 'NO_ANSWER')
    bad = false
    await device.sync()
    assert.equal(outbox(book), 0)
    assert.equal(line.state.phase, 'IDLE')
  })

test('a lost answer is asked for again and has one effect', async () => {
  const { signed, server } = world()
  let lose = true
  const { book, device } = await signed('signe', (path) => (path.endsWith('push') && lose ? 'lost_answer' : null))
  const { ids } = await book.save([create()])
  await book.save([update(ids[0]!, { minutes: 30 })])
  await device.sync()
  lose = false
  await book.save([update(ids[0]!, { minutes: 40 })])
  await device.sync()
  assert.equal(outbox(book), 0)
  assert.equal(server.sees('signe').get(`visit/${ids[0]!}`)?.data['minutes'], 40)
  assert.equal(book.conflicts().length, 0, 'nobody quarrels with himself')
})

test('work that was deleted by a typed word is told until an exact answer has come', async () => {
  const { signed } = world()
  let bad = true
  const { book, device } = await signed('signe', (path) => (bad && path.includes('/pull') ? 'lost_answer' : null))
  await book.save([create()])
  await book.discardUnsent()
  await device.sync()
  assert.equal(book.wire.discarded, 1)
  bad = false
  await device.sync()
  assert.equal(book.wire.discarded, 0)
})

test('two phones on one field: a card with both versions, and one tap settles it', async () => {
  const { signed, server } = world()
  const [signe, emre] = [await signed('signe'), await signed('emre')]
  const { ids } = await signe.book.save([create()])
  const id = ids[0]!
  await signe.device.sync(); await emre.device.sync()
  await signe.book.save([update(id, { minutes: 30 })])
  await emre.book.save([update(id, { minutes: 45, note: 'fra Emre', met_roles: ['DOCTOR', 'NURSE'] })])
  await signe.device.sync(); await emre.device.sync()
  const [card] = emre.book.conflicts()
  assert.deepEqual(card!.fields, { minutes: { base: 20, mine: 45, theirs: 30 } })
  assert.equal(emre.book.one('visit', id)!.state, 'CONFLICT')
  assert.equal(server.sees('emre').get(`visit/${id}`)?.data['note'], 'fra Emre', 'untouched fields are applied')
  await emre.book.resolveConflict(card!.id, { minutes: { value: 40 } })
  assert.equal(emre.book.conflicts().length, 0, 'gone at once')
  assert.equal(emre.book.one('visit', id)!.state, 'WAITING')
  await emre.device.sync(); await signe.device.sync()
  assert.equal(signe.book.one('visit', id)!.data.minutes, 40)
  assert.equal(emre.book.one('visit', id)!.state, 'SAVED')
})

test('an edit of a record that another has deleted brings it back with one tap', async () => {
  const { signed } = world()
  const [signe, emre] = [await signed('signe'), await signed('emre')]
  const { ids } = await signe.book.save([create({ note: 'a' })])
  await signe.device.sync(); await emre.device.sync()
  await emre.book.save([update(ids[0]!, { minutes: 45 })])
  await signe.book.save([{ kind: 'visit', action: 'delete', id: ids[0]! }])
  assert.equal(signe.book.one('visit', ids[0]!), null)
  await signe.device.sync(); await emre.device.sync()
  const [card] = emre.book.conflicts()
  assert.equal(card!.code, 'EDIT_VS_DELETE')
  await emre.book.resolveConflict(card!.id, 'mine')
  await emre.device.sync(); await signe.device.sync()
  const row = signe.book.one('visit', ids[0]!)!
  assert.deepEqual([row.data.minutes, row.data.note], [45, 'a'])
  assert.equal(emre.book.conflicts().length, 0)
})

test('a refused op lies in the tray with its reason, and goes again corrected', async () => {
  const { signed, server } = world()
  server.refuse = (op) => (Number(op.set?.['minutes']) > 240 ? { code: 'INVALID', message: 'Ret besøget.', fields: { minutes: 'Skal være 1–240.' } } : null)
  const { book, device } = await signed('signe')
  const { ids } = await book.save([create({ minutes: 999 }), create()])
  await device.sync()
  const [item] = book.tray()
  assert.deepEqual([item!.code, item!.fields], ['INVALID', { minutes: 'Skal være 1–240.' }])
  assert.equal(book.one('visit', ids[0]!)!.state, 'FIX', 'stays in sight')
  await book.correctTray(item!.op_id, { minutes: 24 })
  assert.equal(book.tray().length, 0)
  await device.sync()
  assert.deepEqual([book.one('visit', ids[0]!)!.state, book.one('visit', ids[0]!)!.data.minutes], ['SAVED', 24])
})

test('handing over takes the op off the tray when the server has it', async () => {
  const { signed, server } = world()
  server.refuse = () => ({ code: 'NOT_ALLOWED', message: 'Nej.' })
  const { book, device, line } = await signed('signe')
  const { op_ids } = await book.save([create()])
  await device.sync()
  assert.equal(await line.handOver(op_ids), true)
  assert.equal(book.tray().length, 0)
})

test('receipts are counted from the server\'s list, and a held op comes to life', async () => {
  const { signed, server } = world()
  const { book, device, line } = await signed('signe')
  const { op_ids } = await book.save([create()])
  await book.save([{ kind: 'talk', action: 'update', id: 'elsewhere', set: { minutes: 10 }, seen: { minutes: 5 } } as unknown as Change])
  await device.sync()
  assert.deepEqual((await line.receipts(op_ids))!.map(({ status }) => status), ['accepted'])
  assert.equal(book.ops().find(({ kind }) => kind === 'talk')!.status, 'held')
  server.put('talk', 'elsewhere', { minutes: 5 }, 'signe')
  const other = await signed('emre')
  await other.book.save([create()])
  await other.device.sync()
  await device.sync()
  assert.equal(book.ops().find(({ kind }) => kind === 'talk')!.status, 'accepted')
})

test('a server restored from an old backup gets back what it lost', async () => {
  const { signed, server } = world()
  const { book, device } = await signed('signe')
  const { ids } = await book.save([create()])
  await device.sync()
  server.backup()
  await book.save([update(ids[0]!, { minutes: 30 }), create({ minutes: 60 })])
  await device.sync()
  await book.save([update(ids[0]!, { minutes: 35 })])
  await device.sync()
  server.restore()
  await device.sync()
  assert.equal(server.sees('signe').size, 2)
  assert.equal(server.sees('signe').get(`visit/${ids[0]!}`)?.data['minutes'], 35)
  assert.equal(book.one('visit', ids[0]!)!.data.minutes, 35)
  assert.equal(book.conflicts().length, 0)
  assert.equal(outbox(book), 0)
})

test('a phone that the restored server does not know registers anew and goes on', async () => {
  const { signed, server } = world()
  server.backup()
  const { book, device } = await signed('signe')
  await book.save([create()])
  await device.sync()
  server.restore()
  await device.sync()
  assert.equal(server.sees('signe').size, 1)
})

test('the journal goes when a checked backup holds it, and not before', async () => {
  const { signed, server } = world()
  const { book, device } = await signed('signe')
  await book.save([create()])
  await device.sync(); await device.sync()
  assert.equal(book.ops().length, 1)
  server.backup()
  await device.sync()
  assert.equal(book.ops().length, 0)
})

test('a phone clock ten years ahead does not empty the journal', async () => {
  const { signed } = world()
  const { book, device } = await signed('signe')
  await book.save([create()])
  await device.sync()
  device.skew = 10 * 365 * 86_400_000
  await device.sync()
  assert.equal(book.ops().length, 1)
  assert.ok(device.line.state.clock_off_minutes > 10)
})

test('pages are swapped in only when the last one has come', async () => {
  const { signed, server } = world(undefined, 2)
  for (let i = 0; i < 5; i++) server.put('visit', `v${i}`, { ...VISIT, minutes: i })
  let pulls = 0
  const { book, device } = await signed('signe', (path) => (path.endsWith('pull') && ++pulls === 3 ? 'lost_request' : null))
  await device.sync()
  assert.equal(book.all('visit').length, 0)
  await device.crash()
  await device.sync()
  assert.equal(device.book.all('visit').length, 5)
  assert.equal(pulls, 4, 'goes on where it was')
})

test('a view that would remove most of the phone\'s records asks first', async () => {
  const { signed, server } = world()
  for (let i = 0; i < 40; i++) server.put('visit', `v${i}`, VISIT)
  const { book, device, line } = await signed('signe')
  await device.sync()
  server.backup()
  server.book.records.clear()
  server.backup()
  server.restore()
  const state = await device.sync()
  assert.deepEqual([state.phase, state.removal], ['ASKS_REMOVAL', 40])
  assert.equal(book.all('visit').length, 40)
  assert.equal((await line.confirmRemoval()).phase, 'IDLE')
  assert.equal(book.all('visit').length, 0)
})

test('loss of scope removes the record and leaves the outbox alone', async () => {
  const { signed, server } = world()
  const { book, device } = await signed('signe', (path) => (path.endsWith('push') && blocked ? 'lost_request' : null))
  let blocked = false
  const { ids } = await book.save([create()])
  await device.sync()
  await book.save([update(ids[0]!, { minutes: 50 })])
  blocked = true
  server.scope = () => false
  server.put('visit', ids[0]!, VISIT)
  await device.sync()
  assert.equal(book.one('visit', ids[0]!), null)
  assert.equal(outbox(book), 1)
})

test('what a citizen has had erased is nowhere on the phone', async () => {
  const { signed, server } = world()
  const { book, device } = await signed('signe')
  await book.save([{ kind: 'citizen', action: 'create', id: 'c-erased', set: { code: 'B-7K3MB', first_practice_id: 'p1' } } as unknown as Change])
  await device.sync()
  await book.putDraft('talk:c-erased', { note: 'om B-7K3MB', citizen_id: 'c-erased' })
  server.erase('citizen', 'c-erased')
  await device.sync()
  assert.equal(book.one('citizen', 'c-erased'), null)
  assert.ok(!JSON.stringify([book.ops(), book.draft('talk:c-erased')]).includes('c-erased'))
})

test('a poison op among two hundred goes to the tray, the rest goes on in the same round', async () => {
  const { signed, server } = world()
  const { book, device } = await signed('signe')
  const saved = await book.save(Array.from({ length: 230 }, (_, i) => create({ minutes: i + 1 })))
  const poison = saved.op_ids[77]!
  server.broken = (ops) => ops.some(({ op_id }) => op_id === poison)
  await device.sync()
  assert.equal(outbox(book), 0)
  assert.deepEqual(book.tray().map(({ op_id, stuck }) => [op_id, stuck]), [[poison, true]])
  server.broken = () => false
  await book.sendAgain(poison)
  await device.sync()
  assert.equal(server.sees('signe').size, 230)
})

test('a server that breaks on everything does not fill the tray', async () => {
  const { signed, server } = world()
  const { book, device } = await signed('signe')
  await book.save(Array.from({ length: 50 }, () => create()))
  server.broken = () => true
  for (let i = 0; i < 3; i++) await device.sync()
  assert.ok(book.tray().length <= 3)
  assert.equal(outbox(book) + book.tray().length, 50)
})

test('an op is never sent in another user\'s session', async () => {
  const { phone, server } = world()
  const { device, book, cookie } = await phone('signe')
  await book.save([create()])
  assert.equal((await device.sync()).phase, 'SIGN_IN')
  server.handle(cookie, 'POST', '/api/session', new Headers(), { email: 'emre@x.dk', password: 'pw' })
  assert.equal((await device.sync()).phase, 'SIGN_IN')
  assert.equal(server.book.ops.size, 0)
  await device.signIn()
  assert.equal((await device.sync()).phase, 'IDLE')
  server.handle(cookie, 'POST', '/api/session', new Headers(), { email: 'emre@x.dk', password: 'pw' })
  await book.save([create()])
  assert.equal((await device.sync()).phase, 'SIGN_IN')
  assert.equal(outbox(book), 1)
})

test('a revoked phone says so and deletes nothing by itself', async () => {
  const { signed, server } = world()
  const { book, device } = await signed('signe')
  await device.sync()
  server.revoked.set([...server.book.devices.keys()][0]!, 'wipe')
  await book.save([create()])
  const state = await device.sync()
  assert.deepEqual([state.phase, state.revoked, outbox(book)], ['REVOKED', 'wipe', 1])
})

test('back-off keeps everything but a tap waiting, and honours Retry-After', async () => {
  const { signed, clock } = world()
  let calls = 0
  const { book, line } = await signed('signe', (path) => (path.includes('/sync/') ? (calls++, 'busy') : null))
  await book.save([create()])
  await line.sync('save')
  const first = calls
  assert.ok(line.state.next_try_at! - clock.now() >= 2_000)
  await line.sync('minute')
  assert.equal(calls, first)
  await line.sync('tap')
  assert.ok(calls > first)
})

test('a foreign cursor is forgotten and the view fetched anew', async () => {
  const { signed, server } = world()
  const { book, device } = await signed('signe')
  server.put('visit', 'v1', VISIT)
  await device.sync()
  await (book as unknown as { desk: { put(marks: unknown[]): Promise<void> } }).desk.put([{ store: 'meta', key: 'cursor', value: 'epoch-1:1:emre:feed' }])
  server.put('visit', 'v2', VISIT)
  assert.equal((await device.sync()).phase, 'IDLE')
  assert.equal(book.all('visit').length, 2)
})

test('large bodies are squeezed, small ones are not', async () => {
  const { packed } = await import('./pack')
  const headers: Record<string, string> = {}
  const { body } = await packed({ text: 'a'.repeat(5_000) }, headers, true)
  assert.equal(headers['Content-Encoding'], 'gzip')
  assert.ok((body as ArrayBuffer).byteLength < 200)
  const small: Record<string, string> = {}
  await packed({ text: 'a' }, small, true)
  assert.equal(small['Content-Encoding'], undefined)
  assert.ok(json)
})

test('a record that comes back without its content is the one that was sent, and only a new one may', () => {
  const op = { op_id: 'o1', device_seq: 1, v: 1, kind: 'visit', id: 'v1', action: 'create', set: VISIT, made_at: '2026-11-22T09:00:00Z' } as unknown as Op
  const answer = (status: string) => ({ epoch: 'e', server_time: 't', durable_through: 0, head: { epoch: 'e', seq: 1, hash: 'h' },
    results: [{ op_id: 'o1', status, code: 'OK', seq: 1, record: { kind: 'visit', id: 'v1', rev: 1 } }] })
  assert.deepEqual(pushAnswer(answer('accepted'), [op])?.results[0]?.record?.data, VISIT)
  assert.equal(pushAnswer(answer('duplicate'), [op]), null)
  assert.equal(pushAnswer(answer('accepted'), [{ ...op, action: 'update' }]), null)
})

/* Budgets that a later change would break without a word. */
test('a round with nothing new is one request of a few hundred bytes', async () => {
  const { server, clock } = world()
  const asked: [string, number][] = []
  const real = toServer(server, 'signe-counted')
  const fetch = ((input: string, init: RequestInit) => { asked.push([input, (init.body as Uint8Array | undefined)?.length ?? 0]); return real(input, init) }) as typeof globalThis.fetch
  const device = new Device({ user: account('signe'), email: 'signe@x.dk', password: 'pw', clock, random: chance(1), fetch })
  await device.open()
  assert.equal((await device.signIn()).ok, true)
  await device.book.save([create()])
  assert.equal((await device.sync()).phase, 'IDLE')
  for (const _round of [1, 2]) {
    asked.length = 0
    assert.equal((await device.sync()).phase, 'IDLE')
    assert.deepEqual(asked.map(([path]) => path), ['/api/sync/v1/pull'])
    assert.ok(asked[0]![1] <= 130, `${asked[0]![1]} bytes`)
  }
})

test('a thousand visits go up in at most 250 kB', async () => {
  let bytes = 0
  const all = records(1000, 7)
  for (let from = 0; from < all.length; from += 200) {
    const ops = all.slice(from, from + 200).map(({ id, kind, made_at, ...set }, i) =>
      ({ op_id: crypto.randomUUID(), device_seq: from + i, v: 1, kind, id, action: 'create', set, made_at }))
    bytes += ((await packed({ ops, echo: false }, {}, true)).body as ArrayBuffer).byteLength
  }
  assert.ok(bytes > 50_000 && bytes <= 250_000, `${bytes} bytes`)
})
