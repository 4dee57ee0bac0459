/* Screens in files of their own, fetched after the first one stands: from the shell's store, so also without a net. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Screen } from './frame'

const waiting: (() => Promise<unknown>)[] = []

/* A screen out of a group that is loaded as one. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let Loaded: ComponentType<P> | null = null
  const fetched = () => load().then((found) => { Loaded = found })
  waiting.push(fetched)
  return function Later(props: P) {
    const [, redraw] = useState(0)
    const [failed, fail] = useState(false)
    useEffect(() => { if (!Loaded) fetched().then(() => redraw(1), () => fail(true)) }, [])
    if (Loaded) return <Loaded {...props} />
    return failed ? <NotFetched /> : <main class="starting" aria-busy="true"><p>Åbner …</p></main>
  }
}

/* When the first screen stands, the rest comes in quietly, so that no tap waits for it. */
export function fetchAhead(): void {
  const idle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 500))
  idle(() => { for (const fetched of waiting) void fetched().catch(() => {}) })
}

function NotFetched() {
  return <Screen title="Siden er ikke hentet" back={{ to: '', label: 'I dag' }}>
    <p>Appen er blevet opdateret, eller den blev aldrig hentet færdig. Det, du har skrevet, ligger på telefonen. Åbn appen igen, helst med net.</p>
    <button type="button" class="button button-primary wide" onClick={() => location.reload()}>Åbn appen igen</button>
  </Screen>
}
