/* What a scenario needs to know of a server, be it the small one in memory or the real one behind a port. */
import type { Fields, Kind } from '../../static/phone/notebook/types'
import { type Account, FakeServer } from './server'
import { toServer, type Send } from './weather'

export interface Truth { kind: Kind; id: string; data: Fields }
export interface Logged { status: string; user: string; place: number }

export interface Asked { op_id: string; user: string }

export interface Host {
  readonly practice: string         // a practice that visits may name
  readonly accounts: Account[]
  line(cookie: string): Send
  expire(cookie: string): Promise<void>
  sees(user: string): Promise<Map<string, Truth>>
  /* What became of these ops; those the server does not know are not in it. */
  log(ops: readonly Asked[]): Promise<Map<string, Logged>>
  conflicts(): Promise<{ kind: Kind; record_id: string }[]>
  office(kind: Kind, id: string, change: Fields): Promise<void>
  backup(): Promise<void>
  restore(): Promise<void>
}

/* Minutes beyond a day's work are refused, as the real rules do. */
export function memoryHost(accounts: Account[], now: () => number, page: number): Host {
  const server = new FakeServer(accounts, now, page)
  server.refuse = (op) => (Number(op.set?.['minutes'] ?? 0) > 240 ? { code: 'INVALID', message: 'Ret besøget.', fields: { minutes: 'Skal være 1–240.' } } : null)
  return {
    accounts, practice: '0197',
    line: (cookie) => toServer(server, cookie),
    expire: async (cookie) => server.expire(cookie),
    sees: async (user) => server.sees(user),
    log: async () => new Map([...server.book.ops].map(([op_id, { status, user, seq }]) => [op_id, { status, user, place: seq }])),
    conflicts: async () => [...server.book.conflicts.values()],
    office: async (kind, id, change) => {
      const record = server.book.records.get(`${kind}/${id}`)
      if (record && !record.deleted) server.put(kind, id, { ...record.data, ...change })
    },
    backup: async () => server.backup(),
    restore: async () => server.restore(),
  }
}
