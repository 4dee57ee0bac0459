/* Starts the service worker, and offers a new version only when no form is open; then one reload, and only one. */
import { computed, effect, signal } from '@preact/signals'
import { lineState, locked } from './present'
import { busy } from './route'

const SCRIPT = '/service-worker.js'
const waiting = signal<ServiceWorker | null>(null)
interface TrustedTypes { createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL: (url: string) => string } }

function trusted(url: string): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes
  const exact = (asked: string) => { if (asked !== SCRIPT) throw new TypeError(asked); return asked }
  return types ? types.createPolicy('sw', { createScriptURL: exact }).createScriptURL(url) : exact(url)
}

export async function startWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const workers = navigator.serviceWorker
  let taking = false
  workers.addEventListener('controllerchange', () => { if (taking) location.reload() })
  const registration = await workers.register(trusted(SCRIPT), { scope: '/', updateViaCache: 'none' }).catch(() => null)
  if (!registration) return
  const offer = (worker: ServiceWorker | null) => { if (worker && workers.controller) waiting.value = worker }
  offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing
    coming?.addEventListener('statechange', () => { if (coming.state === 'installed') offer(coming) })
  })
  takeOver = () => { taking = true; waiting.value?.postMessage({ type: 'TAKE_OVER' }); waiting.value = null }
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') void registration.update().catch(() => {}) })
  askToBeWoken(registration)
}

/* The worker has taken all files or none; the browser may have thrown them away since. */
export async function isWhole(): Promise<boolean> {
  const registration = await navigator.serviceWorker?.getRegistration()
  const loaded = [...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>('script[src], link[rel=stylesheet]')]
  const files = ['/', ...loaded.map((one) => (one instanceof HTMLScriptElement ? one.src : one.href))]
  const found = await Promise.all(files.map((file) => caches.match(file, { ignoreSearch: true })))
  return Boolean(registration?.active) && found.every(Boolean)
}

let takeOver = (): void => {}

/* Where the browser has Background Sync the worker is woken when the net is back: an open page sends, for a locked or closed one the worker
   hands in what is sealed. A bonus: what waits is safe without it. */
export let wakeLater = (): void => {}

function askToBeWoken(registration: ServiceWorkerRegistration): void {
  const { sync } = registration as ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }
  const waits = computed(() => Boolean(lineState.value?.waiting))
  wakeLater = () => void sync?.register('send').catch(() => {})
  effect(() => { if (waits.value || locked.value) wakeLater() })
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden' && waits.value) wakeLater() })
}

export function UpdatePrompt() {
  if (!waiting.value || busy.value) return null
  return <div class="alert alert-info update">
    <p class="alert-text">Ny version klar. Det, du har skrevet, bliver liggende.</p>
    <button type="button" class="button button-secondary" onClick={() => takeOver()}>Opdatér</button>
  </div>
}
