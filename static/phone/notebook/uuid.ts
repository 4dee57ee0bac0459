/* UUIDs (version 7) that grow even when the clock stands still or goes back. */

export type Bytes = (length: number) => Uint8Array

const fromCrypto: Bytes = (length) => crypto.getRandomValues(new Uint8Array(length))
const hex = (bytes: Iterable<number>) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/* 48 bits of milliseconds, 12 bits of counter, 62 bits of chance. */
export function idMaker(now: () => number = Date.now, bytes: Bytes = fromCrypto): () => string {
  let last = 0
  let count = 0
  return () => {
    const time = Math.max(0, Math.floor(now()))
    if (time > last) { last = time; count = (bytes(1)[0] ?? 0) & 0x7f }
    else if (++count > 0xfff) { last += 1; count = 0 }
    const chance = bytes(8)
    chance[0] = ((chance[0] ?? 0) & 0x3f) | 0x80
    const all = last.toString(16).padStart(12, '0') + '7' + count.toString(16).padStart(3, '0') + hex(chance)
    return `${all.slice(0, 8)}-${all.slice(8, 12)}-${all.slice(12, 16)}-${all.slice(16, 20)}-${all.slice(20)}`
  }
}

export const newId = idMaker()
