/* What the phone itself remembers: who was last signed in, who has used it, and what of theirs still waits. */
import { wrap } from 'idb'
import { databaseOf, Door, type DoorOptions } from './door'
import type { User, Waiting } from './types'

type Options = Pick<DoorOptions, 'factory'>

/* The last user, so that the app opens cold without a network; null after sign-out. */
export function remembered(options: Options = {}): Promise<User | null> {
  return facts(options, 'readonly', async (store) => (await store.get('user') as User | undefined) ?? null)
}

export function rememberUser(user: User, options: Options = {}): Promise<void> {
  return facts(options, 'readwrite', async (store) => {
    const others = ((await store.get('users') as User[] | undefined) ?? []).filter(({ id }) => id !== user.id)
    await store.put([...others, user], 'users')
    await store.put(user, 'user')
  })
}

/* Signs the person out of this phone; the notebook and all that waits in it stay. */
export function forgetSignIn(options: Options = {}): Promise<void> {
  return facts(options, 'readwrite', (store) => store.delete('user'))
}

/* Counts only: nothing in another user's notebook is opened. */
export async function waitingOf(options: Options = {}): Promise<Waiting[]> {
  const users = await facts(options, 'readonly', async (store) => (await store.get('users') as User[] | undefined) ?? [])
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

/* An order that has been taken but whose proof the server does not have yet. */
export function wipeOrder(options: Options = {}): Promise<WipeOrder | null> {
  return facts(options, 'readonly', async (store) => (await store.get('wipe') as WipeOrder | undefined) ?? null)
}

/* Empties the phone of one user. The order is noted first: a phone that is killed in the middle goes on at its next start. */
export async function wipe(order: WipeOrder, options: Options = {}): Promise<void> {
  await facts(options, 'readwrite', async (store) => {
    await store.put(order, 'wipe')
    const users = (await store.get('users') as User[] | undefined) ?? []
    await store.put(users.filter(({ id }) => id !== order.user_id), 'users')
    if ((await store.get('user') as User | undefined)?.id === order.user_id) await store.delete('user')
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
