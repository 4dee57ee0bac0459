/* One user's notebook, opened: memory in front, database behind, the same in every tab. */
import { correctTray, discardUnsent, dropTray, resolveConflict, sendAgain } from './amends'
import { preparePair, type Stops } from './capture'
import { Desk, type Mark } from './desk'
import { databaseOf, Door, type DoorOptions } from './door'
import { same } from './overlay'
import { type Pen, save, undo } from './saving'
import { browserTabs, type Tabs } from './tabs'
import { takeOver } from './takeover'
import type { Change, Choice, ConflictCard, Fields, Kind, Kinds, Notebook, OpTrace, Owner, Row, Saved, SaveOptions, Seal, TrayItem, Undone, User } from './types'
import { type Bytes, idMaker } from './uuid'
import { Wire } from './wire'

export interface BookOptions extends DoorOptions { seal: Seal; now?: () => number; bytes?: Bytes; tabs?: Tabs }

/* A phone that is unlocked knows its owner only; the rest of the user lies in the notebook since the last sign-in. */
export async function openNotebook(owner: Owner | User, options: BookOptions): Promise<Book> {
  const now = options.now ?? Date.now
  const door = new Door(databaseOf(owner.id), options)
  await takeOver(door, options.seal)
  const desk = new Desk(door, options.seal)
  await desk.load()
  const known = desk.memory.meta.get('user') as User | undefined
  const user: User = 'name' in owner ? owner : known ?? { name: owner.initials, role: '', ...owner }
  const marks: Mark[] = 'name' in owner ? [{ store: 'meta', key: 'heard_at', value: now() }] : []      // the server has just let them in
  if (!same(known, user)) marks.push({ store: 'meta', key: 'user_id', value: user.id }, { store: 'meta', key: 'user', value: user })
  if (marks.length) await desk.put(marks)
  return new Book(user, desk, { desk, now, newId: idMaker(now, options.bytes) }, options.tabs ?? browserTabs(user.id))
}

export class Book implements Notebook {
  readonly wire: Wire         // for the line only
  private readonly onTheWay = new Map<string, { value?: unknown }>()     // drafts that the disk does not have yet
  private drafting: Promise<unknown> = Promise.resolve()

  constructor(readonly user: User, private readonly desk: Desk, private readonly pen: Pen, private readonly tabs: Tabs) {
    this.wire = new Wire(desk, pen.now)
    desk.announce = () => tabs.tell()
    tabs.heard(() => void desk.refresh().catch(() => {}))
  }

  get version(): number { return this.desk.version }
  changed(listener: () => void): () => void { return this.desk.changed(listener) }

  all<K extends Kind>(kind: K): Row<K>[] { return [...this.desk.memory.view(kind).values()] as Row<K>[] }
  one<K extends Kind>(kind: K, id: string): Row<K> | null { return (this.desk.memory.view(kind).get(id) as Row<K> | undefined) ?? null }
  ops(): OpTrace[] { return this.desk.memory.ops() }
  conflicts(): ConflictCard[] { return this.desk.memory.openConflicts().map(({ resolving: _resolving, ...card }) => card) }
  waiting(): { count: number; oldest: string | null } { return this.wire.waiting() }
  tray(): TrayItem[] {
    return this.desk.memory.openTray().map(({ op, code, message, fields, stuck }) => ({ op_id: op.op_id, op, code, message, fields, stuck }))
  }

  save(changes: readonly Change[], options?: SaveOptions): Promise<Saved> { return save(this.pen, changes, options) }
  undo(op_ids: readonly string[]): Promise<Undone> { return undo(this.pen, op_ids) }
  resolveConflict(id: string, choice: 'mine' | 'theirs' | Record<string, Choice>): Promise<Saved> { return resolveConflict(this.pen, id, choice) }
  correctTray(op_id: string, set: Fields): Promise<Saved> { return correctTray(this.pen, op_id, set) }
  sendAgain(op_id: string): Promise<void> { return sendAgain(this.pen, op_id) }
  dropTray(op_id: string): Promise<void> { return dropTray(this.pen, op_id) }
  discardUnsent(): Promise<void> { return discardUnsent(this.pen) }

  /* A draft is read as it was put last, also while the disk is still writing it: who comes back at once finds it. */
  draft<T>(key: string): T | null { return (this.draftsNow().get(key) as T | undefined) ?? null }
  drafts(): string[] { return [...this.draftsNow().keys()] }
  putDraft(key: string, value: unknown): Promise<void> { return this.lay(key, { value: value ?? null }) }
  dropDraft(key: string): Promise<void> { return this.lay(key, {}) }

  /* When all drafts are on the disk that were put so far. */
  async drafted(): Promise<void> { await this.drafting }

  private async lay(key: string, draft: { value?: unknown }): Promise<void> {
    this.onTheWay.set(key, draft)
    const writing = this.desk.put([{ store: 'drafts', key, ...draft }])
    this.drafting = Promise.allSettled([this.drafting, writing])
    try {
      await writing
    } finally {
      if (this.onTheWay.get(key) === draft) this.onTheWay.delete(key)
    }
  }

  private draftsNow(): Map<string, unknown> {
    const now = new Map(this.desk.memory.drafts)
    for (const [key, draft] of this.onTheWay) {
      if ('value' in draft) now.set(key, draft.value)
      else now.delete(key)
    }
    return now
  }

  setting<T>(key: string): T | null { return (this.desk.memory.meta.get(`setting:${key}`) as T | undefined) ?? null }
  putSetting(key: string, value: unknown): Promise<void> {
    return this.desk.put([{ store: 'meta', key: `setting:${key}`, ...(value == null ? {} : { value }) }])
  }

  /* So that the phone can take new things down while it is locked, and knows where its owner meant to go today. */
  async readyToLock(stops: Stops | null): Promise<void> {
    await preparePair(this.desk)
    await this.desk.refresh()
    if (stops && !same(this.desk.memory.meta.get('stops'), stops)) await this.desk.put([{ store: 'meta', key: 'stops', value: stops }])
  }

  /* Lets go of the database; the other tabs look again at what is left of it. */
  letGo(): void { this.desk.door.close(); this.tabs.tell() }
  close(): void { this.tabs.close(); this.desk.door.close() }
}

export type { Kinds }
