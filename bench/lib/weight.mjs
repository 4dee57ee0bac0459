// W7: what a library weighs by itself, and what the phone's first load weighs as our server sends it.
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { bundle } from './ground.mjs'

const packed = (bytes) => zlib.gzipSync(bytes, { level: 9 }).length / 1000

/** The script and all that it cannot start without; what comes later is written import(…). */
function firstLoad(dist, script) {
  const found = new Set(), coming = [script]
  while (coming.length) {
    const name = coming.pop()
    if (found.has(name)) continue
    found.add(name)
    for (const [, next] of fs.readFileSync(path.join(dist, name), 'utf8').matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) coming.push(next)
  }
  return [...found]
}

export async function W7(ground, who) {
  if (who.name !== who.peer.name) return
  const library = await bundle(ground.root, who.peer.library)
  ground.put('W7', who, { 'min kB': library.length / 1000, 'gzip kB': packed(library), 'brotli kB': zlib.brotliCompressSync(library).length / 1000 })
  if (who.name !== 'ours') return
  const dist = path.join(ground.root, 'static/dist')
  const manifest = JSON.parse(fs.readFileSync(path.join(dist, 'manifest.json'), 'utf8'))
  const scripts = firstLoad(dist, manifest.phone.js).map((name) => packed(fs.readFileSync(path.join(dist, name))))
  ground.put('W7', who, { 'first JavaScript kB': scripts.reduce((a, b) => a + b, 0), 'first load kB': await load(ground, who) })
}

/* Every byte down the wire, headers and fonts too, until the sign-in stands. */
async function load(ground, who) {
  const server = await ground.server({ ...who, peer: { ...who.peer, pages: path.join(ground.tmp, 'no-pages') } })
  try {
    return await ground.browser(async (page) => {
      await page.addInitScript(() => { delete Object.getPrototypeOf(navigator).serviceWorker })      // what it fetches is for later
      server.proxy.reset()
      await page.goto(server.url, { waitUntil: 'load' })
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.evaluate(() => document.fonts.ready)
      return server.proxy.snapshot().down / 1000
    })
  } finally {
    await server.close()
  }
}
