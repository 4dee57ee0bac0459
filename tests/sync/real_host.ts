/* The real server behind a port, with its own state folder: the same commands an administrator has. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fields, Kind } from '../../static/phone/notebook/types'
import { idMaker } from '../../static/phone/notebook/uuid'
import type { Asked, Host, Logged, Truth } from './host'
import type { Account } from './server'
import type { Send } from './weather'

const PYTHON = existsSync('.venv/bin/python') ? '.venv/bin/python' : 'python3'
const PASSPHRASE = 'en lang saetning kun til proever'
const newId = idMaker()
type Json = Record<string, unknown>

export class RealServer {
  private running: ChildProcess | null = null
  private port = 0
  private jars = new Map<string, string>()
  private devices = new Map<string, string>()
  practice = ''
  restores = 0
  accounts: Account[] = []
  private constructor(private readonly folder: string) {}

  static async begin(): Promise<RealServer> {
    const server = new RealServer(await mkdtemp(join(tmpdir(), 'raadgiver-week-')))
    await server.command('migrate')
    for (const [email, name, initials, role] of [['signe@x.dk', 'Signe', 'SHL', 'ADVISER'], ['emre@x.dk', 'Emre', 'EBY', 'ADVISER'], ['birthe@x.dk', 'Birthe', 'BST', 'COORDINATOR']] as const)
      await server.command('user', 'add', '--email', email, '--name', name, '--initials', initials, '--role', role, '--password-stdin')
    await server.start()
    for (const email of ['signe@x.dk', 'emre@x.dk', 'birthe@x.dk']) {
      const { user } = await server.talk(email, 'POST', '/api/session', { email, password: PASSPHRASE })
      server.accounts.push({ ...user as Account, name: email, email, password: PASSPHRASE })
      await server.register(email)
    }
    server.practice = newId()
    const made = await server.push('birthe@x.dk', { kind: 'practice', id: server.practice, action: 'create',
      set: { name: 'Lægerne Skydebanehjørnet', district: 'VESTERBRO', address: 'Istedgade 141 A', postal_code: '1650', city: 'København V' } })
    if (made['status'] !== 'accepted') throw new Error(JSON.stringify(made))
    return server
  }

  host(): Host {
    return {
      accounts: this.accounts.slice(0, 2), practice: this.practice,
      line: (cookie) => this.line(cookie),
      expire: async (cookie) => { await this.talk(cookie, 'DELETE', '/api/session', {}) },
      sees: (user) => this.sees(this.accounts.find(({ id }) => id === user)!.email),
      log: (ops) => this.log(ops),
      conflicts: async () => (await Promise.all(['signe@x.dk', 'emre@x.dk'].map(async (who) => (await this.page(who, null))['conflicts']))).flat() as { kind: Kind; record_id: string }[],
      office: (kind, id, change) => this.correct(kind, id, change),
      backup: async () => { await this.command('backup', join(this.folder, 'safe.backup')) },
      restore: () => this.restore(),
    }
  }

  async end(): Promise<void> {
    await this.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  private line(jar: string): Send {
    return async (path, init) => {
      const headers = new Headers(init.headers)
      const cookie = this.jars.get(jar)
      if (cookie) headers.set('Cookie', cookie)
      const { method, body } = init
      const response = await fetch(`http://127.0.0.1:${this.port}${path}`, { method: method ?? 'GET', headers, body: body ?? null })
      for (const set of response.headers.getSetCookie()) this.jars.set(jar, set.split(';')[0]!)
      return response
    }
  }

  private async talk(jar: string, method: string, path: string, body: Json): Promise<Json> {
    const headers: Record<string, string> = { 'Content-Type': 'application/json', 'X-Request': newId(), 'X-App': '1.0.0' }
    const device = this.devices.get(jar)
    if (device) headers['X-Device'] = device
    const answer = await (await this.line(jar)(path, { method, headers, body: JSON.stringify(body) })).json() as Json
    const code = (answer['error'] as { code?: string } | undefined)?.code
    if (code === 'DEVICE_UNKNOWN') { await this.register(jar); return this.talk(jar, method, path, body) }
    if (code === 'SIGN_IN' && jar.includes('@') && path !== '/api/session') {
      await this.talk(jar, 'POST', '/api/session', { email: jar, password: PASSPHRASE })
      return this.talk(jar, method, path, body)
    }
    return answer
  }

  private async register(jar: string): Promise<void> {
    this.devices.delete(jar)
    const { device_id } = await this.talk(jar, 'POST', '/api/devices', { name: 'Prøve' })
    this.devices.set(jar, device_id as string)
  }

  private async push(jar: string, op: Json): Promise<Json> {
    const whole = { op_id: newId(), device_seq: 1, v: 1, made_at: new Date().toISOString(), ...op }
    const { results } = await this.talk(jar, 'POST', '/api/sync/v1/push', { ops: [whole], have: null, unsent: 0, oldest_unsent_at: null })
    return (results as Json[])[0]!
  }

  private page(jar: string, cursor: unknown): Promise<Json> {
    return this.talk(jar, 'POST', '/api/sync/v1/pull', { cursor, have: null, limit: 2500 })
  }

  private async sees(jar: string): Promise<Map<string, Truth>> {
    const rows = new Map<string, Truth>()
    for (let cursor: unknown = null, more = true; more;) {
      const answer = await this.page(jar, cursor)
      for (const change of answer['changes'] as (Truth & { gone?: string })[])
        if (change.gone) rows.delete(`${change.kind}/${change.id}`)
        else rows.set(`${change.kind}/${change.id}`, change)
      cursor = answer['cursor']
      more = answer['has_more'] as boolean
    }
    return rows
  }

  private async log(ops: readonly Asked[]): Promise<Map<string, Logged>> {
    const found = new Map<string, Logged>()
    for (const { id, email } of this.accounts) {
      const mine = ops.filter(({ user }) => user === id).map(({ op_id }) => op_id)
      for (let i = 0; i < mine.length; i += 200) {
        const { receipts } = await this.talk(email, 'POST', '/api/sync/v1/receipts', { op_ids: mine.slice(i, i + 200) })
        for (const { op_id, status, seq } of receipts as { op_id: string; status: string; seq: number }[])
          if (status !== 'unknown') found.set(op_id, { status, user: id, place: seq })
      }
    }
    return found
  }

  private async correct(kind: Kind, id: string, change: Fields): Promise<void> {
    const now = (await this.sees('birthe@x.dk')).get(`${kind}/${id}`)
    if (!now) return
    await this.push('birthe@x.dk', { kind, id, action: 'update', set: change, base: Object.fromEntries(Object.keys(change).map((f) => [f, now.data[f] ?? null])) })
  }

  private async restore(): Promise<void> {
    const safe = join(this.folder, 'safe.backup')
    if (!existsSync(safe)) return
    this.restores += 1
    await this.stop()
    await this.command('restore', safe)
    await this.start()
  }

  private get environment(): NodeJS.ProcessEnv {
    return { ...process.env, RAADGIVER_STATE_DIR: this.folder, RAADGIVER_SECRET_KEY: 'kun-til-proever-kun-til-proever-kun-til-proever', RAADGIVER_LIMITS: 'off', RAADGIVER_DATABASE_URL: '' }
  }

  private command(...words: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = execFile(PYTHON, ['-m', 'app.cli', ...words], { env: this.environment }, (error, out, err) => (error ? reject(new Error(`${words.join(' ')}: ${err || out}`)) : resolve(out)))
      child.stdin!.end(PASSPHRASE)
    })
  }

  private async start(): Promise<void> {
    this.port = await freePort()
    this.running = spawn(PYTHON, ['-m', 'app.cli', 'serve', '--port', String(this.port), '--workers', '1'], { env: this.environment, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    this.running.stderr!.on('data', (text) => { said = `${said}${String(text)}`.slice(-2_000) })
    for (let tries = 0; tries < 300 && this.running.exitCode === null; tries++) {
      if (await fetch(`http://127.0.0.1:${this.port}/healthz`).then(({ ok }) => ok, () => false)) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`the server does not answer: ${said}`)
  }

  private async stop(): Promise<void> {
    const child = this.running
    if (!child || child.exitCode !== null) return
    await new Promise((resolve) => { child.once('exit', resolve); child.kill('SIGTERM') })
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
