/* A round with the server in any weather: alone, dying in the middle, or several phones at once in an order that chance decides. */
import { Device, type DeviceOptions } from './device'
import type { Account } from './server'
import type { Phone, Story } from './story'
import { chance } from './time'
import { type Fault, weather } from './weather'

/* A phone with a jar for its cookie and chance of its own, so that phones that send at once do not disturb each other's. */
export async function phoneOf(story: Story, name: string, account: Account, planted: Pick<DeviceOptions, 'bookOf' | 'lineOf'>): Promise<Phone> {
  const random = chance(story.seed * 31 + story.phones.length)
  const phone: Phone = { name, user: account.id, jar: `${name}`, random, device: null!, fault: null, spared: 0, dies: null, turn: null }
  const sky = weather(story.host.line(phone.jar, story.clock), () => {
    if (!phone.fault || phone.spared-- > 0) return null
    const fault = phone.fault
    if (random() < 0.6) phone.fault = null
    return fault
  }, (late) => story.ghosts.push(late))
  const fetch = (async (path: RequestInfo | URL, init?: RequestInit) => {
    await phone.turn?.()
    if (phone.dies && random() < 0.2) return gone(phone)
    const response = await sky(path, init)
    return phone.dies && random() < 0.2 ? gone(phone) : response
  }) as typeof globalThis.fetch
  phone.device = new Device({ user: account, email: account.email, password: account.password, clock: story.clock, random, fetch, ...planted })
  await phone.device.open()
  return phone
}

/* The fault strikes after so many requests have been spared. */
export async function sync(phone: Phone, fault: Fault | null, spared = 0) {
  phone.fault = fault
  phone.spared = spared
  let state = await phone.device.sync()
  if (state.phase === 'SIGN_IN') { phone.fault = null; await phone.device.signIn(); state = await phone.device.sync() }
  phone.fault = null
  return state
}

/* The app is killed while a request is under way, before or after the server has seen it: whatever awaited its answer
   never goes on. */
function gone(phone: Phone): Promise<Response> { phone.dies!(); return new Promise(() => {}) }
export async function dyingSync(phone: Phone): Promise<void> {
  const died = new Promise<void>((resolve) => { phone.dies = resolve })
  await Promise.race([phone.device.sync(), died])
  phone.dies = null
  await phone.device.crash()
}

/* All phones at once. Each request waits until every phone stands at one or is done; then chance lets one through. */
export async function together({ phones, random }: Story, fault: () => Fault | null): Promise<void> {
  const waiting = new Map<Phone, () => void>()
  let moving = phones.length
  const next = () => {
    if (moving || !waiting.size) return
    const ready = phones.filter((phone) => waiting.has(phone))
    const phone = ready[Math.floor(random() * ready.length)]!
    const go = waiting.get(phone)!
    waiting.delete(phone)
    moving = 1
    go()
  }
  const faults = phones.map(fault)
  for (const phone of phones) phone.turn = () => new Promise((go) => { waiting.set(phone, go); moving -= 1; next() })
  await Promise.all(phones.map(async (phone, i) => {
    await sync(phone, faults[i]!)
    phone.turn = null
    moving -= 1
    next()
  }))
}
