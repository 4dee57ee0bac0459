/* What the phone itself remembers, without any key: whose it is, by initials, their wrapped keys, and what of theirs still waits. */
import { wrap } from 'idb'
import { databaseOf, Door, type DoorOptions } from './door'
import type { Passkeyed, Wrap } from '../keys'
import type { Owner, Waiting } from './types'

type Options = Pick<DoorOptions, 'factory'>

const ownerOf = ({ id, initials }: Owner): Owner => ({ id, initials })

/* Whose phone it is, so that it can be unlocked without a network; null after sign-out. */
export function remembered(options: Options = {}): Promise<Owner | null> {
  return facts(options, 'readonly', async (store) => (await store.get('user') as Owner | undefined) ?? null)
}

export function rememberUser(user: Owner, options: Options = {}): Promise<void> {
  return facts(options, 'readwrite', async (store) => {
    const others = ((await store.get('users') as Owner[] | undefined) ?? []).filter(({ id }) => id !== user.id)
    await store.put([...others, user].map(ownerOf), 'users')      // an earlier version kept more of them
    await store.put(ownerOf(user), 'user')
  })
}

/* The user's data key, wrapped by the passphrase. */
export function wrapOf(userId: string, options: Options = {}): Promise<Wrap | null> {
  return facts(options, 'readonly', async (store) => (await store.get(`wrap:${userId}`) as Wrap | undefined) ?? null)
}

/* A first wrap never takes the place of another: what was sealed with that one's key would be lost. The one that stands. */
export function keepFirstWrap(userId: string, wrap: Wrap, options: Options = {}): Promise<Wrap> {
  return facts(options, 'readwrite', async (store) => {
    const there = await store.get(`wrap:${userId}`) as Wrap | undefined
    if (!there) await store.put(wrap, `wrap:${userId}`)
    return there ?? wrap
  })
}

/* The same key under a new passphrase. */
export function changeWrap(userId: string, wrap: Wrap, options: Options = {}): Promise<void> {
  return facts(options, 'readwrite', async (store) => { await store.put(wrap, `wrap:${userId}`) })
}

/* Guessed at too often: the passphrase opens nothing here any more. Not before the server can: a wrong try never costs work. */
export async function dropWords(userId: string, options: Options = {}): Promise<void> {
  if (!(await lockedPhone(userId, options))?.share_left) return
  return amendWrap(userId, (there) => ({ ...there, words: null }), options)
}

/* The phone's own lock opens the notebook too, or no more: what else opens it stays. */
export function keepPasskey(userId: string, passkey: Passkeyed | undefined, options: Options = {}): Promise<void> {
  return amendWrap(userId, ({ passkey: _, ...others }) => (passkey ? { ...others, passkey } : others), options)
}

function amendWrap(userId: string, amended: (there: Wrap) => Wrap, options: Options): Promise<void> {
  return facts(options, 'readwrite', async (store) => {
    const there = await store.get(`wrap:${userId}`) as Wrap | undefined
    if (there) await store.put(amended(there), `wrap:${userId}`)
  })
}

/* Wrong passphrases in a row, counted before each try so that nobody can stop the app in time. */
export interface Tries { wrong: number; last_at: number }
const NO_TRIES: Tries = { wrong: 0, last_at: 0 }

export function triesOf(userId: string, options: Options = {}): Promise<Tries> {
  return facts(options, 'readonly', async (store) => (await store.get(`tries:${userId}`) as Tries | undefined) ?? NO_TRIES)
}

export function countTry(userId: string, now: number, options: Options = {}): Promise<Tries> {
  return facts(options, 'readwrite', async (store) => {
    const { wrong } = (await store.get(`tries:${userId}`) as Tries | undefined) ?? NO_TRIES
    const tries: Tries = { wrong: wrong + 1, last_at: now }
    await store.put(tries, `tries:${userId}`)
    return tries
  })
}

export function forgetTries(userId: string, options: Options = {}): Promise<void> {
  return facts(options, 'readwrite', (store) => store.delete(`tries:${userId}`))
}

/* Signs the person out of this phone; the notebook and all that waits in it stay. */
export function forgetSignIn(options: Options = {}): Promise<void> {
  return facts(options, 'readwrite', (store) => store.delete('user'))
}

/* Counts only: nothing in another user's notebook is opened. */
export async function waitingOf(options: Options = {}): Promise<Waiting[]> {
  const users = await facts(options, 'readonly', async (store) => (await store.get('users') as Owner[] | undefined) ?? [])
  return Promise.all(users.map(async (user) => {
    const door = new Door(databaseOf(user.id), options)
    try {
      return await door.read(async (tx) => ({
        user, waiting: await tx.objectStore('outbox').count(),
        tray: (await tx.objectStore('tray').getAll()).filter(({ closed }) => !closed).length,
      }))
    } finally {
      door.close()
    }
  }))
}

/* What the server told this phone to do with one user's work (sync.md ch. 2; security.md, Wipe). */
export interface WipeOrder { user_id: string; device_id: string; unsent: number }

/* What can be said of a phone that is locked: its number, how much would go with it, and whether the server can open it. */
export interface LockedPhone extends WipeOrder { share_left: boolean; heard_at: number | null }
export async function lockedPhone(userId: string, options: Options = {}): Promise<LockedPhone | null> {
  const door = new Door(databaseOf(userId), options)
  try {
    return await door.read(async (tx) => {
      const device_id = await tx.objectStore('meta').get('device_id') as string | undefined
      const tray = (await tx.objectStore('tray').getAll()).filter(({ closed }) => !closed)
      const heard_at = await tx.objectStore('meta').get('heard_at') as number | undefined ?? null
      const share_left = await tx.objectStore('meta').get('share_left') as string | undefined
      return device_id === undefined ? null : { user_id: userId, device_id, unsent: await tx.objectStore('outbox').count() + tray.length, share_left: share_left === device_id, heard_at }
    })
  } finally {
    door.close()
  }
}

/* An order that has been taken but whose proof the server does not have yet. */
export function wipeOrder(options: Options = {}): Promise<WipeOrder | null> {
  return facts(options, 'readonly', async (store) => (await store.get('wipe') as WipeOrder | undefined) ?? null)
}

/* Empties the phone of one user: the key first, then what it opens. The order is noted with it: a phone that is killed in the
   middle goes on at its next start. */
export async function wipe(order: WipeOrder, options: Options = {}): Promise<void> {
  await facts(options, 'readwrite', async (store) => {
    await store.delete(`wrap:${order.user_id}`)
    await store.delete(`tries:${order.user_id}`)
    await store.put(order, 'wipe')
    const users = (await store.get('users') as Owner[] | undefined) ?? []
    await store.put(users.filter(({ id }) => id !== order.user_id), 'users')
    if ((await store.get('user') as Owner | undefined)?.id === order.user_id) await store.delete('user')
  })
  await wrap((options.factory ?? indexedDB).deleteDatabase(databaseOf(order.user_id)))
}

/* The server knows that it is done. */
export function wipeProved(options: Options = {}): Promise<void> {
  return facts(options, 'readwrite', (store) => store.delete('wipe'))
}

interface FactStore { get(key: string): Promise<unknown>; put(value: unknown, key: string): Promise<unknown>; delete(key: string): Promise<void> }

async function facts<T>({ factory }: Options, mode: 'readonly' | 'readwrite', work: (store: FactStore) => Promise<T>): Promise<T> {
  const request = (factory ?? indexedDB).open('raadgiver-device', 1)
  request.onupgradeneeded = () => { request.result.createObjectStore('facts') }
  const db = (await wrap(request))!
  try {
    const tx = db.transaction('facts', mode, { durability: 'strict' })
    const result = await work(tx.objectStore('facts') as unknown as FactStore)
    await tx.done
    return result
  } finally {
    db.close()
  }
}
