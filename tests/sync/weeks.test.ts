/* Seeded weeks with the real notebook, the real line and the real server: FROM=17 SEEDS=1 plays one week again and tells it. */
import assert from 'node:assert/strict'
import test from 'node:test'
import 'fake-indexeddb/auto'
import { Host } from './host'
import { Broken } from './signs'
import { week } from './week'

const first = Number(process.env['FROM'] ?? 1)
const count = Number(process.env['SEEDS'] ?? 500)
const LANES = Math.min(count, Number(process.env['LANES'] ?? 2))

test(`${count} weeks end with nothing lost, nobody quarrelling with himself, and all alike`, { timeout: 24 * 3_600_000 }, async (t) => {
  const broken: string[] = []
  const began = performance.now()
  let seed = first
  await Promise.all(Array.from({ length: LANES }, async () => {
    const host = await Host.begin()
    while (seed < first + count) {
      const mine = seed++
      await week(host, mine).catch((error: Error) => {
        broken.push(`${error.message}   again: FROM=${mine} SEEDS=1 node .test/tests/sync/weeks.test.mjs`)
        if (count === 1) console.log(error instanceof Broken ? error.story.told.join('\n') : error.stack)
      })
      if ((mine - first + 1) % 1_000 === 0) console.log(`# ${mine - first + 1} weeks, ${broken.length} broken`)
    }
    await host.end()
  }))
  t.diagnostic(`${(count / (performance.now() - began) * 1_000).toFixed(1)} weeks a second`)
  assert.deepEqual(broken.slice(0, 10), [], `${broken.length} of ${count}`)
})
