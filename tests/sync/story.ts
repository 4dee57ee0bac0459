/* What a seeded week remembers: its phones, what their users were told is saved, and whom it is about. */
import type { Change, Fields, Kind, SaveOptions } from '../../static/phone/notebook/types'
import type { Device } from './device'
import type { Rules } from './rules'
import type { Week } from './host'
import type { Clock } from './time'
import type { Fault } from './weather'

export type Random = () => number
export interface Phone {
  name: string; user: string; jar: string; device: Device; random: Random
  fault: Fault | null; spared: number; dies: (() => void) | null
  turn: (() => Promise<void>) | null       // waits for its turn when several phones sync at once
}
/* One op that the user was told is saved: where it was made, as which in the week, about which record and person. */
export interface Promised { phone: string; user: string; device_seq: number; number: number; record: string; person: string | null; undone: boolean; corrects: boolean }
/* What one phone alone has written to a record, in the user's own words. `refused`: the server would not have some of it,
   so later work stands on what never was. `sure`: undo has not made it hard to say what the user meant. */
export interface Mine { phone: string; kind: Kind; id: string; data: Fields | null; refused: boolean; sure: boolean; person: string | null }
/* `barred`: a gate of theirs has at some time been shut, by a no or by time. */
export interface Person { id: string; code: string; note: string; barred: boolean; erased: boolean }

export interface Story {
  seed: number; host: Week; clock: Clock; random: Random; pick: <T>(list: readonly T[]) => T; newId: () => string
  phones: Phone[]; promised: Map<string, Promised>; numbers: Map<string, number>
  solo: Map<string, Mine>; shared: Set<string>; shown: Map<string, Set<string>>; people: Map<string, Person>
  ghosts: (() => Promise<unknown>)[]       // requests that were given up, and reach the server all the same, late
  outcast: boolean                         // Emre has at some time been shut out, or given back a citizen
  slips: number                            // how often somebody writes what no rule allows
  told: string[]
  rules: Rules                             // the phone's own, or wrong ones that are planted
}

export async function saved(story: Story, phone: Phone, changes: readonly unknown[], person: string | null = null, options: SaveOptions = {}): Promise<string[]> {
  const done = await phone.device.book.save(changes as Change[], options)
  keep(story, phone, done.op_ids, person)
  return done.ids
}

export function keep(story: Story, phone: Phone, op_ids: readonly string[], person: string | null = null, corrects = false): void {
  const made = new Map(phone.device.book.ops().map((op) => [op.op_id, op]))
  for (const id of op_ids) {
    const op = made.get(id)
    if (!op || story.promised.has(id)) continue
    const record = `${op.kind}/${op.id}`
    if (!story.numbers.has(record)) story.numbers.set(record, story.numbers.size)
    const about = person ?? [...story.promised.values()].find((other) => other.record === record)?.person ?? null
    story.promised.set(id, { phone: phone.name, user: phone.user, device_seq: op.device_seq, number: story.promised.size, record, person: about, undone: false, corrects })
  }
}

/* The rows a phone shows, in the order they were first made: never in the order of ids, which carry the phone's clock. */
export function rows(story: Story, phone: Phone, kind: Kind): { id: string; data: Fields }[] {
  const number = (id: string) => story.numbers.get(`${kind}/${id}`) ?? -1
  return phone.device.book.all(kind).map(({ id, data }) => ({ id, data: data as unknown as Fields })).sort((a, b) => number(a.id) - number(b.id))
}

/* Records that this phone may write to: those that everybody does, and those it has to itself. */
export function mayTouch(story: Story, phone: Phone, kind: Kind): { id: string; data: Fields }[] {
  return rows(story, phone, kind).filter(({ id }) => story.shared.has(`${kind}/${id}`) || story.solo.get(`${kind}/${id}`)?.phone === phone.name)
}

export function mine(story: Story, phone: Phone, kind: Kind, id: string, data: Fields, person: string | null = null, refused = false): void {
  story.solo.set(`${kind}/${id}`, { phone: phone.name, kind, id, data, refused, sure: true, person })
}
