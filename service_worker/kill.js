/* The kill switch: takes a broken worker off every phone. It stands ready and is served instead of the worker while
   the file STATE_DIR/stop-worker exists (`touch var/stop-worker`; remove the file to go back).

   It empties the caches it owns and unregisters itself, so that the next opening comes straight from the server.
   It never touches IndexedDB: what waits to be sent stays. It never reloads a page: a form in the making stays too. */
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) await caches.delete(name)
    await self.registration.unregister()
  })())
})
