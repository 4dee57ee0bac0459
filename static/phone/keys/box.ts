/* The sealed box: closed here for who has the private half, HPKE (RFC 9180) with P-256, HKDF-SHA256, AES-256-GCM; the server's side is
   app/ledger/box.py. Loaded only where a box is closed or opened: `const { sealedFor } = await import('../keys/box')`. */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'

/* Whom a box is for: the `box` of /api/session, or the public half of a pair of the phone's own. */
export interface BoxKey { id: string; key: string }
export interface BoxPair extends BoxKey { secret: string }

const VERSION = '1'
const POINT_BYTES = 65
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

/* A box in words. It opens only where the same is said of it: `about` names what it is and whose. */
export async function sealedFor(to: BoxKey, about: string, content: Uint8Array<ArrayBuffer>): Promise<string> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(bytesOf(to.key))
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: info(about) }, content)
  const box = new Uint8Array(enc.byteLength + ct.byteLength)
  box.set(new Uint8Array(enc))
  box.set(new Uint8Array(ct), enc.byteLength)
  return `${VERSION}.${to.id}.${wordsOf(box)}`
}

/* A pair whose public half may lie in the clear. */
export async function newPair(id: string): Promise<BoxPair> {
  const { publicKey, privateKey } = await suite.kem.generateKeyPair()
  const [key, secret] = await Promise.all([suite.kem.serializePublicKey(publicKey), suite.kem.serializePrivateKey(privateKey)])
  return { id, key: wordsOf(new Uint8Array(key)), secret: wordsOf(new Uint8Array(secret)) }
}

/* Rejects when it was changed, is for somebody else or is about something else. */
export async function openedBox(pair: Pick<BoxPair, 'id' | 'secret'>, about: string, box: string): Promise<Uint8Array<ArrayBuffer>> {
  const [version, id, words = ''] = box.split('.')
  if (version !== VERSION || id !== pair.id) throw new Error('this box is for another key')
  const all = bytesOf(words)
  const recipientKey = await suite.kem.deserializePrivateKey(bytesOf(pair.secret))
  return new Uint8Array(await suite.open({ recipientKey, enc: all.slice(0, POINT_BYTES), info: info(about) }, all.slice(POINT_BYTES)))
}

const info = (about: string) => new TextEncoder().encode(`rph-box/1|${about}`)

export function wordsOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

const bytesOf = (words: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(words.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
