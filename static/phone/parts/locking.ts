/* When the phone locks by itself: three minutes without a touch, half a minute out of sight, or back from the browser's own cache. */
import { hush } from './message'
import { lock } from './present'

const IDLE_MS = 3 * 60_000
const HIDDEN_MS = 30_000

export function lockNow(): void {
  hush()
  void lock()
}

export function startLocking(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let hidden_at: number | null = null
  const lockAfter = (ms: number) => { clearTimeout(timer); timer = setTimeout(lockNow, ms) }
  const touched = () => { if (hidden_at === null) lockAfter(IDLE_MS) }
  const looked = () => {
    const since = hidden_at
    hidden_at = document.visibilityState === 'hidden' ? Date.now() : null
    if (hidden_at !== null) return lockAfter(HIDDEN_MS)
    if (since !== null && Date.now() - since >= HIDDEN_MS) lockNow()      // a phone that slept has run no timer
    touched()
  }
  for (const touch of ['pointerdown', 'keydown', 'input', 'scroll']) addEventListener(touch, touched, { capture: true, passive: true })
  document.addEventListener('visibilitychange', looked)
  addEventListener('pageshow', (event) => { if ((event as PageTransitionEvent).persisted) lockNow() })
  looked()
}
