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
