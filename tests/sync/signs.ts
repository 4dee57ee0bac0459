/* What a promise is judged by: all that lies on a phone, who may see whom, and whether the book holds. */
import { type End, keyed } from './host'
import type { Phone, Story } from './story'

export class Broken extends Error {
  constructor(readonly promise: string, readonly story: Story, detail: string) { super(`seed ${story.seed}: ${promise}: ${detail}`) }
}

interface Inside { desk: { memory: { tray: Map<number, { op: { op_id: string } }> } } }
export const everything = (phone: Phone) => new Set([...phone.device.book.ops().map(({ op_id }) => op_id), ...inTray(phone)])

/* Also what has been dealt with there. */
export function inTray({ device: { book } }: Phone): Set<string> {
  return new Set([...(book as unknown as Inside).desk.memory.tray.values()].map(({ op }) => op.op_id))
}

/* The book as it lies there, read by somebody else: chain, sums, exactly once, no silent overwrite, consent, seats (I3, I5, I6, I16, I18). */
export async function theBookHolds(story: Story): Promise<void> {
  const wrong = await story.host.act('judge') as string[]
  if (wrong.length) throw new Broken('the book holds', story, wrong.slice(0, 3).join('; '))
}

/* Nobody sees a citizen, or what hangs on one, but its author, whom it was handed over to, and the office (I12). */
export function nobodyElseSees(story: Story, { views }: End): void {
  const all = keyed(views[story.host.ids['birthe']!]!)
  for (const user of [story.host.ids['signe']!, story.host.ids['emre']!]) {
    for (const { kind, id, author_id, data } of views[user]!) {
      const citizen = kind === 'citizen' ? all.get(`citizen/${id}`) : data['citizen_id'] ? all.get(`citizen/${String(data['citizen_id'])}`) : null
      if (citizen && ![author_id, citizen.author_id, citizen.data['adviser_id']].includes(user)) throw new Broken('nobody else sees', story, `${kind} ${id}`)
    }
  }
}

/* No byte of an erased citizen is with the server or on a phone (I19). */
export async function nothingRemains(story: Story): Promise<void> {
  const gone = [...story.people.values()].filter(({ erased }) => erased)
  if (!gone.length) return
  const codes = [...story.people.values()].map(({ code }) => code)
  const texts = gone.flatMap(({ code, note }) => [note, ...(codes.indexOf(code) === codes.lastIndexOf(code) ? [code] : [])])
  const there = await story.host.act('remains', { texts }) as string[]
  if (there.length) throw new Broken('nothing remains', story, `${there.join(', ')} on the server`)
  for (const phone of story.phones) {
    const disk = await contentOf(phone)
    const left = texts.find((text) => disk.includes(text))
    if (left) throw new Broken('nothing remains', story, `${left} on ${phone.name}`)
  }
}

async function contentOf({ device, user }: Phone): Promise<string> {
  const done = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error) })
  const db = await done(device.disk.open(`raadgiver-${user}`))
  const stores = [...db.objectStoreNames]
  const tx = db.transaction(stores)
  const content = await Promise.all(stores.map((store) => done(tx.objectStore(store).getAll())))
  db.close()
  return JSON.stringify(content)
}
