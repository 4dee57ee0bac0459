// W6: twenty phones at once, from a process of their own so that the load is not what is measured.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { must } from './ground.mjs'
import { usage } from './proc.mjs'

const PHONES = 20, EACH = 50

export async function W6(ground, who, run) {
  for (const [mode, per, rounds] of [['batch', EACH, 5], ['single', 1, 2]]) {
    const server = await ground.server(who)
    const idle = usage(server.pid), before = await who.peer.count(server.port)
    const words = [path.join(ground.root, 'bench/lib/load.mjs'), who.peer.file, server.port, PHONES, EACH, per, rounds, 600 + run].map(String)
    const load = JSON.parse((await promisify(execFile)(process.execPath, words, { maxBuffer: 1e7 })).stdout)
    const after = usage(server.pid), sent = PHONES * EACH * (rounds + 1)
    must(await who.peer.count(server.port) - before === sent, 'not all is on the server')
    ground.put('W6', who, { [`${mode} records/s`]: load.rps, [`${mode} p95 ms`]: load.p95,
      [`${mode} CPU ms a record`]: ((after.cpuS - idle.cpuS) * 1000) / sent, ...(mode === 'batch' ? { 'memory MB': after.pssMB, 'RSS MB': after.rssMB } : {}) })
    await server.close()
  }
}
