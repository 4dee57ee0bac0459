/* Asks the server and tells apart: an exact answer, a refusal in the server's own words, and everything else. */
import type { Bytes } from '../notebook/uuid'
import { idMaker } from '../notebook/uuid'
import { packed } from './pack'

export const PROTOCOL = 'rph-sync/1'
export const APP_VERSION = '1.0.0'
const TIMEOUT_MS = 30_000

export interface Clock {
  now(): number
  after(ms: number, act: () => void): () => void      // returns the way to call it off
}
export const realClock: Clock = {
  now: () => Date.now(),
  after: (ms, act) => { const timer = setTimeout(act, ms); return () => clearTimeout(timer) },
}

export interface Means {
  fetch: typeof fetch
  clock: Clock
  random: () => number
  pause: (ms: number) => Promise<void>
  newRequest: () => string
  gzip: boolean
}
export function meansOf(given: Partial<Means> & { bytes?: Bytes } = {}): Means {
  const clock = given.clock ?? realClock
  return {
    fetch: given.fetch ?? ((input, init) => fetch(input, init)), clock, random: given.random ?? Math.random,
    pause: given.pause ?? ((ms) => new Promise((resolve) => clock.after(ms, resolve))),
    newRequest: given.newRequest ?? idMaker(clock.now, given.bytes), gzip: given.gzip ?? true,
  }
}

export type Json = Record<string, unknown>
/* unclear: no network, a captive portal, a proxy's page, half a body … nothing may be concluded from it. */
export type Reply =
  | { kind: 'exact'; body: Json }
  | { kind: 'refused'; status: number; code: string; message: string; body: Json; retryAfterMs: number | null }
  | { kind: 'unclear'; retryAfterMs: number | null }

/* An exact answer without the shape that was promised says nothing either. */
export const unclear = (reply: Reply | null = null): Reply =>
  reply && reply.kind !== 'exact' ? reply : { kind: 'unclear', retryAfterMs: null }

export interface Question { method?: 'GET' | 'POST' | 'DELETE'; path: string; body?: unknown; device?: string | null }

export async function ask(means: Means, { method = 'POST', path, body, device }: Question): Promise<Reply> {
  const request = means.newRequest()
  const headers: Record<string, string> = { 'X-Request': request, 'X-App': APP_VERSION }
  if (device) headers['X-Device'] = device
  const stop = new AbortController()
  const callOff = means.clock.after(TIMEOUT_MS, () => stop.abort())
  try {
    const fresh: RequestInit = method === 'GET' ? { cache: 'no-store' } : {}       // a POST is never cached; saying so costs two headers
    const content = method === 'GET' ? {} : await packed(body ?? {}, headers, means.gzip)
    const response = await means.fetch(path, {
      method, headers, credentials: 'same-origin', redirect: 'error', signal: stop.signal, ...fresh, ...content })
    return await understood(response, request)
  } catch {
    return unclear()
  } finally {
    callOff()
  }
}

async function understood(response: Response, request: string): Promise<Reply> {
  const retryAfterMs = patience(response.headers.get('Retry-After'))
  const nothing: Reply = { kind: 'unclear', retryAfterMs }
  const type = (response.headers.get('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (response.redirected || type !== 'application/json') return nothing
  const body = JSON.parse(await response.text()) as Json | null      // throws on half a body: unclear
  if (body === null || typeof body !== 'object' || body['protocol'] !== PROTOCOL || body['request'] !== request) return nothing
  if (response.status === 200) return body['error'] === undefined ? { kind: 'exact', body } : nothing
  const error = body['error'] as { code?: unknown; message?: unknown } | undefined
  if (typeof error?.code !== 'string') return nothing
  return { kind: 'refused', status: response.status, code: error.code, message: String(error.message ?? ''), body, retryAfterMs }
}

/* Seconds, or a date, as HTTP has it; dates are read as "a while", because the phone's clock may be wrong. */
function patience(header: string | null): number | null {
  if (!header) return null
  const seconds = Number(header)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 60_000
}
