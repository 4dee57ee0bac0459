/* One seeded week, judged by every promise. */
import { memoryHost } from './host'
import { allAlike, allBooked, noQuarrelWithOneself, nothingLost, nothingVanishes } from './promises'
import { calm, play, type Plot, type Story } from './scenario'
import type { Account } from './server'

const account = (id: string): Account => ({ id, initials: id.slice(0, 3).toUpperCase(), name: id, role: 'ADVISER', email: `${id}@x.dk`, password: 'pw' })
const ACCOUNTS = [account('signe'), account('emre')]

const between: Plot['between'] = async (story) => { await nothingLost(story); await nothingVanishes(story) }

export async function week(seed: number, planted: Plot['planted'] = {}): Promise<void> {
  await judged(await play({ seed, hostOf: (now, page) => memoryHost(ACCOUNTS, now, page), planted, between }))
}

/* Against the real server every look costs a request, so it is looked at when all is quiet. */
export async function realWeek(seed: number, hostOf: Plot['hostOf'], rare: number): Promise<void> {
  await judged(await play({ seed, rare, hostOf }))
}

async function judged(story: Story): Promise<void> {
  const rounds = await calm(story)
  await nothingLost(story)
  await allBooked(story, rounds)
  await noQuarrelWithOneself(story)
  await allAlike(story)
  for (const { device } of story.phones) device.book.close()
}
