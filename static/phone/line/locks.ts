/* One round at a time: across tabs and worker through Web Locks, within this page where the browser has none. */

export type Lock = <T>(name: string, work: () => Promise<T>) => Promise<T>

const queues = new Map<string, Promise<unknown>>()

const inPage: Lock = (name, work) => {
  const turn = (queues.get(name) ?? Promise.resolve()).then(work, work)
  queues.set(name, turn.catch(() => {}))
  return turn
}

export const lock: Lock = (name, work) =>
  typeof navigator !== 'undefined' && navigator.locks ? navigator.locks.request(name, work) as ReturnType<typeof work> : inPage(name, work)

const openName = (user_id: string) => `raadgiver-open-${user_id}`

/* Held while the owner has the phone open, in as many tabs as they like; gives back the way to let go. */
export function holdOpen(user_id: string): () => void {
  let letGo = () => {}
  const held = new Promise<void>((done) => { letGo = done })
  if (typeof navigator !== 'undefined') void navigator.locks?.request(openName(user_id), { mode: 'shared' }, () => held)
  return letGo
}

/* Does the work only where nobody has this user's notebook open; undefined where somebody has. */
export async function ifClosed<T>(user_id: string, work: () => Promise<T>): Promise<T | undefined> {
  if (typeof navigator === 'undefined' || !navigator.locks) return work()
  return navigator.locks.request(openName(user_id), { ifAvailable: true }, async (lock) => lock ? work() : undefined) as Promise<T | undefined>
}
