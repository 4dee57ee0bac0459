/* What the user should see of one record: the server's truth with unanswered ops on top. Pure. */
import { SETS } from './kinds'
import type { Fields, Kind, Op } from './types'

export const isSet = (kind: Kind, field: string): boolean => SETS[kind]?.includes(field) ?? false

/* Absent and null are the same, equal instants are equal, and list fields are sets: order and repeats do not matter (sync.md 13). */
export function same(a: unknown, b: unknown, set = false): boolean {
  return canonical(a, set) === canonical(b, set)
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/

function canonical(value: unknown, set: boolean): string {
  if (value === undefined || value === null) return 'null'
  if (typeof value === 'string' && INSTANT.test(value)) return String(Date.parse(value))
  if (!Array.isArray(value)) return typeof value === 'object' ? JSON.stringify(sorted(value)) : JSON.stringify(value)
  const parts = value.map((item) => canonical(item, false))
  return JSON.stringify(set ? [...new Set(parts)].sort() : parts)
}

function sorted(value: object): unknown {
  return Object.entries(value).filter(([, v]) => v !== null && v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, canonical(v, false)])
}

const keyed = (value: unknown) => new Map((Array.isArray(value) ? value : []).map((item) => [canonical(item, false), item as unknown]))

/* Mine are the additions and removals between base and set, carried over to what stands there now. */
export function mergeSets(now: unknown, base: unknown, set: unknown): unknown[] {
  const [here, was, wanted] = [keyed(now), keyed(base), keyed(set)]
  for (const key of was.keys()) if (!wanted.has(key)) here.delete(key)
  for (const [key, item] of wanted) if (!was.has(key)) here.set(key, item)
  return [...here.values()]
}

/* The record after one op; null = not there. */
export function applied(data: Fields | null, op: Op): Fields | null {
  if (op.action === 'delete') return null
  if (op.action === 'create') return data ?? { ...op.set }
  if (!data) return null
  const next = { ...data }
  for (const [field, value] of Object.entries(op.set ?? {}))
    next[field] = isSet(op.kind, field) ? mergeSets(data[field], op.base?.[field], value) : value
  return next
}
