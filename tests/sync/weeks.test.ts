/* Seeded weeks with the real notebook, the real line and the real server: FROM=17 SEEDS=1 plays one week again and tells it. */
import assert from 'node:assert/strict'
import test from 'node:test'
import 'fake-indexeddb/auto'
import { Host } from './host'
import { Broken } from './signs'
import { week } from './week'

const first = Number(process.env['FROM'] ?? 1)
const count = Number(process.env['SEEDS'] ?? 500)
/* What a server can say to an op. Weeks in which it never came up would prove nothing about it. */
const SAID = ['OK', 'MERGED', 'LATE_MONTH_CLOSED', 'FIELD_CONFLICT', 'EDIT_VS_DELETE', 'DELETE_VS_EDIT', 'UNKNOWN_RECORD', 'INVALID', 'NOT_ALLOWED', 'NO_CONSENT', 'ERASED']
const LANES = Math.min(count, Number(process.env['LANES'] ?? 2))

test(`${count} weeks end with nothing lost, nobody quarrelling with himself, and all alike`, { timeout: 24 * 3_600_000 }, async (t) => {
  const broken: string[] = []
  const said = new Map<string, number>()
  const began = performance.now()
  let seed = first
  await Promise.all(Array.from({ length: LANES }, async () => {
    const host = await Host.begin()
    while (seed < first + count) {
      const mine = seed++
      await week(host, mine).then(({ end }) => {
        for (const { code } of Object.values(end.log)) said.set(code, (said.get(code) ?? 0) + 1)
      }, (error: Error) => {
        broken.push(`${error.message}   again: FROM=${mine} SEEDS=1 node .test/tests/sync/weeks.test.mjs`)
        if (count === 1) console.log(error instanceof Broken ? error.story.told.join('\n') : error.stack)
      })
      if ((mine - first + 1) % 1_000 === 0) console.log(`# ${mine - first + 1} weeks, ${broken.length} broken`)
    }
    await host.end()
  }))
  t.diagnostic(`${(count / (performance.now() - began) * 1_000).toFixed(1)} weeks a second`)
  t.diagnostic([...said].sort((a, b) => b[1] - a[1]).map((one) => one.join(' ')).join(', '))
  assert.deepEqual(broken.slice(0, 10), [], `${broken.length} of ${count}`)
  if (count >= 500) assert.deepEqual(SAID.filter((code) => !said.has(code)), [], 'never came up')
})
