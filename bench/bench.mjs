// The same work by us and by the engines that people would pick instead, side by side in one run (see README.md, Measured).
//   --quick             three runs of smaller works, the slow network once
//   --only W1,W5        some works        --peers ours,pouchdb   some contestants        --variants ours,rxdb-enc
//   --runs N --size N   other numbers     --again                forgets what an unfinished bench has measured
//   --report            measures nothing and prints what was measured last
// A whole run draws docs/bench.svg and writes its goals into README.
import { createHash } from 'node:crypto'
import { execSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CHROMIUM, rm } from './lib/browser.mjs'
import { chart, readme } from './lib/chart.mjs'
import { W6 } from './lib/crowd.mjs'
import { GOALS, TITLES } from './lib/goals.mjs'
import { Ground } from './lib/ground.mjs'
import { W8 } from './lib/growth.mjs'
import { W9 } from './lib/hand.mjs'
import { records } from './lib/records.mjs'
import { judged, Results, tables } from './lib/results.mjs'
import { sleep } from './lib/stats.mjs'
import { W7 } from './lib/weight.mjs'
import { W1, W2, W2n, W3, W3n, W4, W5 } from './lib/works.mjs'

const here = path.dirname(fileURLToPath(import.meta.url)), root = path.dirname(here)
const { values: asked } = parseArgs({ options: {
  quick: { type: 'boolean' }, again: { type: 'boolean' }, report: { type: 'boolean' }, json: { type: 'boolean' }, only: { type: 'string' }, peers: { type: 'string' },
  variants: { type: 'string' }, runs: { type: 'string' }, size: { type: 'string' }, out: { type: 'string' } } })
const quick = Boolean(asked.quick)
const RUNS = Number(asked.runs ?? (quick ? 3 : 5)), SIZE = Number(asked.size ?? (quick ? 2000 : 10_000))
const NETRUNS = Math.min(RUNS, quick ? 1 : 3)
const LONGEST_MS = 10 * 60_000
const log = (...words) => console.error(new Date().toISOString().slice(11, 19), ...words)

/* W4 and W5 do all their runs on one filled phone. */
const WORKS = [['W7', W7, 1], ['W9', W9, 1], ['W8', W8, 1], ['W5', (g, w) => W5(g, w, RUNS), 1], ['W1', W1, RUNS], ['W2', W2, RUNS], ['W3', W3, RUNS], ['W4', (g, w) => W4(g, w, RUNS), 1],
  ['W6', W6, RUNS], ['W2n', W2n, NETRUNS], ['W3n', W3n, NETRUNS]]
const OURS = new Set(['W8', 'W9'])
const only = asked.only?.split(',')
const works = WORKS.filter(([name]) => !asked.report && (!only || only.includes(name)))

function machine() {
  const locked = JSON.parse(fs.readFileSync(path.join(here, 'package.json'), 'utf8')).devDependencies
  return { cpu: os.cpus()[0].model, cores: os.cpus().length, memory_gb: Math.round(os.totalmem() / 2 ** 30), system: `${os.type()} ${os.release()}`,
    node: process.version, chromium: execSync(`${CHROMIUM} --version --no-sandbox 2>/dev/null`).toString().trim(), versions: locked }
}

/* What else ran: the share of all CPU that others used while the bench itself waited. */
function cpu() {
  const [, ...ticks] = fs.readFileSync('/proc/stat', 'utf8').split('\n')[0].trim().split(/\s+/).map(Number)
  return { idle: ticks[3] + ticks[4], all: ticks.slice(0, 8).reduce((a, b) => a + b, 0) }
}
async function others(patience = 2000) {
  for (const end = Date.now() + patience; ;) {
    const before = cpu()
    await sleep(300)
    const after = cpu(), busy = 1 - (after.idle - before.idle) / (after.all - before.all)
    if (busy < 0.25 || Date.now() > end) return busy
  }
}

const commit = execSync('git rev-parse --short HEAD', { cwd: root }).toString().trim()
const settings = { commit, runs: RUNS, netruns: NETRUNS, size: SIZE, quick, wanted: [asked.only, asked.peers, asked.variants] }
const fingerprint = createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 16)
const out = path.resolve(asked.out ?? path.join(here, 'results', quick ? 'quick.json' : 'full.json'))
const results = new Results(out, { ...settings, fingerprint, begun: new Date().toISOString(), machine: machine(), load_at_start: os.loadavg() })
if (asked.report ? results.read() : !asked.again && results.resume()) log('goes on with', out)

const tmp = fs.mkdtempSync(path.join(os.tmpdir(), 'raadgiver-bench-'))
process.on('exit', () => rm(tmp))
const ground = new Ground(root, tmp, results, log)
ground.size = SIZE
ground.quick = quick
const shared = new Map()         // one filled server per contestant: pulls do not change it
ground.shared = async (who) => {
  if (!shared.has(who.name)) shared.set(who.name, await ground.seeded(who, records(SIZE, 7)))
  return shared.get(who.name)
}
const letGo = async () => { await ground.clear(); shared.clear() }

const inTime = (work, longest) => { let timer; return Promise.race([work, new Promise((_, no) => { timer = setTimeout(() => no(new Error('too slow')), longest) })]).finally(() => clearTimeout(timer)) }

const contestants = asked.report ? [] : await ground.contestants((asked.peers ?? 'ours,pouchdb,rxdb,dexie').split(','), asked.variants?.split(','))
for (const [work, act, times] of works) {
  for (let run = 0; run < times; run++) for (const who of contestants) {          // run by run, so that noise hits all alike
    if (OURS.has(work) && who.name !== 'ours' || who.only && !who.only.includes(work) || results.count(work, who.name) > run) continue
    results.put('others', who.name, `${work} CPU % before`, 100 * await others())
    const begun = Date.now()
    try {
      await inTime(act(ground, who, run), (work === 'W8' ? 4 : 1) * LONGEST_MS)  // W8 fills a million records and twice ten teams
      results.over(work, who.name)
    } catch (error) {
      log('FAILED', work, who.name, error.message)
      results.failed(work, who.name, error)
      await letGo()
    }
    log(work, who.name, `run ${run + 1} of ${times}`, `${((Date.now() - begun) / 1000).toFixed(1)} s`)
  }
  if (work !== 'W5') await letGo()
}
await letGo()
if (!asked.report) {
  Object.assign(results.meta, { ended: new Date().toISOString(), load_at_end: os.loadavg() })
  results.save()
}

const summary = results.summary(), verdict = judged(summary, GOALS)
if (!quick && !asked.only && !asked.peers && !asked.variants && !asked.out) {
  const page = path.join(root, 'README.md')
  fs.writeFileSync(path.join(root, 'docs/bench.svg'), chart(summary, results.meta))
  fs.writeFileSync(page, readme(fs.readFileSync(page, 'utf8'), verdict))
}
if (asked.json) console.log(JSON.stringify({ meta: results.meta, results: summary, goals: verdict, errors: results.errors }))
else {
  console.log(tables(summary, { ...TITLES, others: 'what else ran, % of all CPU before each run' }))
  console.log('\nGoals\n| work | what | measured | goal | |\n|---|---|---:|---:|---|')
  for (const { work, text, value, goal, met } of verdict) if (value !== null) console.log(`| ${work} | ${text} | ${value} | ${goal} | ${met ? 'met' : 'NOT MET'} |`)
}
for (const [where, said] of Object.entries(results.errors)) log('failed:', where, said[0])
log('written to', path.relative(process.cwd(), out))
process.exit(Object.keys(results.errors).length ? 1 : 0)
