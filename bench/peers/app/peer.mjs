// Ours: the real notebook and line in the page, the real server behind it.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { agentPush, api, newAgent } from '../../lib/http.mjs'
import { start } from '../../lib/proc.mjs'
import { practices } from '../../lib/records.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const root = path.join(here, '../../..')
const python = process.env.RAADGIVER_PYTHON ?? path.join(root, '.venv/bin/python')
const folders = new Map()        // port → state folder
let template                     // a filled state folder, copied for every server
const JSON_TYPE = { 'Content-Type': 'application/json', 'X-App': '1.0.0' }

const environment = (dir) => ({ RAADGIVER_STATE_DIR: dir, RAADGIVER_SECRET_KEY: 'en hemmelighed kun til målinger', RAADGIVER_LIMITS: 'off', RAADGIVER_DATABASE_URL: '',
  PYTHONPATH: root })

function prepared(dir) {
  if (fs.existsSync(path.join(dir, 'raadgiver.db'))) return
  if (!template) {
    template = `${dir}-template`
    execFileSync(python, [path.join(here, 'serve.py'), '', practices().join(',')], { cwd: root, env: { ...process.env, ...environment(template) } })
  }
  fs.cpSync(template, dir, { recursive: true })
}

/** Signs in on the server and registers a phone: the headers of its requests. */
async function phone(port, agent, cookie) {
  const ask = (url, body, headers = {}) => agentPush(agent, port, 'POST', url, JSON.stringify(body), { ...JSON_TYPE, 'X-Request': randomUUID(), ...headers })
  if (!cookie) {
    const signed = await ask('/api/session', { email: 'adviser@bench.example', password: 'en lang adgangssætning' })
    if (signed.status !== 200) throw new Error(`sign-in ${signed.status} ${signed.body}`)
    cookie = signed.headers['set-cookie'][0].split(';')[0]
  }
  const device = JSON.parse((await ask('/api/devices', { name: 'bench' }, { Cookie: cookie })).body).device_id
  return { ...JSON_TYPE, Cookie: cookie, 'X-Device': device }
}

const opOf = ({ id, kind, author_id, made_at, ...set }, n) =>
  ({ op_id: randomUUID(), device_seq: n, v: 1, kind, id, action: 'create', set, made_at })

async function send(port, agent, headers, records) {
  const body = JSON.stringify({ ops: records.map(opOf), unsent: 0 })
  const answer = await agentPush(agent, port, 'POST', '/api/sync/v1/push', body, { ...headers, 'X-Request': randomUUID() })
  const refused = answer.status === 200 ? JSON.parse(answer.body).results.filter(({ status }) => status !== 'accepted') : [answer]
  if (refused.length) throw new Error(`push: ${JSON.stringify(refused[0]).slice(0, 300)}`)
}

export default {
  name: 'ours', python, client: path.join(here, 'client.ts'), library: path.join(here, 'library.ts'), variants: { ours: {}, 'ours-plain': { q: 'plain=1', only: ['W1', 'W4'] } },
  start: async ({ port, dir, pages, log }) => {
    prepared(dir)
    folders.set(Number(port), dir)
    return start(python, [path.join(here, 'serve.py'), pages, practices().join(',')], { cwd: root, port, path: '/healthz', log,
      env: { ...environment(dir), RAADGIVER_PORT: String(port) } })
  },
  async seed(port, records) {
    const agent = newAgent()
    const headers = await phone(port, agent)
    for (let i = 0; i < records.length; i += 200) await send(port, agent, headers, records.slice(i, i + 200))
    agent.destroy()
  },
  async count(port) {
    const db = new Database(path.join(folders.get(Number(port)), 'raadgiver.db'), { readonly: true })
    try { return db.prepare('SELECT count(*) n FROM visit').get().n } finally { db.close() }
  },
  /** One phone's push on the wire; a device each. */
  async pusher(port, devices) {
    const agent = newAgent()
    const first = await phone(port, agent)
    const phones = [first]
    while (phones.length < devices) phones.push(await phone(port, agent, first.Cookie))
    return (device, records, _first, own) => send(port, own, phones[device], records)
  },
}
