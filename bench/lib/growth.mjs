// W8: the server alone, with a book that grows, and the office's pages at five years of ten teams.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { practices } from './records.mjs'

export async function W8(ground, who) {
  const sizes = ground.quick ? [1000, 20_000] : [1000, 100_000, 1_000_000]
  const env = { ...process.env, PYTHONPATH: ground.root, RAADGIVER_STATE_DIR: path.join(ground.tmp, 'growth'), RAADGIVER_DATABASE_URL: '',
    RAADGIVER_SECRET_KEY: 'en hemmelighed kun til målinger', RAADGIVER_LIMITS: 'off' }
  const words = [path.join(ground.root, 'bench/peers/app/growth.py'), practices().join(','), ...sizes.map(String)]
  const { stdout } = await promisify(execFile)(who.peer.python, words, { cwd: ground.root, env, maxBuffer: 1e7 })
  const told = JSON.parse(stdout.trim().split('\n').at(-1))
  const [least, most] = [told[sizes[0]].rounds, told[sizes.at(-1)].rounds]
  for (const size of sizes) ground.put('W8', who, { [`idle pull CPU ms at ${size}`]: told[size].rounds['idle pull'], [`push CPU ms at ${size}`]: told[size].rounds.push })
  ground.put('W8', who, { 'idle pull growth': most['idle pull'] / least['idle pull'], 'push growth': most.push / least.push })
  const office = [path.join(ground.root, 'bench/peers/app/office.py'), ground.quick ? '2' : '10', ground.tmp, 'sqlite', 'postgres']
  const timed = JSON.parse((await promisify(execFile)(who.peer.python, office, { cwd: ground.root, env, maxBuffer: 1e7 })).stdout.trim().split('\n').at(-1))
  for (const [database, { pages, ...acts }] of Object.entries(timed)) {
    const slowest = Object.entries(pages).sort(([, a], [, b]) => b.ms - a.ms)
    ground.put('W8', who, { [`office page ms, ${database}`]: slowest[0][1].ms, [`close s, ${database}`]: acts['close with its package'].ms / 1000,
      [`package s, ${database}`]: acts.package.ms / 1000 })
    for (const [address, took] of slowest) ground.log(`W8 ${database} ${address} ${took.ms.toFixed(0)} ms, CPU ${took['CPU ms'].toFixed(0)} ms`)
  }
}
