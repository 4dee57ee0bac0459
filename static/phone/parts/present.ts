/* What is open right now: one user's notebook and line, the clock, the word to the user. Screens that read it redraw themselves. */
import { batch, computed, signal } from '@preact/signals'
import type { Kind, Kinds } from '../generated/records'
import { holdOpen, Line, type LineState, startLoop, startPosting } from '../line'
import { forgetSignIn, openNotebook, type Owner, rememberUser, type Row, type Seal, type User } from '../notebook'
import { type Reach, reach } from '../rules/away'
import { empty, orderedWhileLocked } from './emptying'

type Book = Awaited<ReturnType<typeof openNotebook>>
export type Shown<K extends Kind> = Omit<Row, 'kind' | 'data'> & { kind: K; data: Kinds[K] }

export const user = signal<User | null>(null)
export const locked = signal<Owner | null>(null)      // whose phone it is while nobody has the key
export const lineState = signal<LineState | null>(null)
export const now = signal(Date.now())
export const emptied = signal(false)      // the server has ordered this phone to forget everything, and it has
export const openedBefore = signal<string | null>(null)      // a phone that lies unopened for long may be emptied by its browser
const version = signal(0)
/* How much the phone may do after so long without the server. */
export const reaching = computed<Reach>(() => { void version.value; return user.value ? reach(open!.book.wire.heardAt, now.value) : 'ALL' })
let open: { book: Book; line: Line; stop: () => void } | null = null

export const book = (): Book => open!.book
export const line = (): Line => open!.line

export async function enter(person: Owner | User, seal: Seal): Promise<void> {
  leave()
  const opened = await openNotebook(person, { seal })
  const talking = new Line(opened, { deviceName: deviceName() })
  const stops = [
    opened.changed(() => { version.value = opened.version }),
    talking.watch((state) => {
      lineState.value = state
      badge(state.waiting)
      if (state.revoked === 'wipe') void obey(opened)
    }),
  ]
  stops.push(holdOpen(person.id), startPosting(opened))
  open = { book: opened, line: talking, stop: () => { for (const stop of stops) stop() } }
  batch(() => { version.value = opened.version; locked.value = null; user.value = opened.user })
  stops.push(startLoop(talking))
  openedBefore.value = opened.setting<string>('opened_at')
  await Promise.all([rememberUser(person), opened.putSetting('opened_at', new Date().toISOString())])
}

/* Nothing of it is shown from the first moment on, whatever the disk says to being emptied. */
async function obey(told: Book): Promise<void> {
  if (emptied.value) return
  const order = { user_id: told.user.id, device_id: told.wire.deviceId!, unsent: told.waiting().count + told.tray().length }
  told.letGo()
  batch(() => { emptied.value = true; locked.value = null; leave() })
  await empty(order)
}

/* Asked while the phone is locked: has it been told to empty itself? Then it does. */
export async function heed(owner: Owner): Promise<void> {
  const order = await orderedWhileLocked(owner.id)
  if (!order || emptied.value) return
  batch(() => { emptied.value = true; locked.value = null; leave() })
  await empty(order)
}

/* How much waits, on the app's icon, where the phone can show it (domain.md 3.3). */
function badge(waiting: number): void { navigator.setAppBadge?.(waiting).catch(() => {}) }

/* Closes the notebook; what waits in it stays. */
export function leave(): void {
  open?.stop()
  open?.book.close()
  open = null
  batch(() => { user.value = null; lineState.value = null })
}

export async function forget(): Promise<void> {
  await forgetSignIn()
  locked.value = null
  leave()
}

/* The page holds neither key nor content from the first moment on; what was being written is put away before the notebook closes. */
export async function lock(): Promise<void> {
  const closing = open
  if (!closing || locked.value) return
  const { id, initials } = closing.book.user
  batch(() => { locked.value = { id, initials }; user.value = null; lineState.value = null })
  await new Promise((gone) => setTimeout(gone))        // the screen has gone, and its form has told the notebook
  await closing.book.drafted()
  if (open === closing) leave()
}

/* Everything of one kind as the user should see it, and again after each change. */
export function rows<K extends Kind>(kind: K): Shown<K>[] {
  void version.value
  return open ? open.book.all(kind) as unknown as Shown<K>[] : []
}

export function row<K extends Kind>(kind: K, id: string): Shown<K> | null {
  void version.value
  return open ? open.book.one(kind, id) as unknown as Shown<K> | null : null
}

/* For reads that are not of one kind: the tray, the traces, drafts. */
export function watched(): Book {
  void version.value
  return open!.book
}

export function startClock(): void {
  const tick = () => { now.value = Date.now() }
  setInterval(tick, 20_000)
  document.addEventListener('visibilitychange', tick)
}

/* What the coordinator sees in the list of phones: the make, nothing that follows a person. */
function deviceName(): string {
  const agent = navigator.userAgent
  const make = ['iPhone', 'iPad', 'Android', 'Mac', 'Windows', 'Linux'].find((name) => agent.includes(name)) ?? 'Telefon'
  return matchMedia('(display-mode: standalone)').matches ? `${make}, på hjemmeskærmen` : make
}
