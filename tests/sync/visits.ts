/* What advisers do with visits and flyers, alone and in each other's records; also what they regret and put right. */
import type { Fields } from '../../static/phone/notebook/types'
import { sync } from './sending'
import { keep, mayTouch, mine, type Phone, type Random, saved, type Story } from './story'

const ROLES = ['DOCTOR', 'NURSE', 'SECRETARY', 'MANAGER', 'CITIZEN']
export const MOST_MINUTES = 240
const DAYS = ['2026-11-22T09:00:00Z', '2026-11-22T09:00:00Z', '2026-10-14T09:00:00Z']      // October may be closed by now

export const someRoles = (random: Random) => ROLES.filter((role) => role === 'DOCTOR' || random() < 0.4).slice(random() < 0.5 ? 0 : -1)
export const someMinutes = (random: Random) => 5 + Math.floor(random() * (MOST_MINUTES - 4))
const minutes = ({ random, slips }: Story) => (random() < slips ? 999 : someMinutes(random))

export async function write(story: Story, phone: Phone): Promise<void> {
  const { random, pick, host } = story
  const set: Fields = { practice_id: host.ids['valby'], occurred_at: pick(DAYS), minutes: minutes(story), mode: 'IN_PERSON', purpose: 'REGULAR',
    met_roles: ['DOCTOR'], outcome: pick(['COMPLETED', 'DESK_ONLY']) }
  const [id] = await saved(story, phone, [{ kind: 'visit', action: 'create', set }], null, { undoable: random() < 0.3 })
  if (random() < 0.5) story.shared.add(`visit/${id!}`)
  else mine(story, phone, 'visit', id!, set, null, Number(set['minutes']) > MOST_MINUTES)
}

export async function edit(story: Story, phone: Phone): Promise<void> {
  const { random, pick } = story
  const row = pick(mayTouch(story, phone, 'visit'))
  if (!row) return
  const set: Fields = {}
  if (random() < 0.6) set['minutes'] = minutes(story)
  if (random() < 0.3) set['note'] = pick(['a', 'b', 'c', null])
  if (random() < 0.4) set['met_roles'] = someRoles(random)
  await saved(story, phone, [{ kind: 'visit', action: 'update', id: row.id, set }], null, { undoable: random() < 0.2 })
  const own = story.solo.get(`visit/${row.id}`)
  if (!own) return
  if (Number(set['minutes'] ?? 0) > MOST_MINUTES) own.refused = true
  own.data = { ...own.data, ...set }
}

export async function remove(story: Story, phone: Phone): Promise<void> {
  const row = story.pick(mayTouch(story, phone, 'visit'))
  if (!row) return
  await saved(story, phone, [{ kind: 'visit', action: 'delete', id: row.id }])
  const own = story.solo.get(`visit/${row.id}`)
  if (own) own.data = null
}

/* Now and then the bag is counted instead. */
export async function handOut(story: Story, phone: Phone): Promise<void> {
  const { random, host } = story
  const quantity = 1 + Math.floor(random() * 20)
  const what = { batch_id: host.ids['oplag'], quantity, occurred_at: '2026-11-24T10:00:00Z', from_place: 'BAG' }
  const set: Fields = quantity % 5 ? { ...what, move: 'HANDED_OUT', to_place: 'PRACTICE', practice_id: host.ids['valby'] } : { ...what, move: 'COUNT', to_place: 'BAG' }
  const [id] = await saved(story, phone, [{ kind: 'stock_move', action: 'create', set }])
  mine(story, phone, 'stock_move', id!, set)
}

/* Saves with the ten seconds, and taps "Fortryd" at once or after a round with the server. */
export async function regret(story: Story, phone: Phone): Promise<void> {
  const { random, pick } = story
  const row = pick(mayTouch(story, phone, 'visit'))
  if (!row) return
  const { book } = phone.device
  const done = await book.save([{ kind: 'visit', action: 'update', id: row.id, set: { minutes: someMinutes(random) } }], { undoable: true })
  keep(story, phone, done.op_ids)
  if (random() < 0.5) { story.clock.pass(random() * 30_000); await sync(phone, random() < 0.5 ? 'lost_answer' : null, pick([0, 1, 1])) }
  const before = new Set(book.ops().map(({ op_id }) => op_id))
  const undone = await phone.device.book.undo(done.op_ids)
  for (const id of undone.removed) story.promised.get(id)!.undone = true
  keep(story, phone, phone.device.book.ops().map(({ op_id }) => op_id).filter((id) => !before.has(id)))
  const own = story.solo.get(`visit/${row.id}`)
  if (own && !undone.removed.length) own.sure = false
}

/* Somebody looks at "Status" and does what it says, in the order in which the questions came up. */
export async function settle(story: Story, phone: Phone): Promise<void> {
  const { random, pick } = story
  const { book, line } = phone.device
  const age = ({ op_id }: { op_id: string }) => story.promised.get(op_id)?.number ?? -1
  const card = pick(book.conflicts().sort((a, b) => age(a) - age(b)))
  const item = pick(book.tray())
  if (card) keep(story, phone, (await book.resolveConflict(card.id, pick(['mine', 'theirs'] as const))).op_ids)
  if (!item) return
  const choice = random()
  if (item.stuck) await book.sendAgain(item.op_id)
  else if (choice < 0.15) await book.dropTray(item.op_id)
  else if (choice < 0.3) await line.handOver([item.op_id])
  else if (item.op.kind === 'visit' || item.op.kind === 'talk') keep(story, phone, (await book.correctTray(item.op_id, { minutes: someMinutes(random) })).op_ids, null, true)
}
