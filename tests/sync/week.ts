/* One seeded week against the real server, judged by every promise. */
import type { End, Host } from './host'
import { allAlike, allBooked, noQuarrelWithOneself, nothingLost, nothingVanishes } from './promises'
import { bagsAddUp, closedEverywhere } from './rules'
import { calm, play, type Plot } from './scenario'
import { nobodyElseSees, nothingRemains, theBookHolds } from './signs'
import type { Story } from './story'

const between = async (story: Story) => { await nothingLost(story); await nothingVanishes(story) }

/* `mistake`: one that the server makes. */
export async function week(host: Host, seed: number, { mistake = null, ...plot }: Omit<Partial<Plot>, 'host'> & { mistake?: string | null } = {}): Promise<Story & { end: End }> {
  const here = await host.week(mistake)
  try {
    const story = await play({ between, ...plot, seed, host: here })
    const rounds = await calm(story, between)
    await nothingLost(story)
    const end = { log: await here.log([]), ...await here.seen('signe', 'emre', 'birthe') }
    for (const promise of [allBooked, noQuarrelWithOneself, allAlike, nobodyElseSees, closedEverywhere, bagsAddUp, nothingRemains, theBookHolds]) await promise(story, end, rounds)
    for (const { device } of story.phones) device.book.close()
    return { ...story, end }
  } finally {
    await here.end()
  }
}
