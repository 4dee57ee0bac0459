/* Who is signed in on the server; signing in and out. */
import type { User } from '../notebook/types'
import { ask, type Means, meansOf } from './exact'

/* no_answer: nobody can say. refused: wrong e-mail or passphrase, or throttled; `message` says it in Danish. */
export type SignIn = { ok: true; user: User } | { ok: false; why: 'no_answer' | 'refused'; message: string }

const NO_ANSWER = 'Der er ingen forbindelse til serveren. Prøv igen, når du har net.'

export async function signIn(email: string, password: string, means: Means = meansOf()): Promise<SignIn> {
  const reply = await ask(means, { path: '/api/session', body: { email, password } })
  if (reply.kind === 'refused') return { ok: false, why: 'refused', message: reply.message }
  const user = reply.kind === 'exact' ? userOf(reply.body['user']) : null
  return user ? { ok: true, user } : { ok: false, why: 'no_answer', message: NO_ANSWER }
}

/* null: nobody. undefined: no answer. */
export async function session(means: Means = meansOf()): Promise<User | null | undefined> {
  const reply = await ask(means, { method: 'GET', path: '/api/session' })
  if (reply.kind === 'exact') return userOf(reply.body['user']) ?? undefined
  return reply.kind === 'refused' && reply.status === 401 ? null : undefined
}

/* true when the server has ended the session, or had none. What is unsent stays on the phone either way. */
export async function signOut(means: Means = meansOf()): Promise<boolean> {
  const reply = await ask(means, { method: 'DELETE', path: '/api/session' })
  return reply.kind === 'exact' || (reply.kind === 'refused' && reply.status === 401)
}

function userOf(value: unknown): User | null {
  const user = value as Partial<User> | undefined
  if (typeof user?.id !== 'string') return null
  return { id: user.id, initials: user.initials ?? '', name: user.name ?? user.initials ?? '', role: user.role ?? '' }
}

/* What the server keeps for this phone, to be had right after a sign-in; null when it has none. */
export async function recoveryShare(device: string, means: Means = meansOf()): Promise<string | null> {
  const reply = await ask(means, { method: 'GET', path: '/api/devices/recovery', device })
  const share = reply.kind === 'exact' ? reply.body['share'] : null
  return typeof share === 'string' ? share : null
}

/* Whether the phone has been told to empty itself; asked without an op, and without anybody being signed in. */
export async function toldToWipe(device: string, means: Means = meansOf()): Promise<boolean> {
  const reply = await ask(means, { path: '/api/sync/v1/push', body: { ops: [] }, device })
  return reply.kind === 'refused' && reply.code === 'DEVICE_REVOKED' && reply.body['device'] === 'wipe'
}

/* The proof of a wipe; true when the server has it, or wants none from this phone. */
export async function tellWiped(device: string, unsent: number, means: Means = meansOf()): Promise<boolean> {
  const reply = await ask(means, { path: '/api/devices/wiped', body: { unsent }, device })
  return reply.kind === 'exact' || (reply.kind === 'refused' && reply.code === 'FORBIDDEN')
}
