/* The data key wrapped by a passphrase: what lies on the disk is of no use to who does not know it (security.md, Keys). */
import { argon2id } from 'hash-wasm'
import { DataKey, KEY_BYTES } from './datakey'
import type { Passkeyed } from './passkey'

/* What making a key of a passphrase costs. */
export interface Cost { memory_kib: number; passes: number }
export interface Worded extends Cost { v: 1; salt: Uint8Array<ArrayBuffer>; box: Uint8Array<ArrayBuffer> }
export interface Wrap {
  words: Worded | null                // the data key under the passphrase; null once it has been guessed at too often
  spare: Uint8Array<ArrayBuffer>      // … and under the share that only the server keeps
  passkey?: Passkeyed                 // … and under the phone's own lock, where its owner has said so
}

const LEAST: Cost = { memory_kib: 64 * 1024, passes: 3 }
const AT_LEAST_MS = 500
const MOST_PASSES = 12
const SALT_BYTES = 16
const SPARE = 'spare'

/* A new data key, its wrap, and the recovery share: for the server to keep, and on this phone for nobody who has not got the key. */
export async function newKey(owner: string, passphrase: string, cost?: Cost): Promise<{ key: DataKey; wrap: Wrap; share: string }> {
  const raw = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  const share = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  const spare = await (await DataKey.of(share, owner)).box(raw, SPARE)
  const words = await worded(raw, owner, passphrase, cost)
  return { key: await taken(raw, owner), wrap: { words, spare }, share: inWords(share) }
}

/* null: the passphrase is not the one. */
export async function unwrapped(owner: string, wrap: Wrap, passphrase: string): Promise<DataKey | null> {
  const raw = await rawOf(owner, wrap, passphrase)
  return raw && taken(raw, owner)
}

/* The same data key under another passphrase; null when neither the former one nor the share opens it. What is sealed stays as it is. */
export async function rewrapped(owner: string, wrap: Wrap, by: { former: string } | { share: string }, passphrase: string, cost?: Cost): Promise<{ key: DataKey; wrap: Wrap } | null> {
  const raw = 'former' in by ? await rawOf(owner, wrap, by.former) : await rawOfSpare(owner, wrap, by.share)
  if (!raw) return null
  const words = await worded(raw, owner, passphrase, cost)
  return { key: await taken(raw, owner), wrap: { ...wrap, words } }
}

async function taken(raw: Uint8Array<ArrayBuffer>, owner: string): Promise<DataKey> {
  const key = await DataKey.of(raw, owner)
  raw.fill(0)
  return key
}

async function worded(raw: Uint8Array<ArrayBuffer>, owner: string, passphrase: string, cost?: Cost): Promise<Worded> {
  const head = { v: 1 as const, ...cost ?? await calibrated(), salt: crypto.getRandomValues(new Uint8Array(SALT_BYTES)) }
  const outer = await DataKey.of(await stretched(passphrase, head), owner)
  return { ...head, box: await outer.box(raw, aboutWords(head)) }
}

/* The key itself, for another wrap: the caller wipes it out. null: the passphrase is not the one. */
export async function rawOf(owner: string, { words }: Wrap, passphrase: string): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!words) return null
  const outer = await DataKey.of(await stretched(passphrase, words), owner)
  return outer.content(words.box, aboutWords(words)).catch(() => null)
}

async function rawOfSpare(owner: string, { spare }: Wrap, share: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = Uint8Array.from(atob(share.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
  return (await DataKey.of(bytes, owner)).content(spare, SPARE).catch(() => null)
}

const inWords = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

const aboutWords = ({ v, memory_kib, passes, salt }: Omit<Worded, 'box'>) => `wrap|${v}|${memory_kib}|${passes}|${salt.join()}`

const stretched = (passphrase: string, { memory_kib, passes, salt }: Cost & { salt: Uint8Array }) =>
  argon2id({ password: passphrase, salt, memorySize: memory_kib, iterations: passes, parallelism: 1, hashLength: KEY_BYTES, outputType: 'binary' }) as Promise<Uint8Array<ArrayBuffer>>

/* A fast phone takes more passes, so that each try costs whoever finds it half a second too. */
async function calibrated(): Promise<Cost> {
  const begun = performance.now()
  await stretched('how fast is this phone', { ...LEAST, salt: new Uint8Array(SALT_BYTES) })
  return { ...LEAST, passes: enough(performance.now() - begun) }
}

export const enough = (ms: number): number => Math.max(LEAST.passes, Math.min(MOST_PASSES, Math.ceil(LEAST.passes * AT_LEAST_MS / Math.max(ms, 1))))
