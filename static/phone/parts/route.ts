/* Which screen: the part of the address behind the #, so that every deep link opens from the one kept page. */
import { signal } from '@preact/signals'

const present = () => location.hash.replace(/^#\/?/, '')
export const route = signal(present())
/* True while a form is on screen: nothing may interrupt it. */
export const busy = signal(false)

export const path = (): string[] => route.value.split('?')[0]!.split('/').map(decodeURIComponent)
export const query = (name: string): string | null => new URLSearchParams(route.value.split('?')[1] ?? '').get(name)

export function go(to: string, replace = false): void {
  if (replace) history.replaceState(null, '', `#/${to}`)
  else if (`#/${to}` !== location.hash) history.pushState(null, '', `#/${to}`)
  changed()
}

function changed(): void {
  if (route.value === present()) return
  route.value = present()
}

export function startRoutes(): void {
  addEventListener('hashchange', changed)
  addEventListener('popstate', changed)
}
