/* Keys: a random data key per user and phone, on the disk only wrapped by a passphrase, in memory only as one that cannot be taken out. */
export type { DataKey } from './datakey'
export { newKey, rewrapped, unwrapped, type Wrap } from './wrap'
