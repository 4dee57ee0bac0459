/* The data key wrapped by a passphrase: what lies on the disk is of no use to who does not know it (security.md, Keys). */
import { argon2id } from 'hash-wasm'
import { DataKey, KEY_BYTES } from './datakey'

/* What making a key of a passphrase costs. */
export interface Cost { memory_kib: number; passes: number }
export interface Wrap extends Cost { v: 1; salt: Uint8Array<ArrayBuffer>; box: Uint8Array<ArrayBuffer> }

const LEAST: Cost = { memory_kib: 64 * 1024, passes: 3 }
const AT_LEAST_MS = 500
const MOST_PASSES = 12
const SALT_BYTES = 16

/* A new data key and its wrap. */
export async function newKey(owner: string, passphrase: string, cost?: Cost): Promise<{ key: DataKey; wrap: Wrap }> {
  const raw = crypto.getRandomValues(new Uint8Array(KEY_BYTES))
  const wrap = await wrapped(raw, owner, passphrase, cost)
  return { key: await taken(raw, owner), wrap }
}

/* null: the passphrase is not the one. */
export async function unwrapped(owner: string, wrap: Wrap, passphrase: string): Promise<DataKey | null> {
  const raw = await rawOf(owner, wrap, passphrase)
  return raw && taken(raw, owner)
}

/* The same data key under another passphrase; null when `former` is not the one. Nothing that is sealed has to be sealed anew. */
export async function rewrapped(owner: string, wrap: Wrap, former: string, passphrase: string, cost?: Cost): Promise<{ key: DataKey; wrap: Wrap } | null> {
  const raw = await rawOf(owner, wrap, former)
  if (!raw) return null
  const next = await wrapped(raw, owner, passphrase, cost)
  return { key: await taken(raw, owner), wrap: next }
}

async function taken(raw: Uint8Array<ArrayBuffer>, owner: string): Promise<DataKey> {
  const key = await DataKey.of(raw, owner)
  raw.fill(0)
  return key
}

async function wrapped(raw: Uint8Array<ArrayBuffer>, owner: string, passphrase: string, cost?: Cost): Promise<Wrap> {
  const head = { v: 1 as const, ...cost ?? await calibrated(), salt: crypto.getRandomValues(new Uint8Array(SALT_BYTES)) }
  const outer = await DataKey.of(await stretched(passphrase, head), owner)
  return { ...head, box: await outer.box(raw, aboutWrap(head)) }
}

async function rawOf(owner: string, wrap: Wrap, passphrase: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const outer = await DataKey.of(await stretched(passphrase, wrap), owner)
  return outer.content(wrap.box, aboutWrap(wrap)).catch(() => null)
}

const aboutWrap = ({ v, memory_kib, passes, salt }: Omit<Wrap, 'box'>) => `wrap|${v}|${memory_kib}|${passes}|${salt.join()}`

const stretched = (passphrase: string, { memory_kib, passes, salt }: Cost & { salt: Uint8Array }) =>
  argon2id({ password: passphrase, salt, memorySize: memory_kib, iterations: passes, parallelism: 1, hashLength: KEY_BYTES, outputType: 'binary' }) as Promise<Uint8Array<ArrayBuffer>>

/* A fast phone takes more passes, so that each try costs whoever finds it half a second too. */
async function calibrated(): Promise<Cost> {
  const begun = performance.now()
  await stretched('how fast is this phone', { ...LEAST, salt: new Uint8Array(SALT_BYTES) })
  return { ...LEAST, passes: enough(performance.now() - begun) }
}

export const enough = (ms: number): number => Math.max(LEAST.passes, Math.min(MOST_PASSES, Math.ceil(LEAST.passes * AT_LEAST_MS / Math.max(ms, 1))))
