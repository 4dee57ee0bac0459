/* Our own phone in the bench's page: the real notebook, sealed and strict, and the real line. */
import { DataKey } from '../../../static/phone/keys/datakey'
import { Line, signIn } from '../../../static/phone/line'
import { type Book, openNotebook } from '../../../static/phone/notebook/book'
import type { Change, Seal, User } from '../../../static/phone/notebook/types'
import { shell } from '../../lib/shell.js'

interface Visit { id: string; kind: string; author_id: string; made_at: string; occurred_at: string }
const KEY = new Uint8Array(32).fill(7)          // the key in hand: unlocking with a passphrase is a work of its own
const REMEMBERED = 'bench-user'

async function person(): Promise<User> {
  const kept = localStorage.getItem(REMEMBERED)
  if (kept) return JSON.parse(kept) as User
  const signed = await signIn('adviser@bench.example', 'en lang adgangssætning')
  if (!signed.ok) throw new Error(signed.message)
  localStorage.setItem(REMEMBERED, JSON.stringify(signed.user))
  return signed.user
}

/* The same notebook in the clear: what sealing costs. Of the bench only; the product has no such seal. */
const PLAIN: Seal = { seal: async (values) => [...values], open: async (boxes) => [...boxes] }
const plain = new URLSearchParams(location.search).has('plain')

let book: Book
let line: Line
let going: Promise<void> = Promise.resolve()

const created = ({ id, kind: _kind, author_id: _author, made_at: _made, ...set }: Visit): Change =>
  ({ kind: 'visit', action: 'create', id, set }) as unknown as Change

/* A phone that has been in use: it has its number. */
async function registered(): Promise<void> {
  if (book.wire.deviceId) return
  const headers = { 'Content-Type': 'application/json', 'X-Request': crypto.randomUUID(), 'X-App': '1.0.0' }
  const answer = await fetch('/api/devices', { method: 'POST', headers, body: '{"name":"bench"}' })
  await book.wire.setDeviceId((await answer.json() as { device_id: string }).device_id)
}

const answered = () => new Promise<void>((done) => {
  const stop = book.changed(() => { if (!book.waiting().count) { stop(); done() } })
})

async function round(): Promise<void> {
  const state = await line.sync('tap')
  if (state.phase !== 'IDLE') throw new Error(`${state.phase} ${state.message ?? ''}`)
}

shell({
  async open() {
    const user = await person()
    book = await openNotebook(user, { seal: plain ? PLAIN : await DataKey.of(KEY.slice(), user.id) })
    await registered()
    line = new Line(book)
  },
  save: (visit: Visit) => book.save([created(visit)]),
  bulkSave: (visits: Visit[]) => book.save(visits.map(created)),
  /* Until the notebook holds the server's answer for everything; the pull that ends the round is not part of a push. */
  push: async () => {
    going = round()
    await Promise.race([answered(), going])
    if (book.waiting().count) throw new Error('not all was sent')
  },
  settled: () => going,
  pull: round,
  sync: round,
  newest: async (most: number) => {
    const all = book.all('visit').map(({ data }) => data as unknown as Visit)
    return all.sort((a, b) => (a.occurred_at < b.occurred_at ? 1 : -1)).slice(0, most)
  },
  count: async () => book.all('visit').length,
})
