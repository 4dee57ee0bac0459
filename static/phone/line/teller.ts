/* Keeps the line's state and tells everybody who watches it. */
import type { Json, Reply } from './exact'
import type { LineState, Phase } from './state'

/* Refusals that no amount of trying mends; the outbox stays as it is. */
const CLOSING: Record<string, Phase> = {
  SIGN_IN: 'SIGN_IN', FORBIDDEN: 'SIGN_IN', DEVICE_REVOKED: 'REVOKED', UPDATE_APP: 'UPDATE_APP',
}

export function closing(reply: Reply): Pick<LineState, 'phase' | 'message' | 'revoked'> | null {
  if (reply.kind !== 'refused') return null
  const phase = CLOSING[reply.code]
  if (!phase) return null
  const revoked = phase !== 'REVOKED' ? null : reply.body['device'] === 'wipe' ? 'wipe' : 'lock'
  return { phase, message: reply.message || null, revoked }
}

export class Teller {
  private listeners = new Set<(state: LineState) => void>()
  state: LineState = {
    phase: 'IDLE', waiting: 0, oldest: null, sending: 0, last_ok_at: null, next_try_at: null, message: null,
    revoked: null, removal: 0, clock_off_minutes: 0,
  }

  watch(listener: (state: LineState) => void): () => void {
    this.listeners.add(listener)
    listener(this.state)
    return () => this.listeners.delete(listener)
  }

  say(phase: Phase, more: Partial<LineState> = {}): void {
    this.tell({ sending: 0, next_try_at: null, message: null, revoked: null, ...more, phase })
  }

  counts({ count, oldest }: { count: number; oldest: string | null }): void { this.tell({ waiting: count, oldest }) }

  readClock(body: Json, now: number): void {
    const server = Date.parse(String(body['server_time']))
    if (Number.isFinite(server)) this.state = { ...this.state, clock_off_minutes: Math.round((now - server) / 60_000) }
  }

  private tell(news: Partial<LineState>): void {
    this.state = { ...this.state, ...news }
    for (const listener of this.listeners) listener(this.state)
  }
}
