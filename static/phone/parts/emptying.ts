/* Obeys the server's order to empty this phone: first the notebook, then what the browser has kept, then the proof (security.md, Wipe). */
import { tellWiped, toldToWipe } from '../line'
import { lockedPhone, wipe, type WipeOrder, wipeOrder, wipeProved } from '../notebook'

export async function empty(order: WipeOrder): Promise<void> {
  await wipe(order)
  await forgetShell().catch(() => {})
  if (await tellWiped(order.device_id, order.unsent)) await wipeProved()
}

/* A phone that was killed, or had no net, in the middle of it. True when there was an order. */
export async function goOnEmptying(): Promise<boolean> {
  const order = await wipeOrder()
  if (order) await empty(order)
  return order !== null
}

/* The order for a phone that is locked: whoever has it must not have to unlock it first. */
export async function orderedWhileLocked(user_id: string): Promise<WipeOrder | null> {
  const phone = await lockedPhone(user_id)
  if (!phone || !await toldToWipe(phone.device_id)) return null
  const { device_id, unsent } = phone
  return { user_id, device_id, unsent }
}

async function forgetShell(): Promise<void> {
  for (const name of await caches.keys()) await caches.delete(name)
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister()
}
