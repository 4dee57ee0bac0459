/* What the office and the machine room do to a week: corrections, backups, restores, restarts, a month that closes. */
import { type Story } from './story'
import { someMinutes, someRoles } from './visits'

export async function correct({ host, shared, random, pick }: Story): Promise<void> {
  const id = pick([...shared].filter((key) => key.startsWith('visit/')))?.slice(6)
  const now = id && (await host.view('birthe')).get(`visit/${id}`)
  if (!now) return
  const set = random() < 0.5 ? { minutes: someMinutes(random) } : { met_roles: someRoles(random) }
  const base = Object.fromEntries(Object.keys(set).map((field) => [field, now.data[field] ?? null]))
  await host.office([{ kind: 'visit', id, action: 'update', set, base }])
}

/* Emre changes his post and comes back: his phone loses all it could see, and gets it again. */
export async function changePost(story: Story): Promise<void> {
  const { role } = await story.host.act('person', { user: 'emre' }) as { role: string }
  story.outcast = true
  await story.host.act('role', { user: 'emre', role: role === 'ADVISER' ? 'STEERING' : 'ADVISER' })
}

export async function backUp({ host }: Story): Promise<void> { await host.act('backup') }
export async function restore({ host }: Story): Promise<void> { await host.act('restore') }
export async function restart({ host }: Story): Promise<void> { await host.act('restart') }
export async function closeMonth({ host }: Story): Promise<void> { await host.act('close', { month: '2026-10' }) }
export async function sleep({ clock }: Story): Promise<void> { clock.pass(14 * 3_600_000) }      // sessions last twelve hours

/* The server's own clock goes wrong, and is put right: its order decides, not its time. */
export async function wrongClock({ host, pick }: Story): Promise<void> { host.skew = pick([0, 1_200_000, -1_200_000]) }

/* What a phone gave up long ago arrives after all. */
export async function ghost({ ghosts, random }: Story): Promise<void> {
  const [late] = ghosts.splice(Math.floor(random() * ghosts.length), 1)
  await late?.().catch(() => {})
}
