/* The data key wrapped by a passkey: the phone's finger, face or PIN gives the same secret each time (WebAuthn PRF), without a net.
   The server knows nothing of it: what proves it right is that the wrap opens. */
import { DataKey, KEY_BYTES } from './datakey'

type Bytes = Uint8Array<ArrayBuffer>
export interface Passkeyed { v: 1; id: Bytes; salt: Bytes; box: Bytes; made_at: string }

const ES256 = -7
const EDDSA = -8
const RS256 = -257
const MINUTE_MS = 60_000

/* Could this phone's own lock open a notebook? Only the phone's passkey itself knows for certain, once it is made. */
export async function passkeysMaybe(): Promise<boolean> {
  const { PublicKeyCredential } = globalThis
  if (!PublicKeyCredential) return false
  const said = await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined)
  return said?.['extension:prf'] !== false && await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()
}

/* Makes a passkey and wraps the data key with what it gives; null: the phone makes passkeys that give nothing. Rejects when its owner
   says no. `raw` is wiped out. */
export async function passkeyed(owner: string, initials: string, raw: Bytes): Promise<Passkeyed | null> {
  try {
    const salt = random()
    const name = `${initials}: notesbogen på telefonen`
    const made = await navigator.credentials.create({ publicKey: {
      rp: { name: 'Rådgiver på hjul' }, user: { id: random(), name, displayName: name }, challenge: random(), timeout: MINUTE_MS,
      pubKeyCredParams: [ES256, EDDSA, RS256].map((alg) => ({ type: 'public-key', alg })),
      authenticatorSelection: { authenticatorAttachment: 'platform', residentKey: 'required', userVerification: 'required' },
      extensions: { prf: { eval: { first: salt } } } } }) as PublicKeyCredential
    const { prf } = made.getClientExtensionResults()
    const id = new Uint8Array(made.rawId)
    if (!prf?.enabled && !prf?.results) { forgotten(id); return null }
    const secret = prf.results ? bytesOf(prf.results.first) : await secretOf(id, salt)
    if (!secret) { forgotten(id); return null }
    const head = { v: 1 as const, id, salt }
    return { ...head, box: await (await outer(secret, owner)).box(raw, about(head)), made_at: new Date().toISOString() }
  } finally {
    raw.fill(0)
  }
}

/* null: this passkey does not open it. Rejects when its owner says no. */
export async function unwrappedBy(owner: string, kept: Passkeyed): Promise<DataKey | null> {
  const secret = await secretOf(kept.id, kept.salt)
  const raw = secret && await (await outer(secret, owner)).content(kept.box, about(kept)).catch(() => null)
  if (!raw) return null
  const key = await DataKey.of(raw, owner)
  raw.fill(0)
  return key
}

/* Tells the phone's list of passkeys that this one opens nothing any more, where it listens. */
export function forgotten(id: Bytes): void {
  const tell = (globalThis.PublicKeyCredential as { signalUnknownCredential?: (told: { rpId: string; credentialId: string }) => Promise<void> })?.signalUnknownCredential
  const credentialId = btoa(String.fromCharCode(...id)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  void tell?.call(PublicKeyCredential, { rpId: location.hostname, credentialId }).catch(() => {})
}

async function secretOf(id: Bytes, salt: Bytes): Promise<Bytes | null> {
  const got = await navigator.credentials.get({ publicKey: {
    challenge: random(), timeout: MINUTE_MS, userVerification: 'required', allowCredentials: [{ type: 'public-key', id, transports: ['internal'] }],
    extensions: { prf: { eval: { first: salt } } } } }) as PublicKeyCredential
  const first = got.getClientExtensionResults().prf?.results?.first
  return first ? bytesOf(first) : null
}

async function outer(secret: Bytes, owner: string): Promise<DataKey> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: new TextEncoder().encode(`raadgiver|passkey|${owner}`) }
  return DataKey.of(new Uint8Array(await crypto.subtle.deriveBits(how, base, KEY_BYTES * 8)), owner)
}

const about = ({ v, id, salt }: Pick<Passkeyed, 'v' | 'id' | 'salt'>) => `passkey|${v}|${id.join()}|${salt.join()}`
const random = (): Bytes => crypto.getRandomValues(new Uint8Array(KEY_BYTES))
const bytesOf = (source: BufferSource): Bytes =>
  ArrayBuffer.isView(source) ? new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength).slice() : new Uint8Array(source).slice()
