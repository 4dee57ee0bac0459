// W8: the server alone, with a book that grows. CPU time, so that what else runs does not count.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { practices } from './records.mjs'

const OFFICE = 100_000

export async function W8(ground, who) {
  const sizes = ground.quick ? [1000, 20_000] : [1000, OFFICE, 1_000_000]
  const env = { ...process.env, PYTHONPATH: ground.root, RAADGIVER_STATE_DIR: path.join(ground.tmp, 'growth'), RAADGIVER_DATABASE_URL: '',
    RAADGIVER_SECRET_KEY: 'en hemmelighed kun til målinger', RAADGIVER_LIMITS: 'off' }
  const words = [path.join(ground.root, 'bench/peers/app/growth.py'), practices().join(','), ...sizes.map(String)]
  const { stdout } = await promisify(execFile)(who.peer.python, words, { cwd: ground.root, env, maxBuffer: 1e7 })
  const told = JSON.parse(stdout.trim().split('\n').at(-1))
  const [least, most] = [told[sizes[0]].rounds, told[sizes.at(-1)].rounds]
  for (const size of sizes) ground.put('W8', who, { [`idle pull CPU ms at ${size}`]: told[size].rounds['idle pull'], [`push CPU ms at ${size}`]: told[size].rounds.push })
  ground.put('W8', who, { 'idle pull growth': most['idle pull'] / least['idle pull'], 'push growth': most.push / least.push })
  const pages = Object.entries(told[OFFICE]?.pages ?? {}).sort(([, a], [, b]) => b - a)
  if (pages.length) ground.put('W8', who, { 'office page ms': pages[0][1] })
  for (const [address, ms] of pages.slice(0, 3)) ground.log(`W8 office ${address} ${ms.toFixed(0)} ms`)
}
