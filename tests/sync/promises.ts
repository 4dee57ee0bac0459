/* What must hold, whatever the weather was: nothing lost, no one quarrels with himself, all alike. */
import { isSet, same } from '../../static/phone/notebook/overlay'
import type { Fields, Kind } from '../../static/phone/notebook/types'
import type { Story } from './scenario'

export class Broken extends Error {
  constructor(readonly promise: string, story: Story, detail: string) { super(`seed ${story.seed}: ${promise}: ${detail}`) }
}

const logged = ({ host, promised }: Story) => host.log([...promised].map(([op_id, { user }]) => ({ op_id, user })))

/* Every saved op is on its phone or with the server; what was taken back is with nobody. True at every moment (I1). */
export async function nothingLost(story: Story): Promise<void> {
  const log = await logged(story)
  const here = new Map(story.phones.map((phone) => [phone.name, new Set(everything(story, phone.name))]))
  for (const [op_id, { phone, undone }] of story.promised) {
    if (undone && log.has(op_id)) throw new Broken('undone stays undone', story, op_id)
    if (!undone && !log.has(op_id) && !here.get(phone)!.has(op_id)) throw new Broken('nothing lost', story, `${op_id} of ${phone}`)
  }
}

function everything(story: Story, name: string): string[] {
  const { book } = story.phones.find((phone) => phone.name === name)!.device
  return [...book.ops().map(({ op_id }) => op_id), ...inTray(story, name)]
}

/* Also what has been dealt with there. */
function inTray(story: Story, name: string): string[] {
  const { book } = story.phones.find((phone) => phone.name === name)!.device
  const { memory } = (book as unknown as { desk: { memory: { tray: Map<number, { op: { op_id: string } }> } } }).desk
  return [...memory.tray.values()].map(({ op }) => op.op_id)
}

/* No record that the server shows disappears from a phone, not even between two pages. Called after every step. */
export async function nothingVanishes(story: Story): Promise<void> {
  for (const { name, user, device: { book } } of story.phones) {
    const now = new Set(book.all('visit').map(({ id }) => id))
    const deleted = new Set(book.ops().filter(({ action }) => action === 'delete').map(({ id }) => id))
    const theirs = await story.host.sees(user)
    for (const id of story.shown.get(name) ?? [])
      if (!now.has(id) && !deleted.has(id) && theirs.has(`visit/${id}`)) throw new Broken('nothing vanishes', story, `${id} from ${name}`)
    story.shown.set(name, now)
  }
}

/* When all is quiet: every op has an answer, booked to its maker, in the order it was made. */
export async function allBooked(story: Story, rounds: number): Promise<void> {
  if (rounds > 3) throw new Broken('empty within three rounds', story, `${rounds} rounds`)
  const log = await logged(story)
  const last = new Map<string, { device_seq: number; place: number }>()
  for (const [op_id, op] of [...story.promised].sort((a, b) => a[1].device_seq - b[1].device_seq)) {
    const found = log.get(op_id)
    if (op.undone || (!found && inTray(story, op.phone).includes(op_id))) continue     // a restore may cost the quarantine's copy
    if (!found) throw new Broken('everything booked', story, op_id)
    if (found.user !== op.user) throw new Broken('booked to its maker', story, op_id)
    if (found.status === 'rejected' && !everything(story, op.phone).includes(op_id)) throw new Broken('refusals are seen', story, op_id)
    const key = `${op.phone} ${op.record}`
    if ((last.get(key)?.place ?? 0) > found.place) throw new Broken('in the order made', story, `${op_id} on ${op.record}`)
    last.set(key, { device_seq: op.device_seq, place: found.place })
  }
}

/* A record that only one phone has ever touched is as its user left it, and in no conflict. */
export async function noQuarrelWithOneself(story: Story): Promise<void> {
  for (const { kind, record_id } of await story.host.conflicts())
    if (story.solo.get(`${kind}/${record_id}`)?.refused === false) throw new Broken('no one quarrels with himself', story, record_id)
  for (const [key, mine] of story.solo) {
    if (!mine.sure || mine.refused) continue
    const there = (await story.host.sees(story.phones.find(({ name }) => name === mine.phone)!.user)).get(key)
    if (!there !== !mine.data || (there && different(mine.kind, there.data, mine.data!)))
      throw new Broken('as its user left it', story, `${key} ${JSON.stringify(there?.data)} instead of ${JSON.stringify(mine.data)}`)
  }
}

/* Each phone shows what the server has for its user, field by field (I8). */
export async function allAlike(story: Story): Promise<void> {
  for (const { name, user, device } of story.phones) {
    const theirs = await story.host.sees(user)
    const shown = device.book.all('visit').filter(({ rev, state }) => rev > 0 || state === 'SAVED')
    for (const row of shown) {
      const there = theirs.get(`visit/${row.id}`)
      if (!there || different('visit', there.data, row.data as unknown as Fields))
        throw new Broken('all alike', story, `${name} ${row.id} ${row.state} ${JSON.stringify(row.data)} instead of ${JSON.stringify(there?.data)}`)
    }
    const ids = new Set(device.book.all('visit').map(({ id }) => id))
    for (const { kind, id } of theirs.values()) if (kind === 'visit' && !ids.has(id)) throw new Broken('all alike', story, `${name} misses ${id}`)
  }
}

function different(kind: Kind, a: Fields, b: Fields): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].some((field) => !same(a[field], b[field], isSet(kind, field)))
}
