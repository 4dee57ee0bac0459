/* Keeps a form as it is being written: at most two seconds behind, and at once when the phone looks away. */
import { useEffect, useRef } from 'preact/hooks'
import { book, locked } from './present'
import { busy } from './route'

const BEHIND_MS = 1_500
export interface Keeping { stop: () => void; resume: () => void; again: () => void }

class Keeper {
  value: (open: boolean) => unknown = () => null
  private stopped = false
  private dirty = false
  private kept = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly key: string) {}

  touch(): void {
    this.dirty = true
    this.timer ??= setTimeout(() => this.keep(), BEHIND_MS)
  }

  /* Looking at a form makes no draft of it; moving about in one that is written in does. */
  moved(): void { if (this.dirty || this.kept) this.touch() }

  keep(open = true): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.stopped || !(this.dirty || (!open && this.kept))) return
    this.dirty = false
    this.kept = true
    book().putDraft(this.key, this.value(open)).catch(() => { this.dirty = true })
  }

  stop(): void { this.stopped = true; clearTimeout(this.timer) }
  again(): void { this.stopped = false; this.dirty = false; this.kept = false }
  resume(): void { this.stopped = false; this.dirty = true; this.keep() }
}

/* stop() comes before the save that replaces the draft; resume() when that save has failed; again() when the form goes on, empty. */
export function useDraft(key: string, value: (open: boolean) => unknown, changes: unknown): Keeping {
  const keeper = useRef<Keeper>(null!)
  keeper.current ??= new Keeper(key)
  keeper.current.value = value
  const first = useRef(true)
  useEffect(() => {
    if (!first.current) keeper.current.touch()
    first.current = false
  }, [changes])
  useEffect(() => {
    const { current } = keeper
    const hidden = () => { if (document.visibilityState === 'hidden') current.keep() }
    const gone = () => current.keep()
    const focused = () => current.moved()
    document.addEventListener('visibilitychange', hidden)
    document.addEventListener('focusin', focused)
    addEventListener('pagehide', gone)
    busy.value = true
    return () => {
      current.keep(locked.peek() !== null)         // a form that a lock has closed opens again
      busy.value = false
      document.removeEventListener('visibilitychange', hidden)
      document.removeEventListener('focusin', focused)
      removeEventListener('pagehide', gone)
    }
  }, [key])
  return { stop: () => keeper.current.stop(), resume: () => keeper.current.resume(), again: () => keeper.current.again() }
}
