/* From a passphrase to an open notebook; the keys come in a file of their own, and only now. */
import { changeWrap, countTry, forgetTries, keepFirstWrap, type Owner, triesOf, type User, wrapOf } from '../notebook'
import { MOST_TRIES, waitMs } from '../rules/tries'
import { enter, line, user } from './present'
import { count } from './words'

const keys = () => import('../keys')
type Key = Parameters<typeof enter>[1]

/* After a sign-in on the server, whose passphrase becomes this phone's. False: what lies here is still locked by an earlier one. */
export async function comeIn(person: User, passphrase: string): Promise<boolean> {
  const wrap = await wrapOf(person.id)
  const key = wrap ? await (await keys()).unwrapped(person.id, wrap, passphrase) : await firstKey(person, passphrase)
  if (key) await open(person, key)
  return key !== null
}

async function firstKey({ id }: User, passphrase: string): Promise<Key | null> {
  const { newKey, unwrapped } = await keys()
  const { key, wrap } = await newKey(id, passphrase)
  const stands = await keepFirstWrap(id, wrap)
  return stands === wrap ? key : unwrapped(id, stands, passphrase)       // another tab was first
}

/* False: `former` is not the one either. */
export async function comeInWithFormer(person: User, passphrase: string, former: string): Promise<boolean> {
  const next = await (await keys()).rewrapped(person.id, (await wrapOf(person.id))!, former, passphrase)
  if (!next) return false
  await changeWrap(person.id, next.wrap)
  await open(person, next.key)
  return true
}

async function open(person: User, key: Key): Promise<void> {
  await forgetTries(person.id)
  if (user.value?.id === person.id) void line().sync('tap')
  else await enter(person, key)
}

/* Without the server. Why not, in words; null: it is open. */
export async function unlock(owner: Owner, passphrase: string): Promise<string | null> {
  const before = await triesOf(owner.id)
  if (before.wrong >= MOST_TRIES) return TOO_MANY
  const wait = waitMs(before, Date.now())
  if (wait > 0) return `Vent ${count(Math.ceil(wait / 1_000), 'sekund', 'sekunder')}, og prøv igen.`
  const { wrong } = await countTry(owner.id, Date.now())
  const key = await (await keys()).unwrapped(owner.id, (await wrapOf(owner.id))!, passphrase)
  if (!key) return wrong >= MOST_TRIES ? TOO_MANY : 'Adgangssætningen passer ikke. Prøv igen.'
  await forgetTries(owner.id)
  await enter(owner, key)
  return null
}

const TOO_MANY = 'Adgangssætningen er skrevet forkert for mange gange. Log ind med net for at åbne. Intet er slettet.'
