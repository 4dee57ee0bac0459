/* The network between a phone and a server: a fetch that loses, breaks, doubles, delays and fakes answers as often as told. */
import type { FakeServer } from './server'

export const FAULTS = ['lost_request', 'lost_answer', 'portal', 'half', 'stranger', 'coded_500', 'busy', 'twice', 'signed_out', 'shuffled', 'ghost',
  'dies_before', 'dies_mid', 'dies_after'] as const
export type Fault = typeof FAULTS[number]

export type Send = (path: string, init: RequestInit) => Promise<Response>

export function toServer(server: FakeServer, cookie: string): Send {
  return async (path, init) => {
    const text = init.body === undefined ? '{}' : typeof init.body === 'string' ? init.body : new TextDecoder().decode(init.body as Uint8Array)
    const { status, body, headers } = server.handle(cookie, init.method ?? 'GET', path, new Headers(init.headers), JSON.parse(text) as Record<string, unknown>)
    return json(status, body, headers)
  }
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })

const refusal = (status: number, request: string | null, code: string, headers = {}) =>
  json(status, { protocol: 'rph-sync/1', request, epoch: 'x', server_time: '2026-11-22T10:00:00Z', error: { code, message: '' } }, headers)

/* `next` says which fault, if any, strikes a request; `later` takes one that was given up and will arrive all the same. */
export function weather(send: Send, next: (path: string) => Fault | null, later: (late: () => Promise<unknown>) => void = () => {}): typeof fetch {
  return (async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const path = String(input)
    const request = new Headers(init.headers).get('X-Request')
    const fault = next(path)
    switch (fault) {
      case 'lost_request': throw new TypeError('Failed to fetch')
      case 'lost_answer': await send(path, init); throw new TypeError('Failed to fetch')
      case 'ghost': later(() => send(path, init)); throw new TypeError('Failed to fetch')
      case 'portal': return new Response('<html>Velkommen til gæstenettet</html>', { status: 200, headers: { 'Content-Type': 'text/html' } })
      case 'half': { const text = await (await send(path, init)).text(); return new Response(text.slice(0, text.length / 2), { status: 200, headers: { 'Content-Type': 'application/json' } }) }
      case 'stranger': { const body = await (await send(path, init)).json() as object; return json(200, { ...body, request: 'another' }) }
      case 'coded_500': return refusal(500, request, 'BROKEN')
      case 'busy': return refusal(503, request, 'BUSY', { 'Retry-After': '2' })
      case 'signed_out': return refusal(401, request, 'SIGN_IN')
      case 'twice': { await (await send(path, { ...init })).arrayBuffer(); return send(path, init) }
      case 'shuffled': {
        const response = await send(path, init)
        const body = await response.json() as { results?: unknown[] }
        return json(response.status, body.results && body.results.length > 1 ? { ...body, results: [...body.results].reverse() } : { ...body, protocol: 'rph-sync/0' })
      }
      case 'dies_before': case 'dies_mid': case 'dies_after': {
        const headers = new Headers(init.headers)
        headers.set('X-Fate', fault.slice(5))
        return send(path, { ...init, headers })
      }
      default: return send(path, init)
    }
  }) as typeof fetch
}
