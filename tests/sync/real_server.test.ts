/* Seeded weeks against the real server. WEEKS=500 for a long run, FROM=17 to begin there; every tenth week restores backups. */
import assert from 'node:assert/strict'
import test from 'node:test'
import 'fake-indexeddb/auto'
import { RealServer } from './real_host'
import { realWeek } from './week'

const first = Number(process.env['FROM'] ?? 9)
const count = Number(process.env['WEEKS'] ?? 2)
const RESTORED_EVERY = 10
const WEEKS_PER_SERVER = 25       // views grow with every week, so the server is a new one now and then

test(`${count} weeks against the real server keep every promise`, async (t) => {
  const broken: string[] = []
  let restores = 0
  let server: RealServer | null = null
  const stop = async () => { restores += server?.restores ?? 0; await server?.end(); server = null }
  for (let seed = first; seed < first + count; seed++) {
    const restored = seed % RESTORED_EVERY === 0
    if (restored || seed % WEEKS_PER_SERVER === 0) await stop()
    server ??= await RealServer.begin()
    const host = server.host()
    await realWeek(seed, () => host, restored ? 4 : 0).catch((error: Error) => broken.push(error.message))
    if (restored) await stop()
  }
  await stop()
  t.diagnostic(`${restores} restores`)
  assert.deepEqual(broken.slice(0, 10), [], `${broken.length} of ${count}`)
})
