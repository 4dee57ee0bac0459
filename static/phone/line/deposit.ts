/* Hands in what lies in the postbox while its owner's phone is locked; by the worker with the page closed, by a locked page else. */
import { ask, type Means, meansOf } from './exact'
import { ifClosed } from './locks'
import { type Letter, letters, putLetter } from './postbox'

const MOST_LETTERS = 100
const MOST_CHARACTERS = 700_000
const USELESS = ['broken', 'unknown_key']

/* True when nothing is left that another try could hand in: else the browser should wake us again. */
export async function handIn(means: Means = meansOf()): Promise<boolean> {
  const users = new Set((await letters()).filter(({ box }) => box !== null).map(({ user_id }) => user_id))
  const done = await Promise.all([...users].map((user_id) => ifClosed(user_id, () => allOf(user_id, means))))
  return done.every((one) => one !== false)
}

/* Undefined where the owner has the phone open: then the line sends. */
async function allOf(user_id: string, means: Means): Promise<boolean> {
  for (;;) {
    const waiting = (await letters(user_id)).filter(({ box }) => box !== null)
    const held = waiting.findIndex(({ hold_until }) => hold_until !== undefined && hold_until > means.clock.now())
    const batch = fitting(held < 0 ? waiting : waiting.slice(0, held))
    if (batch.length) {
      if (!await delivered(batch, waiting.length, means)) return false
    } else if (held >= 0) await means.pause(Math.min(waiting[held]!.hold_until! - means.clock.now() + 100, 20_000))
    else return true
  }
}

/* The oldest ones with one address, as many as fit. */
function fitting(waiting: readonly Letter[]): Letter[] {
  const [first] = waiting
  let room = MOST_CHARACTERS
  const end = waiting.findIndex(({ credential, epoch, box }, i) => i >= MOST_LETTERS || credential !== first!.credential || epoch !== first!.epoch || (room -= box!.length) < 0 && i > 0)
  return waiting.slice(0, end < 0 ? waiting.length : end)
}

async function delivered(batch: readonly Letter[], all: number, means: Means): Promise<boolean> {
  const { device_id, credential, epoch } = batch[0]!
  const boxes = batch.map(({ op_id, box }) => ({ op_id, box }))
  const reply = await ask(means, { path: '/api/sync/v1/deposit', body: { credential, epoch, boxes, unsent: all - batch.length }, device: device_id })
  if (reply.kind === 'refused' && reply.status === 403) return wayward(batch)
  const results = reply.kind === 'exact' ? reply.body['results'] as { op_id: string; status: string }[] | undefined : undefined
  if (!Array.isArray(results) || !results.every(({ op_id }, i) => op_id === batch[i]?.op_id) || results.length !== batch.length) return false
  for (const [i, { status }] of results.entries()) {
    if (status === 'received') await putLetter({ ...batch[i]!, box: null, received: true })
    else if (USELESS.includes(status)) await putLetter({ ...batch[i]!, box: null })
  }
  return results.some(({ status }) => status === 'received' || USELESS.includes(status)) && !results.some(({ status }) => status === 'later')
}

/* Shut out, or an old address: nothing but opening the phone helps. The letters stay, and so does the outbox. */
async function wayward(batch: readonly Letter[]): Promise<boolean> {
  for (const letter of batch) await putLetter({ ...letter, box: null })
  return true
}
