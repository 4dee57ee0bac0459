/* A phone whose clock is ten years wrong all week changes nothing but when things say they were made (I17). */
import assert from 'node:assert/strict'
import test from 'node:test'
import 'fake-indexeddb/auto'
import { Host } from './host'
import type { Story } from './story'
import { week } from './week'

const YEARS = 10 * 365 * 86_400_000
const SEEDS = Array.from({ length: Number(process.env['CLOCKS'] ?? 12) }, (_, i) => 1_001 + i)

/* What each phone shows and holds in the end, with places in the week instead of ids. All alike: so has the server. */
function outcome(story: Story): unknown {
  const number = new Map([...story.numbers].map(([key, at]) => [key.slice(key.indexOf('/') + 1), `${key.split('/')[0]} ${at}`]))
  const told = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? number.get(part) ?? part : part)))
  return story.phones.map(({ device: { book } }) => ({
    rows: [...story.numbers].map(([key, at]) => {
      const [kind, id] = key.split('/') as ['visit', string]
      const row = book.one(kind, id)
      return row && [at, kind, row.state, row.rev, told(sorted(row.data))]
    }),
    ops: book.ops().map(({ device_seq, where, status, code }) => [device_seq, where, status, code]),
    questions: book.conflicts().map(({ code, fields }) => JSON.stringify(told([code, sorted(fields)]))).sort(),
  }))
}

const sorted = (data: object) => Object.entries(data).map(([name, value]): [string, unknown] => [name, Array.isArray(value) ? [...value as unknown[]].sort() : value]).sort(([a], [b]) => (a < b ? -1 : 1))

test('with a clock ten years wrong each week ends the same', async () => {
  const host = await Host.begin()
  try {
    for (const seed of SEEDS) {
      const right = await week(host, seed, { skews: [0, 0, 0] })
      const wrong = await week(host, seed, { skews: [YEARS, -YEARS, YEARS] })
      assert.deepEqual(outcome(wrong), outcome(right), `seed ${seed}`)
    }
  } finally { await host.end() }
})
