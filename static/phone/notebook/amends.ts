/* What a person decides about conflicts and the tray, turned into new ops; the old ones stay as they were made. */
import type { Mark } from './desk'
import type { InTray, Open } from './memory'
import { same, isSet } from './overlay'
import { type Draft, opHead, ownWork, type Pen, write } from './saving'
import { type Choice, type Fields, NotSaved, type Saved } from './types'
import { closed, DISCARDED } from './wire'

type Choices = 'mine' | 'theirs' | Record<string, Choice>

export async function resolveConflict(pen: Pen, id: string, choices: Choices): Promise<Saved> {
  const card = pen.desk.memory.conflicts.get(id)
  if (!card) throw new NotSaved('the conflict is no longer open')
  const op: Draft = { ...opHead(pen, card.kind, card.record_id), ...verdict(pen, card, choices), resolves: id }
  const value: Open = { ...card, resolving: op.op_id }
  await write(pen, [op], { also: [{ store: 'conflicts', key: id, value }] })
  return { op_ids: [op.op_id], ids: [card.record_id], undo_until: null }
}

type Verdict = Pick<Draft, 'action' | 'set' | 'base' | 'restores'>

function verdict({ desk }: Pen, card: Open, choices: Choices): Verdict {
  const whole = typeof choices === 'string' ? choices : null
  const truth = desk.memory.records.get(`${card.kind}/${card.record_id}`)
  if (card.code === 'DELETE_VS_EDIT' && whole === 'mine') return { action: 'delete', base: { ...truth?.data } }
  if (card.code === 'EDIT_VS_DELETE' && whole === 'theirs') return { action: 'delete', base: {} }
  const picked: Fields = {}
  const theirs: Fields = {}
  for (const [field, conflict] of Object.entries(card.fields)) {
    const choice = whole ?? (choices as Record<string, Choice>)[field] ?? 'theirs'
    picked[field] = (typeof choice === 'object' ? choice.value : conflict[choice]) ?? null
    theirs[field] = conflict.theirs ?? null
  }
  if (card.code === 'EDIT_VS_DELETE') return { action: 'create', restores: true, set: { ...truth?.data, ...picked } }
  return { action: 'update', set: picked, base: theirs }
}

/* The new op takes the old one's place; the old row stays in the tray, closed, until it is old. */
export async function correctTray(pen: Pen, op_id: string, set: Fields): Promise<Saved> {
  const row = inTray(pen, op_id)
  const { op: { op_id: _old, device_seq: _seq, made_at: _at, v: _v, replaces: _replaces, resolves, ...op } } = row
  const shown = pen.desk.memory.shown(op.kind, op.id)
  const draft: Draft = { ...opHead(pen, op.kind, op.id), ...op, ...(resolves ? { resolves } : {}), ...(row.stuck ? {} : { replaces: op_id }) }
  if (op.action !== 'delete') draft.set = { ...op.set, ...set }
  if (op.action === 'update') {
    draft.base = {}
    for (const field of Object.keys(draft.set ?? {})) {
      const seen = op.base && field in op.base && !ownWork(pen, op.kind, op.id, field) ? op.base[field] : shown?.[field]
      if (same(seen, draft.set![field], isSet(op.kind, field)) && !resolves) delete draft.set![field]
      else draft.base[field] = seen ?? null
    }
  }
  await write(pen, [draft], { also: [shut(pen, row, 'corrected')] })
  return { op_ids: [draft.op_id], ids: [op.id], undo_until: null }
}

/* Nobody has answered for a stuck op, so it may go again under its own id. */
export async function sendAgain(pen: Pen, op_id: string): Promise<void> {
  const { op, stuck } = inTray(pen, op_id)
  if (!stuck) throw new NotSaved('the server has refused this op; it must be put right first')
  await pen.desk.put([{ store: 'tray', key: op.device_seq }, { store: 'outbox', key: op.device_seq, value: { op } }])
}

export async function dropTray(pen: Pen, op_id: string): Promise<void> {
  await pen.desk.put([shut(pen, inTray(pen, op_id), 'dropped')])
}

export async function discardUnsent({ desk }: Pen): Promise<void> {
  const { outbox, drafts, meta } = desk.memory
  const gone = outbox.size + desk.memory.openTray().filter(({ stuck }) => stuck).length      // the server has the other ones
  await desk.put([
    ...(gone ? [{ store: 'meta', key: DISCARDED, value: ((meta.get(DISCARDED) as number | undefined) ?? 0) + gone } as Mark] : []),
    ...[...outbox.keys()].map((key): Mark => ({ store: 'outbox', key })),
    ...desk.memory.openTray().map(({ op }): Mark => ({ store: 'tray', key: op.device_seq })),
    ...[...drafts.keys()].map((key): Mark => ({ store: 'drafts', key }))])
}

function inTray({ desk }: Pen, op_id: string): InTray {
  const row = desk.memory.openTray().find(({ op }) => op.op_id === op_id)
  if (!row) throw new NotSaved('this op is no longer in the tray')
  return row
}

function shut({ desk, now }: Pen, row: InTray, how: NonNullable<InTray['closed']>): Mark {
  const at = desk.memory.meta.get('server_time') as string | undefined ?? new Date(now()).toISOString()
  return { store: 'tray', key: row.op.device_seq, value: closed(row, how, at) }
}
