/* When to send: at start, 2 s after a save, when the net or the user comes back, every minute while watched, on a wake-up. */
import type { Cause, Line } from './line'

const AFTER_SAVE_MS = 2_000
const EVERY_MS = 60_000
export const WAKE_UP = 'sync'          // the service worker's message: {type: 'sync'}

export function startLoop(line: Line): () => void {
  const { clock } = line.means
  const timers = new Map<string, () => void>()
  const later = (name: string, ms: number, cause: Cause) => {
    timers.get(name)?.()
    timers.set(name, clock.after(ms, () => { timers.delete(name); void go(cause) }))
  }
  const go = async (cause: Cause) => {
    await line.sync(cause)
    const { next_try_at } = line.state
    if (next_try_at !== null) later('retry', Math.max(0, next_try_at - clock.now()), 'minute')
    const held = line.book.wire.holdEndsIn()
    if (held !== null) later('save', held + 100, 'save')
  }
  let known = new Set(line.book.ops().map(({ op_id }) => op_id))
  const saved = () => {
    const now = line.book.ops().filter(({ where }) => where === 'outbox').map(({ op_id }) => op_id)
    if (now.some((id) => !known.has(id))) later('save', Math.max(AFTER_SAVE_MS, (line.book.wire.holdEndsIn() ?? 0) + 100), 'save')
    known = new Set(now)
  }
  const visible = () => { if (document.visibilityState === 'visible') void go('visible') }
  const online = () => void go('online')
  const message = (event: MessageEvent) => { if ((event.data as { type?: string } | null)?.type === WAKE_UP) void go('worker') }
  const minute = setInterval(() => { if (document.visibilityState === 'visible') void go('minute') }, EVERY_MS)
  const unwatch = line.book.changed(saved)
  document.addEventListener('visibilitychange', visible)
  addEventListener('online', online)
  navigator.serviceWorker?.addEventListener('message', message)
  void go('start')
  return () => {
    for (const callOff of timers.values()) callOff()
    clearInterval(minute)
    unwatch()
    document.removeEventListener('visibilitychange', visible)
    removeEventListener('online', online)
    navigator.serviceWorker?.removeEventListener('message', message)
  }
}
