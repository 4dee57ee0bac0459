/* Checks that an exact answer has the whole shape that was promised; half of one moves nothing. */
import type { Envelope, PushAnswer, Result } from '../notebook/answers'
import type { Op } from '../notebook/types'
import type { Page } from '../notebook/view'
import type { Json } from './exact'

const STATUSES = new Set(['accepted', 'duplicate', 'conflict', 'held', 'rejected', 'retry'])
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'

function envelope(body: Json): boolean {
  const head = body['head']
  return isText(body['epoch']) && isText(body['server_time']) && typeof body['durable_through'] === 'number'
    && isObject(head) && isText(head['epoch']) && typeof head['seq'] === 'number' && isText(head['hash'])
}

const isRecord = (value: unknown) =>
  isObject(value) && isText(value['kind']) && isText(value['id']) && typeof value['rev'] === 'number'
  && (isText(value['gone']) || isObject(value['data']))

/* A new record that stands as the phone sent it comes back without its content: the phone has asked for no echo. */
function filled(result: unknown, op: Op): unknown {
  if (!isObject(result) || !isObject(result['record']) || result['status'] !== 'accepted' || op.action !== 'create') return result
  const { record } = result
  return record['data'] === undefined && record['gone'] === undefined ? { ...result, record: { ...record, data: op.set } } : result
}

/* One result per op, the same ids in the same order. */
export function pushAnswer(body: Json, ops: readonly Op[]): PushAnswer | null {
  if (!envelope(body) || !Array.isArray(body['results']) || body['results'].length !== ops.length) return null
  const results = body['results'].map((result: unknown, i) => filled(result, ops[i]!))
  const whole = results.every((result: unknown, i) => isObject(result) && result['op_id'] === ops[i]!.op_id
    && STATUSES.has(result['status'] as Result['status']) && isText(result['code'])
    && (result['record'] === undefined || isRecord(result['record'])))
  return whole ? { ...body, results } as unknown as PushAnswer : null
}

export function page(body: Json): Page | null {
  const { changes, cursor, has_more, conflicts } = body
  const whole = envelope(body) && Array.isArray(changes) && changes.every(isRecord) && isText(cursor)
    && typeof has_more === 'boolean' && (conflicts === undefined || Array.isArray(conflicts))
  return whole ? { ...body, conflicts: conflicts ?? [] } as unknown as Page : null
}

export type { Envelope }
