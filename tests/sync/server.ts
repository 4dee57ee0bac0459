/* A small server of rph-sync/1 in memory: the rules of sync.md 4–8 and 13, so that phones can be tried by the thousand. */
import { isSet, mergeSets, same } from '../../static/phone/notebook/overlay'
import type { Fields, Kind, Op } from '../../static/phone/notebook/types'

interface Record_ { kind: Kind; id: string; rev: number; seq: number; data: Fields; deleted: boolean; erased: boolean; author_id: string; made_at: string }
interface Known { body: string; user: string; status: string; code: string; seq: number; op: Op; conflict?: string }
interface Conflict { id: string; user: string; kind: Kind; record_id: string; op_id: string; code: string; fields: Record<string, { base: unknown; mine: unknown; theirs: unknown }> }
interface Book { epoch: string; seq: number; records: Map<string, Record_>; ops: Map<string, Known>; conflicts: Map<string, Conflict>; devices: Map<string, string> }

export interface Account { id: string; initials: string; name: string; role: string; email: string; password: string }
type Json = Record<string, unknown>
export interface Answer { status: number; body: Json; headers?: Record<string, string> }

const canonical = (value: unknown): string => JSON.stringify(value, (_, v: unknown) =>
  v && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1))) : v)

export class FakeServer {
  book: Book = { epoch: 'epoch-1', seq: 0, records: new Map(), ops: new Map(), conflicts: new Map(), devices: new Map() }
  private kept: { book: Book } | null = null
  durable = 0
  private epochs = 1
  private ids = 0
  private sessions = new Map<string, string>()      // cookie -> user
  refuse: (op: Op) => { code: string; message: string; fields?: Record<string, string> } | null = () => null
  scope: (user: string, record: { kind: Kind; data: Fields; author_id: string }) => boolean = () => true
  broken: (ops: Op[]) => boolean = () => false      // the whole batch is answered with a coded 500
  revoked = new Map<string, 'lock' | 'wipe'>()

  constructor(readonly accounts: Account[], readonly now: () => number = Date.now, readonly page = 500) {}

  /* One request. `cookie` stands for the browser's cookie jar. */
  handle(cookie: string, method: string, path: string, headers: Headers, body: Json): Answer {
    const answer = this.route(cookie, method, path, headers, body)
    return { ...answer, body: { protocol: 'rph-sync/1', request: headers.get('X-Request'), epoch: this.book.epoch,
      server_time: new Date(this.now()).toISOString(), ...answer.body } }
  }

  backup(): void { this.kept = { book: structuredClone(this.book) }; this.durable = this.book.seq }
  restore(): void {
    if (!this.kept) return
    this.book = structuredClone(this.kept.book)
    this.book.epoch = `epoch-${++this.epochs}`
    this.durable = 0
  }
  erase(kind: Kind, id: string): void {
    const record = this.book.records.get(`${kind}/${id}`)
    if (record) this.touch(record, { data: {}, erased: true, deleted: true })
    for (const known of this.book.ops.values()) if (known.op.id === id) known.op = { ...known.op, set: {}, base: {} }
  }
  put(kind: Kind, id: string, data: Fields, author = 'office'): void {
    const found = this.book.records.get(`${kind}/${id}`)
    if (found) this.touch(found, { data, deleted: false })
    else this.add({ kind, id, author_id: author, made_at: new Date(this.now()).toISOString() }, data)
  }
  sees(user: string): Map<string, Record_> {
    return new Map([...this.book.records].filter(([, record]) => !record.deleted && this.scope(user, record)))
  }

  private route(cookie: string, method: string, path: string, headers: Headers, body: Json): Answer {
    if (path === '/api/session') return this.session(cookie, method, body)
    const user = this.sessions.get(cookie)
    if (!user) return refusal(401, 'SIGN_IN', 'Log ind igen.')
    if (path === '/api/devices') {
      const device_id = `device-${++this.ids}`
      this.book.devices.set(device_id, user)
      return ok({ device_id })
    }
    const owner = this.book.devices.get(headers.get('X-Device') ?? '')
    if (!owner) return refusal(403, 'DEVICE_UNKNOWN', 'Telefonen er ikke kendt.')
    const revoked = this.revoked.get(headers.get('X-Device')!)
    if (revoked) return { ...refusal(403, 'DEVICE_REVOKED', 'Telefonen er spærret.'), body: { ...refusal(403, 'DEVICE_REVOKED', '').body, device: revoked } }
    if (owner !== user) return refusal(403, 'FORBIDDEN', 'Telefonen hører til en anden.')
    this.witness(body['have'] as { epoch: string; seq: number } | null)
    if (path === '/api/sync/v1/push') return this.push(user, body['ops'] as Op[])
    if (path === '/api/sync/v1/pull') return this.pull(user, body['cursor'] as string | null)
    if (path === '/api/sync/v1/receipts') return ok({ receipts: (body['op_ids'] as string[]).map((op_id) => {
      const known = this.book.ops.get(op_id)
      return known ? { op_id, status: known.status, code: known.code, seq: known.seq } : { op_id, status: 'unknown' }
    }) })
    if (path === '/api/sync/v1/handover') return ok({ handed_over: body['op_ids'] })
    return refusal(404, 'BAD_REQUEST', 'Findes ikke.')
  }

  private session(cookie: string, method: string, body: Json): Answer {
    const shown = ({ password: _p, email: _e, ...user }: Account) => ({ user })
    if (method === 'DELETE') { this.sessions.delete(cookie); return ok({}) }
    const account = method === 'GET' ? this.accounts.find(({ id }) => id === this.sessions.get(cookie))
      : this.accounts.find(({ email, password }) => email === body['email'] && password === body['password'])
    if (!account) return refusal(401, 'SIGN_IN', 'Forkert e-mail eller adgangskode.')
    this.sessions.set(cookie, account.id)
    return ok(shown(account))
  }
  expire(cookie: string): void { this.sessions.delete(cookie) }

  /* A phone that has seen more of this epoch than the server has: history has gone back. */
  private witness(have: { epoch: string; seq: number } | null): void {
    if (have && have.epoch === this.book.epoch && have.seq > this.book.seq) this.book.epoch = `epoch-${++this.epochs}`
  }

  private head() { return { epoch: this.book.epoch, seq: this.book.seq, hash: `h${this.book.seq}` } }

  private push(user: string, ops: Op[]): Answer {
    if (this.broken(ops)) return refusal(500, 'BROKEN', 'Serveren gik i stykker.')
    const results = ops.map((op) => this.one(user, op))
    return ok({ results, head: this.head(), durable_through: this.durable })
  }

  private one(user: string, op: Op): Json {
    const body = canonical(op)
    const known = this.book.ops.get(op.op_id)
    if (known) {
      if (known.body !== body || known.user !== user) return { op_id: op.op_id, status: 'rejected', code: 'OP_ID_REUSED', message: 'Brugt før.' }
      return { op_id: op.op_id, status: 'duplicate', code: 'DUPLICATE', seq: known.seq, original: { status: known.status, code: known.code }, ...this.shown(user, op) }
    }
    const outcome = this.outcome(user, op)
    const kept: Known = { body, user, status: outcome.status, code: outcome.code, seq: ++this.book.seq, op }
    this.book.ops.set(op.op_id, kept)
    if (outcome.status === 'accepted') this.release()
    const { status, code, ...more } = outcome
    return { op_id: op.op_id, status, code, message: '', seq: kept.seq, ...more, ...(status === 'accepted' ? this.shown(user, op) : {}) }
  }

  private shown(user: string, op: Op): Json {
    const record = this.book.records.get(`${op.kind}/${op.id}`)
    if (!record || record.deleted || !this.scope(user, record)) return {}
    return { record: { kind: record.kind, id: record.id, rev: record.rev, data: record.data, author_id: record.author_id, made_at: record.made_at } }
  }

  private outcome(user: string, op: Op): { status: string; code: string } & Json {
    const refused = this.refuse(op)
    if (refused) return { status: 'rejected', ...refused }
    const record = this.book.records.get(`${op.kind}/${op.id}`)
    if (record?.erased) return { status: 'rejected', code: 'ERASED', message: 'Slettet.' }
    if (op.resolves) this.book.conflicts.delete(op.resolves)
    if (op.action === 'create') return this.create(user, op, record)
    if (!record) return { status: 'held', code: 'UNKNOWN_RECORD' }
    return op.action === 'delete' ? this.remove(user, op, record) : this.update(user, op, record)
  }

  private create(user: string, op: Op, record?: Record_): { status: string; code: string } & Json {
    if (!record) { this.add({ kind: op.kind, id: op.id, author_id: user, made_at: op.made_at }, op.set!); return good() }
    if (record.deleted && op.restores) { this.touch(record, { data: op.set!, deleted: false }); return good() }
    if (record.deleted) return this.clash(user, op, 'EDIT_VS_DELETE', Object.keys(op.set!), {})
    const other = [...new Set([...Object.keys(op.set!), ...Object.keys(record.data)])].filter((f) => !same(op.set![f], record.data[f], isSet(op.kind, f)))
    return other.length ? this.clash(user, op, 'ID_EXISTS', other, record.data) : good()
  }

  private update(user: string, op: Op, record: Record_): { status: string; code: string } & Json {
    if (record.deleted) return this.clash(user, op, 'EDIT_VS_DELETE', Object.keys(op.set!), {})
    const next = { ...record.data }
    const torn: string[] = []
    let merged = false
    for (const [field, mine] of Object.entries(op.set!)) {
      const [base, theirs, list] = [op.base![field], record.data[field], isSet(op.kind, field)]
      if (same(theirs, mine, list)) continue
      if (same(theirs, base, list)) next[field] = mine
      else if (list) { next[field] = mergeSets(theirs, base, mine); merged = true }
      else torn.push(field)
    }
    const before = record.data
    if (!same(before, next)) this.touch(record, { data: next })
    return torn.length ? this.clash(user, op, 'FIELD_CONFLICT', torn, before) : good(merged ? 'MERGED' : 'OK')
  }

  private remove(user: string, op: Op, record: Record_): { status: string; code: string } & Json {
    if (record.deleted) return good()
    const changed = Object.keys(op.base ?? {}).filter((f) => !same(op.base![f], record.data[f], isSet(op.kind, f)))
    if (changed.length) return this.clash(user, op, 'DELETE_VS_EDIT', changed, record.data)
    this.touch(record, { deleted: true })
    return good()
  }

  private clash(user: string, op: Op, code: string, names: string[], theirs: Fields): { status: string; code: string } & Json {
    const id = `conflict-${++this.ids}`
    const fields = Object.fromEntries(names.map((f) => [f, { base: op.base?.[f] ?? null, mine: op.set?.[f] ?? null, theirs: theirs[f] ?? null }]))
    this.book.conflicts.set(id, { id, user, kind: op.kind, record_id: op.id, op_id: op.op_id, code, fields })
    return { status: 'conflict', code, conflict: { id, fields } }
  }

  /* Held ops come to life when what they wait for arrives, in the order they came. */
  private release(): void {
    for (const known of this.book.ops.values()) {
      if (known.status !== 'held' || !this.book.records.has(`${known.op.kind}/${known.op.id}`)) continue
      const { status, code } = this.outcome(known.user, known.op)
      Object.assign(known, { status, code })
    }
  }

  private add(head: Pick<Record_, 'kind' | 'id' | 'author_id' | 'made_at'>, data: Fields): void {
    this.book.records.set(`${head.kind}/${head.id}`, { ...head, rev: 1, seq: ++this.book.seq, data: structuredClone(data), deleted: false, erased: false })
  }
  private touch(record: Record_, news: Partial<Record_>): void {
    Object.assign(record, structuredClone(news), { rev: record.rev + 1, seq: ++this.book.seq })
  }

  private pull(user: string, cursor: string | null): Answer {
    const [epoch, from, , started] = cursor?.split(':') ?? []
    if (cursor !== null && (started === undefined || cursor.split(':')[2] !== user)) return refusal(400, 'BAD_CURSOR', 'Ukendt læsemærke.')
    const reset = cursor === null ? 'FIRST' : epoch !== this.book.epoch ? 'NEW_EPOCH' : null
    const after = reset ? 0 : Number(from)
    const whole = reset !== null || started === 'view'
    const rows = [...this.book.records.values()].filter(({ seq }) => seq > after).sort((a, b) => a.seq - b.seq)
    const slice = rows.slice(0, this.page)
    const has_more = rows.length > slice.length
    const changes = slice.flatMap((record): Json[] => {
      const { kind, id, rev, data, author_id, made_at } = record
      if (record.erased) return [{ kind, id, rev, gone: 'erased' }]
      if (record.deleted) return reset ? [] : [{ kind, id, rev, gone: 'deleted' }]        // may have been on an earlier page
      if (!this.scope(user, record)) return reset ? [] : [{ kind, id, rev, gone: 'out_of_scope' }]
      return [{ kind, id, rev, data, author_id, made_at }]
    })
    const at = has_more ? slice.at(-1)!.seq : this.book.seq
    const conflicts = [...this.book.conflicts.values()].filter((c) => c.user === user).map(({ user: _u, ...c }) => c)
    return ok({ ...(reset ? { reset } : {}), changes, has_more, cursor: `${this.book.epoch}:${at}:${user}:${has_more && whole ? 'view' : 'feed'}`,
      conflicts, head: this.head(), durable_through: this.durable })
  }
}

const good = (code = 'OK') => ({ status: 'accepted', code })
const ok = (body: Json): Answer => ({ status: 200, body })
const refusal = (status: number, code: string, message: string): Answer => ({ status, body: { error: { code, message } } })


