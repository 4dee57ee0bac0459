// What was measured: raw values by work, contestant and metric, written down after every run so that a stopped bench goes on where it was.
import fs from 'node:fs'
import path from 'node:path'
import { mmm, sig } from './stats.mjs'

export class Results {
  raw = {}
  done = {}         // work/contestant → runs that are over
  errors = {}

  constructor(file, meta) { this.file = file; this.meta = meta }

  /** Goes on with what lies in the file, if it was made with the same settings on the same tree. */
  resume() {
    if (!fs.existsSync(this.file)) return false
    const { meta, raw, done, errors } = JSON.parse(fs.readFileSync(this.file, 'utf8'))
    if (meta.fingerprint !== this.meta.fingerprint) return false
    Object.assign(this, { raw, done, errors, meta: { ...this.meta, begun: meta.begun } })
    return true
  }

  /** What lies in the file, whenever and wherever it was measured. */
  read() {
    Object.assign(this, JSON.parse(fs.readFileSync(this.file, 'utf8')))
    return true
  }

  put(work, who, metric, value) { (((this.raw[work] ??= {})[who] ??= {})[metric] ??= []).push(value) }
  count(work, who) { return this.done[`${work}/${who}`] ?? 0 }
  over(work, who) { this.done[`${work}/${who}`] = this.count(work, who) + 1; this.save() }
  failed(work, who, error) { (this.errors[`${work}/${who}`] ??= []).push(String(error.message ?? error).slice(0, 400)); this.over(work, who) }

  summary() {
    return mapped(this.raw, (contestants) => mapped(contestants, (metrics) => mapped(metrics, mmm)))
  }

  save() {
    fs.mkdirSync(path.dirname(this.file), { recursive: true })
    fs.writeFileSync(`${this.file}.new`, JSON.stringify({ meta: this.meta, results: this.summary(), raw: this.raw, done: this.done, errors: this.errors }, null, 1))
    fs.renameSync(`${this.file}.new`, this.file)
  }
}

const mapped = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
const cell = (m) => (m === undefined ? '–' : m.min === m.max ? String(sig(m.median, 3)) : `${sig(m.median, 3)} (${sig(m.min, 3)}–${sig(m.max, 3)})`)

/** One table a work: median (min–max). */
export function tables(summary, titles) {
  return Object.entries(summary).map(([work, contestants]) => {
    const metrics = [...new Set(Object.values(contestants).flatMap(Object.keys))]
    const rows = Object.entries(contestants).map(([who, of]) => `| ${who} | ${metrics.map((metric) => cell(of[metric])).join(' | ')} |`)
    return [`${work}: ${titles[work] ?? ''}`, `| | ${metrics.join(' | ')} |`, `|---|${metrics.map(() => '---:').join('|')}|`, ...rows].join('\n')
  }).join('\n\n')
}

/** The goals, each held against the medians: [{work, text, value, goal, met}]; value is null where nothing was measured. */
export function judged(summary, goals) {
  return goals.map(({ work, text, metric, than, beyond, times, at_least, at_most }) => {
    const of = (who) => summary[work]?.[who]?.[metric]?.median
    const ours = of('ours'), other = of(beyond ?? times)
    const value = than !== undefined ? ratio(summary[work], metric, than)
      : (beyond ?? times) === undefined ? ours ?? null
      : ours === undefined || other === undefined ? null : beyond ? Math.max(0, ours - other) : ours / other
    const goal = at_least ?? at_most
    const met = value === null ? null : at_least === undefined ? value <= goal : value >= goal
    return { work, text, value: value === null ? null : sig(value, 3), goal, met }
  })
}

/* How many times better ours is than the best of `than`; what is counted per second is better when there is more of it. */
function ratio(contestants = {}, metric, than) {
  const ours = contestants.ours?.[metric]?.median
  const theirs = than.map((who) => contestants[who]?.[metric]?.median).filter((value) => value !== undefined)
  if (ours === undefined || !theirs.length) return null
  return metric.endsWith('/s') ? ours / Math.max(...theirs) : Math.min(...theirs) / ours
}
