/* What must hold, whatever the weather was: nothing lost, no one quarrels with himself, all alike. */
import { SCHEMA_VERSION } from '../../static/phone/generated/records'
import { isSet, same } from '../../static/phone/notebook/overlay'
import type { Fields, Kind } from '../../static/phone/notebook/types'
import { type End, keyed, type Logged, type Seen } from './host'
import { Broken, everything, inTray } from './signs'
import type { Mine, Phone, Promised, Story } from './story'

const KINDS = Object.keys(SCHEMA_VERSION) as Kind[]
const erased = (story: Story, person: string | null) => person !== null && story.people.get(person)?.erased === true

/* Every saved op is on its phone or with the server, or erased on request; what was taken back is with nobody. True at every moment (I1). */
export async function nothingLost(story: Story): Promise<void> {
  const here = new Map(story.phones.map((phone) => [phone.name, everything(phone)]))
  const doubtful = [...story.promised].filter(([op_id, op]) => op.undone || (!here.get(op.phone)!.has(op_id) && !erased(story, op.person)))
  if (!doubtful.length) return
  const log = await story.host.log(doubtful.map(([op_id]) => op_id))
  for (const [op_id, { phone, undone, record }] of doubtful) {
    if (undone && log[op_id]) throw new Broken('undone stays undone', story, op_id)
    if (!undone && !log[op_id]) throw new Broken('nothing lost', story, `${op_id} of ${phone} on ${record}`)
  }
}

/* No record that the server shows disappears from a phone, not even between two pages. Called after every step. */
export async function nothingVanishes(story: Story): Promise<void> {
  for (const { name, user, device: { book } } of story.phones) {
    const now = new Set(book.all('visit').map(({ id }) => id))
    const deleted = new Set(book.ops().filter(({ action }) => action === 'delete').map(({ id }) => id))
    const missing = [...story.shown.get(name) ?? []].filter((id) => !now.has(id) && !deleted.has(id))
    if (missing.length) {
      const theirs = keyed((await story.host.act('truth', { users: [user] }) as Seen).views[user]!)
      for (const id of missing) if (theirs.has(`visit/${id}`)) throw new Broken('nothing vanishes', story, `${id} from ${name}`)
    }
    story.shown.set(name, now)
  }
}

/* When all is quiet: every op has an answer, booked to its maker, in the order it was made (I3, I13, I14, I16). */
export function allBooked(story: Story, { log, views }: End, rounds: number): void {
  if (rounds > 3) throw new Broken('empty within three rounds', story, `${rounds} rounds`)
  const there = keyed(views[story.host.ids['birthe']!]!)
  const place = new Map<string, number>()
  for (const [op_id, op] of [...story.promised].sort((a, b) => a[1].device_seq - b[1].device_seq)) {
    const found = log[op_id]
    const phone = story.phones.find(({ name }) => name === op.phone)!
    if (op.undone || erased(story, op.person) || (!found && inTray(phone).has(op_id))) continue     // a restore may cost the quarantine's copy
    if (!found) throw new Broken('everything booked', story, `${op_id} on ${op.record}`)
    if (found.user !== op.user) throw new Broken('booked to its maker', story, op_id)
    if (found.status === 'rejected' && !inTray(phone).has(op_id)) throw new Broken('refusals are seen', story, op_id)
    if (found.status === 'rejected' && !reason(story, op, found)) throw new Broken('refused only for a reason', story, `${op_id} on ${op.record}: ${found.code}`)
    if (found.status === 'held' && there.has(op.record)) throw new Broken('nothing waits for what is there', story, `${op_id} on ${op.record}`)
    if (op.corrects) continue                // it takes the place of one that was made earlier
    const key = `${op.phone} ${op.record}`
    if (found.place !== null && (place.get(key) ?? 0) > found.place) throw new Broken('in the order made', story, `${op_id} on ${op.record}`)
    place.set(key, found.place ?? place.get(key) ?? 0)
  }
  const stranger = Object.keys(log).find((op_id) => !story.promised.has(op_id))
  if (stranger) throw new Broken('booked is only what was saved', story, stranger)
}

function reason({ people, outcast, host }: Story, { record, person, user }: Promised, { code }: Logged): boolean {
  if (code === 'INVALID') return record.startsWith('visit/')
  if (code === 'NO_CONSENT') return /^(talk|next_step)\//.test(record) && people.get(person!)!.barred
  return code === 'NOT_ALLOWED' && outcast && user === host.ids['emre']
}

/* A step of somebody who has said no may have been stopped by the server. */
const stopped = ({ people }: Story, { kind, person }: Mine) => kind === 'next_step' && people.get(person!)!.barred

/* A record that only one phone has ever touched is as its user left it, and in no conflict. */
export function noQuarrelWithOneself(story: Story, { log, views, questions }: End): void {
  const refused = new Set([...story.promised].filter(([op_id]) => ['rejected', 'held'].includes(log[op_id]?.status ?? 'rejected')).map(([, { record }]) => record))
  for (const { kind, record_id } of [...questions[story.host.ids['signe']!]!, ...questions[story.host.ids['emre']!]!])
    if (story.solo.get(`${kind}/${record_id}`)?.refused === false) throw new Broken('no one quarrels with himself', story, record_id)
  for (const [key, mine] of story.solo) {
    if (!mine.sure || mine.refused || refused.has(key) || erased(story, mine.person) || stopped(story, mine)) continue
    const there = keyed(views[story.phones.find(({ name }) => name === mine.phone)!.user]!).get(key)
    if (!there !== !mine.data || (there && different(mine.kind, there.data, mine.data!)))
      throw new Broken('as its user left it', story, `${key} ${JSON.stringify(there?.data)} instead of ${JSON.stringify(mine.data)}`)
  }
}

/* Each phone shows what the server has for its user, field by field, and the same open questions (I8). */
export function allAlike(story: Story, { views, questions }: End): void {
  for (const phone of story.phones) {
    const theirs = keyed(views[phone.user]!)
    for (const kind of KINDS) alike(story, phone, kind, theirs)
    const [asked, open] = [phone.device.book.conflicts(), questions[phone.user]!].map((cards) => cards.map(({ id }) => id).sort().join())
    if (asked !== open) throw new Broken('the same questions', story, `${phone.name} asks ${asked}, open are ${open}`)
  }
}

function alike(story: Story, { name, device }: Phone, kind: Kind, theirs: ReturnType<typeof keyed>): void {
  const shown = device.book.all(kind)
  for (const row of shown) {
    if (row.rev === 0 && row.state !== 'SAVED') continue
    const there = theirs.get(`${kind}/${row.id}`)
    if (!there || different(kind, there.data, row.data as unknown as Fields))
      throw new Broken('all alike', story, `${name} ${kind} ${row.id} ${row.state} ${JSON.stringify(row.data)} instead of ${JSON.stringify(there?.data)}`)
  }
  const ids = new Set(shown.map(({ id }) => id))
  for (const there of theirs.values()) if (there.kind === kind && !ids.has(there.id)) throw new Broken('all alike', story, `${name} misses ${kind} ${there.id}`)
}

export function different(kind: Kind, a: Fields, b: Fields): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].some((field) => !same(a[field], b[field], isSet(kind, field)))
}
