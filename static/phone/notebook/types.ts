/* What the notebook hands out and takes in; everything a screen or the line needs to know of it. */
import type { Fields, Kind, Kinds } from './kinds'

export type { Fields, Kind, Kinds }

/* Codes of the enum sync_state. SENT: the server has it but has not applied it yet (held). */
export type SyncState = 'DRAFT' | 'WAITING' | 'SENT' | 'SAVED' | 'FIX' | 'CONFLICT'
export type Action = 'create' | 'update' | 'delete'

/* What a phone may know of somebody while it is locked. */
export interface Owner { id: string; initials: string }
export interface User extends Owner { name: string; role: string }

/* One change as it travels (sync.md 3). Made once, never rewritten. */
export interface Op {
  op_id: string; device_seq: number; v: number; kind: Kind; id: string; action: Action
  set?: Fields; base?: Fields; made_at: string; restores?: true; resolves?: string; replaces?: string   // replaces: the refused op that this one corrects
}

/* A record as the user should see it: the server's truth with the user's unanswered ops on top. */
export interface Row<K extends Kind = Kind> {
  kind: K; id: string; data: Kinds[K]
  rev: number                 // 0 until the server has it
  state: SyncState
  author_id: string | null
  made_at: string | null      // UTC instant; when the record was first made
  seq: number | null          // receipt: the place in the server's book of this phone's newest change to it
  op_ids: string[]            // unanswered, held or rejected ops of this record, oldest first
}

/* One change to save. `seen` is what the form showed when it was opened (row.data); left out, what is shown now.
   Update: only keys that differ from `seen` become part of the op; nothing differs = nothing to send. */
export type Change =
  | { [K in Kind]: { kind: K; action: 'create'; id?: string; set: Kinds[K]; restores?: true } }[Kind]
  | { [K in Kind]: { kind: K; action: 'update'; id: string; set: Partial<Kinds[K]>; seen?: Fields } }[Kind]
  | { kind: Kind; action: 'delete'; id: string; seen?: Fields }

export interface SaveOptions {
  undoable?: boolean          // holds the ops back for 10 s, so that undo() leaves no trace
  draft?: string              // key of the draft that this save replaces; dropped in the same transaction
}
export interface Saved { op_ids: string[]; ids: string[]; undo_until: number | null }  // ids: one per change, same order

/* removed: never sent, gone without trace. reversed: an opposite change was saved. too_late: facts that cannot be taken back. */
export interface Undone { removed: string[]; reversed: string[]; too_late: string[] }

export type Choice = 'mine' | 'theirs' | { value: unknown }
export interface FieldConflict { base: unknown; mine: unknown; theirs: unknown }
export interface ConflictCard {
  id: string; kind: Kind; record_id: string; op_id: string
  code: 'FIELD_CONFLICT' | 'EDIT_VS_DELETE' | 'DELETE_VS_EDIT' | 'ID_EXISTS' | (string & {})
  fields: Record<string, FieldConflict>
}

/* One op in the tray "Kræver handling". `stuck`: the server has never answered for it; it can be sent again as it is. */
export interface TrayItem {
  op_id: string; op: Op; code: string; message: string
  fields: Record<string, string>          // field -> why, in Danish
  stuck: boolean
}

/* Where one op is: one row per op in "Status". */
export interface OpTrace {
  op_id: string; device_seq: number; kind: Kind; id: string; action: Action; made_at: string
  where: 'outbox' | 'journal' | 'tray'
  status: 'waiting' | 'accepted' | 'conflict' | 'held' | 'rejected' | 'settled' | 'stuck'
  code: string | null; seq: number | null
  notice: string | null       // what the server said besides "saved", in Danish: "Holdet blev fuldt …"
}

/* What a locked phone closes boxes for the server with and hands them in by. In the clear: it opens nothing. */
export interface Slip { device_id: string; credential: string; box: { id: string; key: string }; at: number }

export interface Waiting { user: Owner; waiting: number; tray: number }

/* Wraps what is stored, before the transaction begins: a key is never awaited inside one. `about` says what each value is
   ("record|visit|<id>|<rev>", "lot|<id>", "op|<op_id>", "conflict|<id>", "draft|<key>", "meta|<key>"): bind it as additional data. */
export interface Seal {
  seal(values: readonly unknown[], about: readonly string[]): Promise<unknown[]>
  open(boxes: readonly unknown[], about: readonly string[]): Promise<unknown[]>
}

/* What the screens use. Every read is from memory and at once; every write resolves only when it is on the disk. */
export interface Notebook {
  readonly user: User
  /* Grows with every change; `changed` is called after it has grown. Returns the way to stop listening. */
  readonly version: number
  changed(listener: () => void): () => void

  all<K extends Kind>(kind: K): Row<K>[]
  one<K extends Kind>(kind: K, id: string): Row<K> | null
  ops(): OpTrace[]
  tray(): TrayItem[]
  conflicts(): ConflictCard[]
  waiting(): { count: number; oldest: string | null }   // unsent ops; made_at of the oldest

  /* All changes in one transaction, or none. Throws NotSaved: say "IKKE gemt" and keep the form. */
  save(changes: readonly Change[], options?: SaveOptions): Promise<Saved>
  undo(op_ids: readonly string[]): Promise<Undone>

  /* One choice for all fields, or one per field. 'mine' on EDIT_VS_DELETE brings the record back. */
  resolveConflict(id: string, choice: 'mine' | 'theirs' | Record<string, Choice>): Promise<Saved>
  /* A rejected op, put right and sent as a new op; `set` holds only what is changed. */
  correctTray(op_id: string, set: Fields): Promise<Saved>
  /* A stuck op, sent again as it is. */
  sendAgain(op_id: string): Promise<void>
  /* Only on the user's explicit word. */
  dropTray(op_id: string): Promise<void>
  /* Sign-out with "Slet" and the typed word: outbox, open tray and drafts, in one transaction. */
  discardUnsent(): Promise<void>

  putDraft(key: string, value: unknown): Promise<void>
  draft<T>(key: string): T | null
  drafts(): string[]
  dropDraft(key: string): Promise<void>

  /* Small settings of this user on this phone (theme, sort order …); never sent. */
  setting<T>(key: string): T | null
  putSetting(key: string, value: unknown): Promise<void>

  close(): void
}

export class NotSaved extends Error {
  override readonly name = 'NotSaved'
}
/* Another tab runs a newer version of the app: close and open again. */
export class Outdated extends Error {
  override readonly name = 'Outdated'
}
