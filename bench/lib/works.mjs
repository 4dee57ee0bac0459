// The works that need a browser: W1 to W5. Each is done by one contestant once, and puts what it measured.
import { execSync } from 'node:child_process'
import { rm, tmpProfile } from './browser.mjs'
import { must, NET } from './ground.mjs'
import { records } from './records.mjs'
import { median, pct } from './stats.mjs'

const SAVES = 200
const PUSHED = 1000

export async function W1(ground, who, run) {
  const server = await ground.server(who)
  await ground.browser(async (page) => {
    await ground.page(page, server.url)
    const taken = await page.evaluate(([count, seed]) => bench.timeSaves(count, seed), [SAVES, 100 + run])
    must(await page.evaluate(() => bench.count()) >= SAVES, 'not all was saved')
    ground.put('W1', who, { 'p50 ms': pct(taken, 50), 'p95 ms': pct(taken, 95) })
  })
  await server.close()
}

export async function W2(ground, who, run, net = null) {
  const server = await ground.server(who)
  await ground.browser(async (page) => {
    await ground.page(page, server.url)
    await page.evaluate(([count, seed]) => bench.fill(count, seed), [PUSHED, 200 + run])
    server.proxy.reset()
    server.proxy.setProfile(net)
    const ms = await page.evaluate(async () => { const begun = performance.now(); await bench.push(); return performance.now() - begun })
    const { up, down, requests } = server.proxy.snapshot()
    server.proxy.setProfile(null)
    await page.evaluate(() => bench.settled?.())
    const there = await who.peer.count(server.port)
    must(there === PUSHED + (who.peer.ddocs ?? 0), `the server has ${there}`)
    ground.put(net ? 'W2n' : 'W2', who, { s: ms / 1000, 'kB up': up / 1000, 'kB down': down / 1000, requests })
  })
  await server.close()
}
export const W2n = (ground, who, run) => W2(ground, who, run, NET)

/* An empty phone gets everything; what it took, and what is shown at once. */
async function pulled(page, size) {
  const got = await page.evaluate(async () => {
    const begun = performance.now()
    await bench.pull()
    const stored = performance.now() - begun
    const newest = (await bench.newest(50)).length
    return { stored: stored / 1000, found: (performance.now() - begun) / 1000, newest, count: await bench.count() }
  })
  must(got.newest === 50 && got.count === size, `${got.newest} found, ${got.count} stored`)
  return got
}

export async function W3(ground, who, _run, net = null) {
  const server = await ground.shared(who)
  await ground.browser(async (page) => {
    await ground.page(page, server.url)
    server.proxy.reset()
    server.proxy.setProfile(net)
    const { stored, found } = await pulled(page, ground.size).finally(() => server.proxy.setProfile(null))
    const { up, down, requests } = server.proxy.snapshot()
    ground.put(net ? 'W3n' : 'W3', who, { 's stored': stored, 's found': found, 'kB down': down / 1000, 'kB up': up / 1000, requests })
  })
}
export const W3n = (ground, who, run) => W3(ground, who, run, NET)

/** All runs of W5 at once, and W5n after them: filling the phone costs more than the rounds. */
export async function W5(ground, who, runs) {
  const server = await ground.shared(who)
  await ground.browser(async (page) => {
    await ground.page(page, server.url)
    await pulled(page, ground.size)
    const rounds = async (count) => {
      server.proxy.reset()
      const taken = await page.evaluate(async (n) => {
        const taken = []
        for (let i = 0; i < n; i++) { const begun = performance.now(); await bench.sync(); taken.push(performance.now() - begun) }
        return taken
      }, count)
      const { up, down, requests } = server.proxy.snapshot()
      return { ms: median(taken), bytes: (up + down) / count, 'bytes up': up / count, 'bytes down': down / count, requests: requests / count }
    }
    await rounds(3)
    for (let run = 0; run < runs; run++) ground.put('W5', who, await rounds(20))
    server.proxy.setProfile(NET)
    try { for (let run = 0; run < runs; run++) ground.put('W5n', who, await rounds(3)) } finally { server.proxy.setProfile(null) }
  })
}

/** All runs of W4 at once. The server and its port are gone, the shell comes out of the service worker. */
export async function W4(ground, who, runs) {
  const profile = tmpProfile(ground.tmp)
  const server = await ground.seeded(who, records(ground.size, 7))
  const listed = async (page) => { await page.waitForFunction(() => window.bench?.listed); return page.evaluate(() => bench.listed) }
  try {
    await ground.browser(async (page) => {
      await ground.page(page, server.url)
      await pulled(page, ground.size)
      await page.evaluate(async () => { await navigator.serviceWorker.register('/sw.js'); await navigator.serviceWorker.ready })
      await page.goto(server.listUrl)
      await listed(page)
    }, profile)
    await server.close()
    const visit = (slowed, address = server.listUrl) => ground.browser(async (page, { ctx }) => {
      await page.goto('about:blank')
      if (slowed > 1) await (await ctx.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: slowed })
      await page.goto(address, { waitUntil: 'commit' })
      const cold = await listed(page)
      must(cold.n === 50, `${cold.n} drawn`)
      await page.reload({ waitUntil: 'commit' })
      const warm = await listed(page)
      return { cold: cold.t, warm: warm.t }
    }, profile)
    await visit(1)          // untimed: lets the browser tidy up after the big pull
    for (let run = 0; run < runs; run++) {
      const [free, slow, empty] = [await visit(1), await visit(4), await visit(4, server.url.replace('/?', '/empty.html?'))]
      ground.put('W4', who, { 'cold ms': free.cold, 'reload ms': free.warm, 'cold 4× ms': slow.cold, 'reload 4× ms': slow.warm, 'empty page cold 4× ms': empty.cold, 'cold 4× / empty page': slow.cold / empty.cold })
    }
    ground.put('W4', who, { 'profile MB': Number(execSync(`du -sk ${profile}/Default/IndexedDB`).toString().split('\t')[0]) / 1024 })
  } finally {
    rm(profile)
  }
}
