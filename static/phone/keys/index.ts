/* Keys: a random data key per user and phone, on the disk only wrapped (by a passphrase, a passkey, a share), in memory only as one that cannot be taken out. */
export type { DataKey } from './datakey'
export { forgotten, type Passkeyed, passkeyed, passkeysMaybe, unwrappedBy } from './passkey'
export { newKey, rawOf, rewrapped, unwrapped, type Wrap } from './wrap'
