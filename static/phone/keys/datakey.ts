/* The data key of one user on one phone: seals what the notebook keeps, each box bound to its owner and to what it is about. */

const NONCE_BYTES = 12
const VERSION = 1
export const KEY_BYTES = 32

/* Adds what has been said of the value to what is sealed: a box that is moved elsewhere does not open. */
const bound = (owner: string, about: string) => new TextEncoder().encode(`${owner}|${about}|${VERSION}`)

export class DataKey {
  private constructor(private readonly key: CryptoKey, private readonly owner: string) {}

  /* The browser keeps the key from then on and gives it to nobody; `raw` is the caller's to wipe out. */
  static async of(raw: Uint8Array<ArrayBuffer>, owner: string): Promise<DataKey> {
    return new DataKey(await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']), owner)
  }

  seal(values: readonly unknown[], about: readonly string[]): Promise<Uint8Array[]> {
    return Promise.all(values.map((value, i) => this.box(new TextEncoder().encode(JSON.stringify(value)), about[i]!)))
  }

  /* Rejects when one of them has been tampered with. */
  open(boxes: readonly unknown[], about: readonly string[]): Promise<unknown[]> {
    return Promise.all(boxes.map(async (box, i) => JSON.parse(new TextDecoder().decode(await this.content(box as Uint8Array<ArrayBuffer>, about[i]!))) as unknown))
  }

  async box(content: Uint8Array<ArrayBuffer>, about: string): Promise<Uint8Array<ArrayBuffer>> {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(this.owner, about) }, this.key, content)
    const box = new Uint8Array(NONCE_BYTES + sealed.byteLength)
    box.set(iv)
    box.set(new Uint8Array(sealed), NONCE_BYTES)
    return box
  }

  async content(box: Uint8Array<ArrayBuffer>, about: string): Promise<Uint8Array<ArrayBuffer>> {
    const how = { name: 'AES-GCM', iv: box.subarray(0, NONCE_BYTES), additionalData: bound(this.owner, about) }
    return new Uint8Array(await crypto.subtle.decrypt(how, this.key, box.subarray(NONCE_BYTES)))
  }
}
