// W9: the real app under a hand, on a CPU four times slower: what lies between a tap and what it shows.
import path from 'node:path'
import { must } from './ground.mjs'
import { practices } from './records.mjs'
import { pct, sleep } from './stats.mjs'

const SAVES = 12, PASSPHRASE = 'en lang adgangssætning'
const SCREENS = ['#/praksisser', '#/', '#/borgere', '#/mere', '#/status']
const HOLD_MS = 11_000          // the ten seconds in which a save can be taken back

/* In the page: taps an element and waits until `shows` stands there and is painted; the milliseconds between. */
const TAP = (selector, name, shows, among) => new Promise((done, fail) => {
  const named = (element) => element.textContent.trim() === name
  const target = [...document.querySelectorAll(selector)].find((element) => name === null || named(element))
  if (!target) return fail(new Error(`nothing to tap: ${selector} ${name}`))
  const there = () => [...document.querySelectorAll(among)].some((element) => element.textContent.includes(shows))
  const timer = setTimeout(() => fail(new Error(`not shown: ${shows}`)), 20_000)
  const begun = performance.now()
  const look = () => {
    if (!there()) return requestAnimationFrame(look)
    clearTimeout(timer)
    requestAnimationFrame(() => done(performance.now() - begun))
  }
  target.click()
  look()
})

const tap = (page, ...words) => page.evaluate(`(${TAP})(...${JSON.stringify(words)})`)        // as a word of the tools: the page's CSP stays

export async function W9(ground, who) {
  const server = await ground.server({ ...who, peer: { ...who.peer, pages: path.join(ground.tmp, 'no-pages') } })
  await ground.browser(async (page, { ctx }) => {
    page.setDefaultTimeout(60_000)
    await (await ctx.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await page.addInitScript(() => { navigator.standalone = true })      // the app lies on the home screen
    await page.goto(server.url)
    await page.getByLabel('E-mail').fill('adviser@bench.example')
    await page.getByLabel('Adgangssætning').fill(PASSPHRASE)
    await page.getByRole('button', { name: 'Log ind', exact: true }).click()
    await page.locator('nav a[href="#/praksisser"]').waitFor()
    await changes(ground, who, page)
    await saves(ground, who, page)
    await firstSend(ground, who, page, ctx, server)
    await unlocks(ground, who, page)
  })
  await server.close()
}

async function changes(ground, who, page) {
  const taken = []
  for (let i = 0; i < 4; i++) for (const to of SCREENS) {
    const link = page.locator(`a[href="${to}"]`)
    if (!await link.count()) continue
    const before = await page.evaluate(() => document.querySelector('h1')?.textContent)
    const ms = await page.evaluate(`(${HEADING})(${JSON.stringify(to)}, ${JSON.stringify(before)})`)
    if (ms !== null) taken.push(ms)
    await sleep(150)
  }
  must(taken.length > 5, 'too few screens changed')
  ground.put('W9', who, { 'screen p50 ms': pct(taken, 50), 'screen p95 ms': pct(taken, 95) })
}

/* In the page: taps a link and waits for another heading; null when it was the same. */
const HEADING = (to, before) => new Promise((done) => {
  const begun = performance.now()
  const look = () => {
    const now = document.querySelector('h1')?.textContent
    if (now && now !== before) return requestAnimationFrame(() => done(performance.now() - begun))
    if (performance.now() - begun > 4000) return done(null)
    requestAnimationFrame(look)
  }
  document.querySelector(`a[href="${to}"]`).click()
  look()
})

async function visit(page, i) {
  await page.evaluate((id) => { location.hash = `#/besoeg/ny/${id}` }, practices()[i % 40])
  await page.getByRole('button', { name: 'Gem', exact: true }).waitFor()
  await page.getByRole('group', { name: 'Hvem mødte du?' }).getByLabel('Læge', { exact: true }).check({ force: true })
  await page.locator('.messages [role=status]').filter({ hasText: 'Gemt på telefonen' }).waitFor({ state: 'detached' })      // the word of the save before
  await sleep(300)
}

async function saves(ground, who, page) {
  const taken = []
  for (let i = 0; i < SAVES; i++) {
    await visit(page, i)
    taken.push(await tap(page, 'button', 'Gem', 'Gemt på telefonen', '.messages [role=status]'))
  }
  ground.put('W9', who, { 'save p50 ms': pct(taken, 50), 'save p95 ms': pct(taken, 95) })
}

async function firstSend(ground, who, page, ctx, server) {
  await ctx.setOffline(true)
  await visit(page, SAVES)
  await tap(page, 'button', 'Gem', 'Gemt på telefonen', '.messages [role=status]')
  await sleep(HOLD_MS)
  const before = await who.peer.count(server.port)
  const begun = performance.now()
  await ctx.setOffline(false)
  while (await who.peer.count(server.port) === before && performance.now() - begun < 60_000) await sleep(20)
  ground.put('W9', who, { 'first send s': (performance.now() - begun) / 1000 })
}

async function unlocks(ground, who, page) {
  await page.reload()
  const unlock = page.getByRole('button', { name: 'Lås op', exact: true })
  await unlock.or(page.locator('nav a[href="#/praksisser"]').first()).waitFor()
  if (!await unlock.count()) return
  await page.getByLabel('Adgangssætning').fill(PASSPHRASE)
  ground.put('W9', who, { 'unlock s': await tap(page, 'button', 'Lås op', 'Praksisser', 'nav a') / 1000 })
}
