/* The shape of a user's database, and an upgrade that proves it lost nothing from the outbox. */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb'
import type { Kind } from './types'

export interface OpRow { device_seq: number; op_id: string; kind: Kind; id: string; box: unknown }
/* captured: written while the phone was locked, and closed for the capture key instead of sealed in `box`. */
export interface OutboxRow extends Omit<OpRow, 'box'> { box?: unknown; hold_until?: number; captured?: string }
export interface TrayRow extends OpRow { closed?: string }
/* A record with a box of its own; most lie in lots, and have no row. */
export interface TruthRow { kind: Kind; id: string; rev: number; gone?: string; box: unknown }
export interface BoxRow { id: string; box: unknown }
export interface DraftRow { key: string; box: unknown }

export interface Stores extends DBSchema {
  records: { key: [string, string]; value: TruthRow }
  staged: { key: [string, string]; value: TruthRow }
  outbox: { key: number; value: OutboxRow; indexes: { op_id: string } }
  journal: { key: number; value: OpRow }
  tray: { key: number; value: TrayRow }
  conflicts: { key: string; value: BoxRow }
  drafts: { key: string; value: DraftRow }
  lots: { key: string; value: BoxRow }
  meta: { key: string; value: unknown }
}
export type Store = StoreNames<Stores>
export type Write = IDBPTransaction<Stores, Store[], 'readwrite'>
export type Upgrade = IDBPTransaction<Stores, Store[], 'versionchange'>
export const STORES: readonly Store[] = ['records', 'staged', 'outbox', 'journal', 'tray', 'conflicts', 'drafts', 'lots', 'meta']

/* Step n brings version n to n + 1. Steps only add: the outbox's name and key path never change (sync.md 9.8). */
export type Step = (db: IDBPDatabase<Stores>, tx: Upgrade) => void | Promise<unknown>
export const STEPS: readonly Step[] = [
  (db) => {
    db.createObjectStore('records', { keyPath: ['kind', 'id'] })
    db.createObjectStore('staged', { keyPath: ['kind', 'id'] })
    db.createObjectStore('outbox', { keyPath: 'device_seq' }).createIndex('op_id', 'op_id', { unique: true })
    db.createObjectStore('journal', { keyPath: 'device_seq' })
    db.createObjectStore('tray', { keyPath: 'device_seq' })
    db.createObjectStore('conflicts', { keyPath: 'id' })
    db.createObjectStore('drafts', { keyPath: 'key' })
    db.createObjectStore('meta')
  },
  (db) => { db.createObjectStore('lots', { keyPath: 'id' }) },
]

/* Count and FNV-1a hash of all unsent ops, as one word to compare. Boxes may hold bytes, so those count too. */
export function fingerprint(rows: readonly unknown[]): string {
  const text = JSON.stringify(rows, (_, value) =>
    ArrayBuffer.isView(value) ? [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)]
      : value instanceof ArrayBuffer ? [...new Uint8Array(value)] : value)
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return `${rows.length}:${hash >>> 0}`
}

export async function upgrade(db: IDBPDatabase<Stores>, tx: Upgrade, from: number, steps = STEPS): Promise<void> {
  const unsent = async () =>
    db.objectStoreNames.contains('outbox') ? fingerprint(await tx.objectStore('outbox').getAll()) : fingerprint([])
  const before = await unsent()
  for (const step of steps.slice(from)) await step(db, tx)
  if (await unsent() !== before) throw new Error('the upgrade would have changed the outbox')
}
