/* Keeps the shell so that the app opens without signal, and hands in sealed letters while nobody has it open. Knows no record and no key,
   and never opens the notebook. */
/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { handIn } from '../static/phone/line/deposit'

declare const self: ServiceWorkerGlobalScope & { __PRECACHE: (PrecacheEntry & { integrity: string })[] }
interface SyncEvent extends ExtendableEvent { readonly tag: string }

/* Only the phone's own address is the shell. The office, sign-in, the API and files go to the net, or fail honestly. */
const SHELL = /^\/(\?.*)?$/

/* All files or none: an entry that does not come whole, with the right hash, fails the install and keeps the old shell. */
precacheAndRoute(self.__PRECACHE)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/'), { allowlist: [SHELL] }))

/* The new version waits until the user says so: the page asks, and never in the middle of a form. */
self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'TAKE_OVER') void self.skipWaiting()
})

/* The first visit is served offline from then on; later versions take over only by TAKE_OVER. */
self.addEventListener('activate', (event) => { event.waitUntil(self.clients.claim()) })

/* The net is back. An open page is woken, and its line sends; for a locked or closed phone its letters are handed in. What could not be
   makes the browser wake us again. */
self.addEventListener('sync' as 'message', (event) => {
  (event as unknown as SyncEvent).waitUntil(wake().then(() => handIn()).then((done) => { if (!done) throw new Error('letters are left') }))
})

async function wake(): Promise<void> {
  for (const page of await self.clients.matchAll({ type: 'window', includeUncontrolled: true })) page.postMessage({ type: 'sync' })
}
