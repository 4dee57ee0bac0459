/* Mistakes that others have made, each put into the real notebook or line from outside. A simulation that lets one live is blind. */
import type { Means } from '../../static/phone/line/exact'
import { Line } from '../../static/phone/line/line'
import type { PushAnswer } from '../../static/phone/notebook/answers'
import { type Book, openNotebook } from '../../static/phone/notebook/book'
import type { Desk, Mark } from '../../static/phone/notebook/desk'
import type { Pen } from '../../static/phone/notebook/saving'
import type { Op } from '../../static/phone/notebook/types'
import type { Page } from '../../static/phone/notebook/view'
import type { Wire } from '../../static/phone/notebook/wire'
import type { DeviceOptions } from './device'

type Planted = Pick<DeviceOptions, 'bookOf' | 'lineOf'>
interface Inside { desk: Desk; pen: Pen }
const inside = (book: Book) => book as unknown as Inside

function book(spoil: (book: Book, wire: Wire, desk: Desk) => void): Planted {
  return { bookOf: async (user, options) => {
    const opened = await openNotebook(user, options)
    spoil(opened, opened.wire, inside(opened).desk)
    return opened
  } }
}

/* Every list of marks that is put down passes through `change`. */
const marks = (change: (marks: readonly Mark[], desk: Desk) => readonly Mark[]): Planted => book((_, __, desk) => {
  const put = desk.put.bind(desk)
  desk.put = (list) => put(change(list, desk))
})

const answers = (change: (answer: PushAnswer, wire: Wire) => PushAnswer): Planted => book((_, wire) => {
  const answer = wire.answer.bind(wire)
  wire.answer = (given) => answer(change(given, wire))
})

const outgoing = (change: (ops: Op[], desk: Desk) => Op[] | Promise<Op[]>): Planted => book((_, wire, desk) => {
  const out = wire.outgoing.bind(wire)
  wire.outgoing = async (limits) => change(await out(limits), desk)
})

function fetching(change: (path: string, init: RequestInit, send: typeof fetch) => Promise<Response>): Planted {
  return { lineOf: (opened, means: Partial<Means>) => {
    const send = means.fetch!
    const spoilt = ((path: RequestInfo | URL, init: RequestInit = {}) => change(String(path), init, send)) as typeof fetch
    return new Line(opened, { ...means, fetch: spoilt, lock: (_, work) => work() })
  } }
}

export const PLANTED: Record<string, Planted> = {
  'the outbox is emptied when the request leaves': outgoing(async (ops, desk) => {
    await desk.put(ops.map((op): Mark => ({ store: 'outbox', key: op.device_seq })))
    return ops
  }),
  'no journal is kept': marks((list) => list.filter(({ store, value }) => store !== 'journal' || value === undefined)),
  'the journal goes before a backup is checked': answers((answer) => ({ ...answer, durable_through: Number.MAX_SAFE_INTEGER })),
  'a new epoch is not noticed': book((_, wire, desk) => {
    const old = <T extends { epoch: string }>(given: T): T => ({ ...given, epoch: (desk.memory.meta.get('epoch') as string | undefined) ?? given.epoch })
    const [answer, page] = [wire.answer.bind(wire), wire.page.bind(wire)]
    wire.answer = (given) => answer(old(given))
    wire.page = (given, allow) => page(old(given), allow)
  }),
  'new work goes to a restored server before the journal': book((_, wire) => { Object.defineProperty(wire, 'hasJournal', { get: () => false }) }),
  'a page is swapped in before the last one has come': book((_, wire) => {
    const page = wire.page.bind(wire)
    wire.page = async (given, allow) => ({ ...await page({ ...given, has_more: false } as Page, allow), done: !given.has_more })
  }),
  'the cursor is saved although the rows are not': marks((list) => {
    const pulled = list.some(({ store, key }) => store === 'meta' && key === 'cursor')
    return pulled && list.length % 5 === 0 ? list.filter(({ store }) => store === 'meta') : list
  }),
  'the base is the server\'s truth, not what the user saw': book((_, __, desk) => {
    const load = Object.getPrototypeOf(desk.memory) as { shown(kind: string, id: string): unknown }
    const shown = load.shown
    const patch = (memory: Desk['memory']) => {
      memory.shown = function (this: Desk['memory'], kind, id) { return this.records.get(`${kind}/${id}`)?.data ?? shown.call(this, kind, id) as never }
    }
    patch(desk.memory)
    const reload = desk.load.bind(desk)
    desk.load = async () => { await reload(); patch(desk.memory) }
  }),
  'a set travels without what the user saw': outgoing((ops) => ops.map((op) => (op.base && 'met_roles' in op.base ? { ...op, base: { ...op.base, met_roles: null } } : op))),
  'the newest op is sent first': outgoing((ops) => ops.reverse()),
  'an unanswered op gets a new id when it is sent again': book((_, wire) => {
    const [out, answer] = [wire.outgoing.bind(wire), wire.answer.bind(wire)]
    const real = new Map<string, string>()
    let count = 0
    wire.outgoing = async (limits) => (await out(limits)).map((op) => {
      const op_id = `${op.op_id}-${wire.deviceId}-${++count}`
      real.set(op_id, op.op_id)
      return { ...op, op_id }
    })
    wire.answer = (given) => answer({ ...given, results: given.results.map((r) => ({ ...r, op_id: real.get(r.op_id) ?? r.op_id })) })
  }),
  'any 200 counts as an answer': fetching(async (path, init, send) => {
    const response = await send(path, init)
    if (!path.endsWith('push') || response.status !== 200 || response.headers.get('Content-Type') === 'application/json') return response
    const body = JSON.parse(new TextDecoder().decode(init.body as Uint8Array)) as { ops: Op[] }
    return new Response(JSON.stringify({ protocol: 'rph-sync/1', request: new Headers(init.headers).get('X-Request'), epoch: 'epoch-1', server_time: '2026-11-22T10:00:00Z',
      head: { epoch: 'epoch-1', seq: 0, hash: '' }, durable_through: 1e9, results: body.ops.map(({ op_id }) => ({ op_id, status: 'accepted', code: 'OK', seq: 1 })) }),
    { status: 200, headers: { 'Content-Type': 'application/json' } })
  }),
  'results are matched by place, not by id': fetching(async (path, init, send) => {
    const response = await send(path, init)
    if (!path.endsWith('push') || response.status !== 200 || response.headers.get('Content-Type') !== 'application/json') return response
    const text = await response.text()
    const again = (body: string) => new Response(body, { status: 200, headers: { 'Content-Type': 'application/json' } })
    try {
      const { ops } = JSON.parse(new TextDecoder().decode(init.body as Uint8Array)) as { ops: Op[] }
      const body = JSON.parse(text) as { results: { op_id: string }[] }
      return again(JSON.stringify({ ...body, results: body.results.map((r, i) => ({ ...r, op_id: ops[i]!.op_id })) }))
    } catch { return again(text) }
  }),
  'a refusal is taken for an acceptance': answers((answer) => ({ ...answer, results: answer.results.map((r) => (r.status === 'rejected' ? { ...r, status: 'accepted' } : r)) })),
  'a save is confirmed before it is on the disk': book((opened, _, desk) => {
    const write = desk.write.bind(desk)
    let lazy = 0
    desk.write = (work) => (++lazy % 7 === 0 ? Promise.resolve([]) : write(work))
    void opened
  }),
  'undo takes back what has already been sent': book((opened, _, desk) => {
    const undo = opened.undo.bind(opened)
    opened.undo = async (op_ids) => {
      const mine = [...desk.memory.outbox.values()].filter(({ op }) => op_ids.includes(op.op_id))
      if (mine.length !== op_ids.length || !mine.length) return undo(op_ids)
      await desk.put(mine.map(({ op }): Mark => ({ store: 'outbox', key: op.device_seq })))
      return { removed: [...op_ids], reversed: [], too_late: [] }
    }
  }),
  'a pull paints over what waits, and the user goes on from there': book((_, __, desk) => {
    const patch = (memory: Desk['memory']) => {
      const plain = Object.getPrototypeOf(memory) as { view(kind: string): Map<string, { data: object }> }
      memory.view = function (this: Desk['memory'], kind) {
        const rows = plain.view.call(this, kind) as ReturnType<Desk['memory']['view']>
        return new Map([...rows].map(([id, row]) => [id, { ...row, data: (this.records.get(`${kind}/${id}`)?.data ?? row.data) as typeof row.data }]))
      }
    }
    patch(desk.memory)
    const reload = desk.load.bind(desk)
    desk.load = async () => { await reload(); patch(desk.memory) }
  }),
}
