/* The real server as a week sees it: one process serves many weeks, and does what an administrator would when it is told. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Fields, Kind } from '../../static/phone/notebook/types'
import type { Account } from './server'
import type { Clock } from './time'
import type { Send } from './weather'

const PYTHON = existsSync('.venv/bin/python') ? '.venv/bin/python' : 'python3'

export interface Truth { kind: Kind; id: string; data: Fields; author_id: string | null }
export interface Logged { status: string; code: string; user: string; place: number | null }
export interface Seen { views: Record<string, Truth[]>; questions: Record<string, { id: string; kind: Kind; record_id: string }[]> }
export const BEGIN = Date.UTC(2026, 10, 25, 9)
/* How a week ended: what became of every op, and what the server shows and asks everybody. */
export interface End extends Seen { log: Record<string, Logged> }
type Words = Record<string, unknown>

export class Host {
  private constructor(private readonly child: ChildProcess, readonly address: string) {
    child.once('exit', (code, signal) => { if (code !== 0) console.error(`the host ended: ${signal ?? code}`) })
  }

  static async begin(): Promise<Host> {
    const child = spawn(PYTHON, ['-m', 'tests.sync.host'], { stdio: ['pipe', 'pipe', 'inherit'] })
    const port = await new Promise<number>((resolve, reject) => {
      child.stdout!.once('data', (text) => resolve(Number(String(text))))
      child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)))
    })
    return new Host(child, `http://127.0.0.1:${port}`)
  }

  async week(mistake: string | null = null): Promise<Week> {
    const begun = await this.act('', 'begin', { mistake }) as { week: string; password: string; ids: Record<string, string> }
    return new Week(this, begun.week, begun.password, begun.ids)
  }

  async act(week: string, act: string, words: Words = {}, now = BEGIN): Promise<unknown> {
    const response = await fetch(`${this.address}/act`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Now': String(now) },
      body: JSON.stringify({ week, act, with: words }) })
    if (response.status !== 200) throw new Error(`${act}: ${(await response.text()).slice(-500)}`)
    return response.json()
  }

  end(): Promise<void> {
    return new Promise((resolve) => { this.child.once('exit', () => resolve()); this.child.stdin!.end() })
  }
}

export class Week {
  page = 500               // rows on a page of a pull
  skew = 0                 // the server's clock is wrong by so many milliseconds
  private clock: Clock | null = null
  private jars = new Map<string, string>()

  constructor(private readonly host: Host, private readonly name: string, private readonly password: string, readonly ids: Record<string, string>) {}

  account(who: string): Account {
    return { id: this.ids[who]!, initials: who.slice(0, 3).toUpperCase(), name: who, role: 'ADVISER', email: `${who}@demo.example`, password: this.password }
  }

  act(act: string, words: Words = {}): Promise<unknown> { return this.host.act(this.name, act, words, (this.clock?.now() ?? BEGIN) + this.skew) }
  office(changes: readonly Words[]): Promise<unknown> { return this.act('office', { changes }) }
  seen(...who: string[]): Promise<Seen> { return this.act('truth', { users: who.map((one) => this.ids[one]!) }) as Promise<Seen> }
  log(op_ids: readonly string[]): Promise<Record<string, Logged>> { return this.act('log', { op_ids }) as Promise<Record<string, Logged>> }
  async view(who: string): Promise<Map<string, Truth>> { return keyed((await this.seen(who)).views[this.ids[who]!]!) }
  end(): Promise<unknown> { return this.act('end') }

  /* The browser's side of the line: a cookie jar, and the server's clock in a header that only the host reads. */
  line(jar: string, clock: Clock): Send {
    this.clock = clock
    return async (path, init) => {
      const headers = new Headers(init.headers)
      headers.set('X-Now', String(clock.now() + this.skew))
      headers.set('Accept-Encoding', 'identity')
      const cookie = this.jars.get(jar)
      if (cookie) headers.set('Cookie', cookie)
      const body = path.endsWith('/pull') ? this.short(init.body) : init.body ?? null
      const response = await fetch(`${this.host.address}/${this.name}${path}`, { method: init.method ?? 'GET', headers, body })
      for (const set of response.headers.getSetCookie()) this.jars.set(jar, set.split(';')[0]!)
      return response
    }
  }

  private short(body: RequestInit['body']): string {
    return JSON.stringify({ ...JSON.parse(new TextDecoder().decode(body as Uint8Array)) as object, limit: this.page })
  }

  async signOut(jar: string): Promise<void> {
    await this.line(jar, this.clock!)('/api/session', { method: 'DELETE', headers: { 'Content-Type': 'application/json' }, body: '{}' })
  }
}

export const keyed = (rows: readonly Truth[]) => new Map(rows.map((row) => [`${row.kind}/${row.id}`, row]))
