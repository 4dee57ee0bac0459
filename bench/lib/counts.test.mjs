// Does the bench count right? Bytes and requests through the proxy, medians and ratios, and going on after a stop.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { chart, readme } from './chart.mjs'
import { startProxy } from './proxy.mjs'
import { dice, records, uuid } from './records.mjs'
import { judged, Results, tables } from './results.mjs'
import { median, mmm, pct } from './stats.mjs'

/* A server that answers each blank line with `answer`, and a client that sends `parts` one by one. */
async function talk(parts, answer) {
  const server = net.createServer((socket) => { let seen = ''; socket.on('data', (data) => { seen += data; while (seen.includes('\r\n\r\n')) { seen = seen.replace('\r\n\r\n', '~'); socket.write(answer) } }) })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  const proxy = await startProxy(server.address().port)
  const wanted = answer.length * parts.join('').split('\r\n\r\n').slice(1).length
  const client = net.connect(proxy.port, '127.0.0.1')
  let got = 0
  const all = new Promise((done) => client.on('data', (data) => { got += data.length; if (got === wanted) done() }))
  for (const part of parts) { client.write(part); await new Promise((next) => setTimeout(next, 30)) }
  await all
  const counted = proxy.snapshot()
  client.destroy()
  await proxy.stop()
  server.close()
  return counted
}

const ASKED = 'POST /api/push HTTP/1.1\r\nHost: here\r\n\r\n', ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'

test('every byte of two requests on one connection is counted, and each request once', async () => {
  const counted = await talk([ASKED, ASKED], ANSWER)
  assert.deepEqual(counted, { up: 2 * ASKED.length, down: 2 * ANSWER.length, requests: 2 })
})

test('a request that comes in pieces is one request', async () => {
  const counted = await talk([ASKED.slice(0, 9), ASKED.slice(9, 20), ASKED.slice(20)], ANSWER)
  assert.deepEqual(counted, { up: ASKED.length, down: ANSWER.length, requests: 1 })
})

test('a request is seen behind a packed body, whatever its last byte was', async () => {
  const packed = ASKED + '\x1f\x8b\x00end of a body'
  const counted = await talk([packed, packed, packed.slice(0, 30), packed.slice(30)], ANSWER)
  assert.equal(counted.requests, 3)
})

test('the middle, the ends and the late ones', () => {
  assert.deepEqual(mmm([5, 1, 3]), { median: 3, min: 1, max: 5, n: 3 })
  assert.equal(median([4, 1, 3, 2]), 2.5)
  assert.equal(pct([...Array(100).keys()], 95), 95)
})

const SUMMARY = { W2: { ours: { s: { median: 2 }, 'kB up': { median: 300 } }, slow: { s: { median: 12 } }, quick: { s: { median: 6 } } },
  W6: { ours: { 'records/s': { median: 900 } }, slow: { 'records/s': { median: 300 } } } }
const GOALS = [{ work: 'W2', metric: 's', than: ['slow', 'quick'], at_least: 4 }, { work: 'W2', metric: 's', than: ['slow'], at_least: 4 },
  { work: 'W2', metric: 'kB up', at_most: 250 }, { work: 'W2', metric: 's', times: 'slow', at_most: 1 }, { work: 'W2', metric: 's', beyond: 'quick', at_most: 1 }, { work: 'W6', metric: 'records/s', than: ['slow'], at_least: 2 }, { work: 'W4', metric: 'ms', at_most: 1 }]

test('ours is held against the best of the others, and more a second is better', () => {
  assert.deepEqual(judged(SUMMARY, GOALS).map(({ value, met }) => [value, met]), [[3, false], [6, true], [300, false], [0.167, true], [0, true], [3, true], [null, null]])
})

test('the chart draws what was measured, and README keeps all but what stands between the marks', () => {
  const measured = { W2: { ours: { s: { median: 2 } }, pouchdb: { s: { median: 8 } } }, W5: { ours: { bytes: { median: 900 } } } }
  const drawn = chart(measured, { runs: 5, commit: 'abc', begun: '2026-11-27T10:00:00Z', machine: { cores: 2, chromium: 'Chromium & co' } })
  const widths = [...drawn.matchAll(/width="([\d.]+)" height="9"/g)].map(([, width]) => Number(width))
  assert.ok(widths.length === 2 && Math.abs(widths[1] / widths[0] - 4) < 0.01 && drawn.includes('Chromium &amp; co') && !drawn.includes('Nothing new'))
  const page = 'before\n<!-- measured -->\nold\n<!-- /measured -->\nafter\n'
  const next = readme(page, judged(SUMMARY, GOALS))
  assert.ok(next.startsWith('before\n') && next.endsWith('<!-- /measured -->\nafter\n') && !next.includes('old') && next.includes('| W2 |'))
  assert.equal(readme(next, judged(SUMMARY, GOALS)), next)
})

test('a bench that was stopped goes on where it was, and one with other settings begins again', () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'counts-')), 'results.json')
  const first = new Results(file, { fingerprint: 'a' })
  first.put('W1', 'ours', 'ms', 3)
  first.over('W1', 'ours')
  first.failed('W1', 'peer', new Error('no answer'))
  const next = new Results(file, { fingerprint: 'a' })
  assert.equal(next.resume(), true)
  assert.deepEqual([next.count('W1', 'ours'), next.count('W1', 'peer'), next.count('W2', 'ours')], [1, 1, 0])
  assert.deepEqual(next.errors, { 'W1/peer': ['no answer'] })
  assert.match(tables(next.summary(), {}), /\| ours \| 3 \|/)
  assert.equal(new Results(file, { fingerprint: 'b' }).resume(), false)
})

test('the same seed gives the same visits, none of them looks like another and none lies ahead', () => {
  const today = Date.parse('2026-11-27T10:00:00Z')
  const [one, other] = [records(10_000, 7, today), records(10_000, 7, today)]
  assert.deepEqual(one, other)
  assert.equal(new Set(one.map(({ id }) => id)).size, one.length)
  assert.ok(one.every(({ occurred_at, note, follow_up }) => occurred_at < '2026-11-26' && note.length <= 140 && follow_up.length <= 80))
  assert.match(uuid(dice(1)), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})
