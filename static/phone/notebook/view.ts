/* Pulled pages: staged as they come, swapped in as a whole together with the cursor. Worked out in memory. */
import { type Envelope, heard, truthOf } from './answers'
import type { Mark } from './desk'
import { keyOf, type Memory, type Open, type Truth } from './memory'
import type { Kind } from './types'
import type { WireRecord } from './answers'

export type Change =
  | (WireRecord & { gone?: undefined })
  | { kind: Kind; id: string; rev: number; gone: 'deleted' | 'erased' | 'out_of_scope' | 'expired' }
export interface Page extends Envelope {
  changes: Change[]; cursor: string; has_more: boolean; conflicts: Open[]
  reset?: 'FIRST' | 'NEW_EPOCH' | 'SCOPE_CHANGED' | 'CURSOR_TOO_OLD'
}
/* `seq`: where the server's book stood at the first page; what this phone had answered after it is newer than the view. */
export interface Staging { cursor: string; reset: boolean; epoch: string; seq: number }

export const removalLimit = (records: number) => Math.max(25, records * 0.2)
const CONFLICTS_LISTED = 100

export interface Staged { marks: Mark[]; asks: number; done: boolean }

export function staged(memory: Memory, page: Page, allowRemoval = false): Staged {
  const before = memory.meta.get('staging') as Staging | undefined
  const starts = page.reset !== undefined || !before
  const staging: Staging = starts
    ? { cursor: page.cursor, reset: page.reset !== undefined, epoch: page.epoch, seq: page.head.seq }
    : { ...before, cursor: page.cursor }
  const rows = new Map(starts ? [] : memory.staged)
  const fresh = new Map(page.changes.map((change) => [keyOf(change.kind, change.id), rowOf(change, page.epoch)]))
  for (const [key, row] of fresh) rows.set(key, row)
  const common = heard(memory, page)
  if (!page.has_more) return swapped(memory, rows, staging, page, common, allowRemoval)
  const marks: Mark[] = [...common, ...(starts ? cleared(memory) : []), { store: 'meta', key: 'staging', value: staging }]
  for (const [key, value] of fresh) marks.push({ store: 'staged', key, value })
  return { marks, asks: 0, done: false }
}

export function cleared(memory: Memory): Mark[] {
  return [{ store: 'meta', key: 'staging' }, ...[...memory.staged.keys()].map((key): Mark => ({ store: 'staged', key }))]
}

const rowOf = (change: Change, epoch: string): Truth => change.gone
  ? { kind: change.kind, id: change.id, rev: change.rev, epoch, seq: null, author_id: null, made_at: null, data: {}, gone: change.gone }
  : truthOf(change, epoch, null)

function swapped(
  memory: Memory, rows: Map<string, Truth>, staging: Staging, page: Page, common: Mark[], allowRemoval: boolean,
): Staged {
  const missing = staging.reset ? [...memory.records].filter(([key, row]) => !rows.has(key) && !row.gone && !newer(row, staging)) : []
  if (!allowRemoval && missing.length > removalLimit(memory.records.size))
    return { marks: [...common, ...cleared(memory)], asks: missing.length, done: false }
  const marks = [...common, ...cleared(memory)]
  for (const [key] of missing) marks.push(...removed(memory, key, 'deleted'))
  for (const [key, row] of rows) {
    const was = memory.records.get(key)
    if (was && was.epoch === row.epoch && was.rev > row.rev) continue
    if (row.gone) marks.push(...removed(memory, key, row.gone))
    else marks.push({ store: 'records', key, value: {
      ...row, seq: was?.seq ?? null, author_id: row.author_id ?? was?.author_id ?? null, made_at: row.made_at ?? was?.made_at ?? null } })
  }
  marks.push(...openNow(memory, page), ...swept(memory, rows),
    { store: 'meta', key: 'cursor', value: page.cursor }, { store: 'meta', key: 'view_epoch', value: page.epoch })
  return { marks, asks: 0, done: true }
}

const newer = (row: Truth, staging: Staging) => row.epoch === staging.epoch && (row.seq ?? 0) > staging.seq

/* Outbox, journal and tray stay whatever happens, with one exception: what a citizen has had erased. */
function removed(memory: Memory, key: string, why: string): Mark[] {
  const was = memory.records.get(key)
  if (why === 'erased') return [{ store: 'records', key }, ...erased(memory, key)]
  if (was && why === 'deleted' && needed(memory, key)) return [{ store: 'records', key, value: { ...was, gone: why } }]
  return was ? [{ store: 'records', key }] : []
}

function needed(memory: Memory, key: string): boolean {
  return [...memory.outbox.values()].some(({ op }) => keyOf(op.kind, op.id) === key)
    || [...memory.conflicts.values()].some((card) => keyOf(card.kind, card.record_id) === key)
}

function erased(memory: Memory, key: string): Mark[] {
  const id = key.slice(key.indexOf('/') + 1)
  const names = (value: unknown) => JSON.stringify(value).includes(id)
  const marks: Mark[] = []
  for (const store of ['outbox', 'journal', 'tray'] as const)
    for (const [device_seq, row] of memory[store]) if (names(row.op)) marks.push({ store, key: device_seq })
  for (const [draft, value] of memory.drafts) if (draft.includes(id) || names(value ?? null)) marks.push({ store: 'drafts', key: draft })
  for (const [card, value] of memory.conflicts) if (names(value)) marks.push({ store: 'conflicts', key: card })
  return marks
}

/* The pulled list is the truth about which conflicts are open, unless it is cut short. */
function openNow(memory: Memory, page: Page): Mark[] {
  const listed = new Set(page.conflicts.map(({ id }) => id))
  const marks = page.conflicts.map((card): Mark => {
    const { resolving } = memory.conflicts.get(card.id) ?? {}
    return { store: 'conflicts', key: card.id, value: { ...card, ...(resolving ? { resolving } : {}) } }
  })
  if (page.conflicts.length < CONFLICTS_LISTED)
    for (const key of memory.conflicts.keys()) if (!listed.has(key)) marks.push({ store: 'conflicts', key })
  return marks
}

/* Deleted records that were kept for an op or a card which is settled by now. */
function swept(memory: Memory, rows: Map<string, Truth>): Mark[] {
  return [...memory.records].filter(([key, row]) => row.gone && !rows.has(key) && !needed(memory, key))
    .map(([key]): Mark => ({ store: 'records', key }))
}
