/* From a passphrase or a passkey to an open notebook; the keys come in a file of their own, and only now. */
import type { Wrap } from '../keys'
import { RECOVERY_SHARE, recoveryShare } from '../line'
import { changeWrap, countTry, dropWords, forgetTries, keepFirstWrap, keepPasskey, lockedPhone, type Owner, triesOf, type User, wrapOf } from '../notebook'
import { reach } from '../rules/away'
import { MOST_TRIES, waitMs } from '../rules/tries'
import { book, enter, line, user } from './present'
import { count } from './words'

const keys = () => import('../keys')
type Key = Parameters<typeof enter>[1]

/* After a sign-in on the server, whose passphrase becomes this phone's. FORMER: what lies here was locked by an earlier one, and the
   server has no share that opens it. NO_SHARE: only the server's share opens it, and it did not come. */
export async function comeIn(person: User, passphrase: string): Promise<'OPEN' | 'FORMER' | 'NO_SHARE'> {
  const wrap = await wrapOf(person.id)
  if (!wrap) return firstTime(person, passphrase)
  const key = await (await keys()).unwrapped(person.id, wrap, passphrase)
  if (key) return open(person, key)
  const phone = await lockedPhone(person.id)
  const share = phone && await recoveryShare(phone.device_id)
  if (share !== null && await changed(person, { share }, passphrase)) return 'OPEN'
  return wrap.words ? 'FORMER' : 'NO_SHARE'
}

async function firstTime(person: User, passphrase: string) {
  const { newKey } = await keys()
  const { key, wrap, share } = await newKey(person.id, passphrase)
  if (await keepFirstWrap(person.id, wrap) !== wrap) return comeIn(person, passphrase)       // another tab was first
  await open(person, key)
  await book().putSetting(RECOVERY_SHARE, share)
  return 'OPEN' as const
}

/* False: `former` is not the one either. */
export const comeInWithFormer = (person: User, passphrase: string, former: string): Promise<boolean> => changed(person, { former }, passphrase)

async function changed(person: User, by: { former: string } | { share: string }, passphrase: string): Promise<boolean> {
  const next = await (await keys()).rewrapped(person.id, (await wrapOf(person.id))!, by, passphrase)
  if (!next) return false
  await changeWrap(person.id, next.wrap)
  await open(person, next.key)
  return true
}

async function open(person: User, key: Key) {
  await forgetTries(person.id)
  if (user.value?.id === person.id) void line().sync('tap')
  else await enter(person, key)
  return 'OPEN' as const
}

/* Without the server. Why not, in words; null: it is open. */
export async function unlock(owner: Owner, passphrase: string): Promise<string | null> {
  const key = await tried(owner, async (wrap) => (await keys()).unwrapped(owner.id, wrap, passphrase))
  if (typeof key === 'string') return key
  await enter(owner, key)
  return null
}

/* By the phone's own lock; wrong fingers are the phone's to count. */
export async function unlockByPasskey(owner: Owner): Promise<string | null> {
  if (await tooLong(owner)) return TOO_LONG
  const passkey = (await wrapOf(owner.id))?.passkey
  const key = passkey && await (await keys()).unwrappedBy(owner.id, passkey).catch(() => null)
  if (!key) return NOT_BY_PASSKEY
  await enter(owner, key)
  return null
}

/* Why not, in words; null: the phone's own lock opens the notebook from now on. The key is taken out of its wrap once more, so it takes the passphrase. */
export async function usePasskey(owner: Owner, passphrase: string): Promise<string | null> {
  const { passkeyed, rawOf } = await keys()
  const raw = await tried(owner, (wrap) => rawOf(owner.id, wrap, passphrase))
  if (typeof raw === 'string') return raw
  const passkey = await passkeyed(owner.id, owner.initials, raw).catch(() => undefined)
  if (passkey === undefined) return 'Passkeyen blev ikke lavet. Prøv igen. Din adgangssætning virker stadig.'
  if (passkey) await keepPasskey(owner.id, passkey)
  else await book().putSetting(WITHOUT, navigator.userAgent)
  return passkey ? null : UNABLE
}

export async function dropPasskey(owner: Owner): Promise<void> {
  const passkey = (await wrapOf(owner.id))?.passkey
  await keepPasskey(owner.id, undefined)
  if (passkey) (await keys()).forgotten(passkey.id)
}

/* When the passkey was made; true: there is none, and there may be one; false: this phone cannot. A newer browser is asked again. */
export async function passkeyOf(owner: Owner): Promise<string | boolean> {
  const passkey = (await wrapOf(owner.id))?.passkey
  return passkey ? passkey.made_at : book().setting(WITHOUT) !== navigator.userAgent && (await keys()).passkeysMaybe()
}

/* One try at the passphrase, counted before it is made. Why not, in words. */
async function tried<T extends object>(owner: Owner, attempt: (wrap: Wrap) => Promise<T | null>): Promise<T | string> {
  const before = await triesOf(owner.id)
  if (before.wrong >= MOST_TRIES) return shut(owner)
  if (await tooLong(owner)) return TOO_LONG
  const wait = waitMs(before, Date.now())
  if (wait > 0) return `Vent ${count(Math.ceil(wait / 1_000), 'sekund', 'sekunder')}, og prøv igen.`
  const { wrong } = await countTry(owner.id, Date.now())
  const got = await attempt((await wrapOf(owner.id))!)
  if (!got) return wrong >= MOST_TRIES ? shut(owner) : 'Adgangssætningen passer ikke. Prøv igen.'
  await forgetTries(owner.id)
  return got
}

async function tooLong(owner: Owner): Promise<boolean> {
  const phone = await lockedPhone(owner.id)
  return phone !== null && reach(phone.heard_at, Date.now()) === 'NOTHING'
}

async function shut(owner: Owner): Promise<string> {
  await dropWords(owner.id)
  return TOO_MANY
}

const WITHOUT = 'without_passkey'      // the browser that makes passkeys which open nothing
export const UNABLE = 'Telefonens passkeys kan ikke åbne notesbogen. Brug din adgangssætning.'
const NOT_BY_PASSKEY = 'Passkeyen åbnede ikke. Prøv igen, eller skriv din adgangssætning.'
const TOO_LONG = 'Telefonen har ikke haft kontakt med serveren i 14 dage. Log ind med net for at åbne. Intet er slettet.'
const TOO_MANY = 'Adgangssætningen er skrevet forkert for mange gange. Log ind med net for at åbne. Intet er slettet.'
