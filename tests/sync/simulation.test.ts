/* Seeded weeks with the real notebook and the real line: SEEDS=500 for a long run, SEED=17 for one. */
import assert from 'node:assert/strict'
import test from 'node:test'
import 'fake-indexeddb/auto'
import { PLANTED } from './planted'
import { week } from './week'

const seeds = process.env['SEED'] ? [Number(process.env['SEED'])] : Array.from({ length: Number(process.env['SEEDS'] ?? 60) }, (_, i) => i + 1)
const ENOUGH = 300     // most are found within 20

test(`${seeds.length} weeks end with nothing lost, nobody quarrelling with himself, and all alike`, async () => {
  const broken: string[] = []
  for (const seed of seeds) await week(seed).catch((error: Error) => broken.push(error.message + (process.env['SEED'] ? error.stack : '')))
  assert.deepEqual(broken.slice(0, 5), [], `${broken.length} of ${seeds.length}`)
})

for (const [mistake, planted] of Object.entries(PLANTED))
  test(`the weeks find it when ${mistake}`, async (t) => {
    for (let seed = 1; seed <= ENOUGH; seed++) {
      const found = await week(seed, planted).then(() => null, (error: Error) => error)
      if (found) return t.diagnostic(`${found.message.slice(0, 90)}`)
    }
    assert.fail(`not found in ${ENOUGH} weeks`)
  })
