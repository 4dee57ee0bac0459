// What every work stands on: contestants with their servers behind a counting proxy, and a browser with a profile on disk.
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { launch, rm, tmpProfile } from './browser.mjs'
import { startProxy } from './proxy.mjs'
import { freePort } from './proc.mjs'
import { lay } from './static.mjs'

export const NET = { rttMs: 150, downKbps: 1600, upKbps: 750 }      // a slow 4G, as Lighthouse's mobile profile has it

/** esbuild is the product's own; the bench has none. */
export async function bundle(root, entry) {
  const esbuild = await import(pathToFileURL(path.join(root, 'node_modules/esbuild/lib/main.js')).href)
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry], bundle: true, minify: true, format: 'iife', target: 'es2022', write: false, logLevel: 'error',
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
  })
  return Buffer.from(outputFiles[0].contents)
}

export class Ground {
  #open = new Set()
  #numbers = 0

  constructor(root, tmp, results, log) { Object.assign(this, { root, tmp, results, log }) }

  /** The contestants: every variant of every peer that was asked for. */
  async contestants(names, wanted) {
    const found = []
    for (const name of names) {
      const file = path.join(this.root, 'bench/peers', name === 'ours' ? 'app' : name, 'peer.mjs')
      const peer = { ...(await import(pathToFileURL(file).href)).default, file, pages: path.join(this.tmp, `pages-${name}`) }
      lay(peer.pages, await bundle(this.root, peer.client))
      for (const [variant, { q = '', env = {}, only = null }] of Object.entries(peer.variants))
        if (!wanted || wanted.includes(variant)) found.push({ name: variant, peer, q, env, only })
    }
    return found
  }

  put(work, who, values) { for (const [metric, value] of Object.entries(values)) this.results.put(work, who.name, metric, value) }

  /** A server on an empty folder. */
  async server(who) {
    const dir = path.join(this.tmp, `server-${who.name}-${this.#numbers++}`)
    if (who.peer.name !== 'ours') fs.mkdirSync(dir, { recursive: true })
    const port = await freePort()
    const process = await who.peer.start({ port: String(port), dir, pages: who.peer.pages, log: path.join(this.tmp, `${who.name}.log`), env: who.env })
    const proxy = await startProxy(port)
    const url = `http://127.0.0.1:${proxy.port}/?${who.q}`
    const server = { ...process, port, proxy, url, listUrl: `${url}&list=1`, close: async () => {
      this.#open.delete(server)
      await proxy.stop()
      await process.stop()
      rm(dir)
    } }
    this.#open.add(server)
    return server
  }

  async seeded(who, records) {
    const server = await this.server(who)
    for (let i = 0; i < records.length; i += 5000) await who.peer.seed(server.port, records.slice(i, i + 5000))
    must(await who.peer.count(server.port) === records.length, 'the server has not what it was given')
    return server
  }

  async browser(act, profile = null) {
    const place = profile ?? tmpProfile(this.tmp)
    const browser = await launch(place)
    browser.page.on('pageerror', ({ message }) => this.log('page error', message))
    this.#open.add(browser)
    try {
      return await act(browser.page, browser)
    } finally {
      this.#open.delete(browser)
      await browser.close()
      if (!profile) rm(place)
    }
  }

  async page(page, url) {
    await page.goto(url)
    await page.waitForFunction(() => window.bench)
    await page.evaluate(() => bench.ready)
  }

  /** After a run that broke: nothing of it goes on. */
  async clear() { for (const left of [...this.#open]) { this.#open.delete(left); await left.close().catch(() => {}) } }
}

export function must(true_, words) { if (!true_) throw new Error(words) }
