/* The notebook: the only door to IndexedDB. Screens read and save here; the line takes its ops here. */
export type {
  Action, Change, Choice, ConflictCard, FieldConflict, Fields, Kind, Kinds, Notebook, Op, OpTrace, Row, Saved, SaveOptions,
  Seal, SyncState, Owner, TrayItem, Undone, User, Waiting,
} from './types'
export { NotSaved, Outdated } from './types'
export { openNotebook } from './book'               // (owner: Owner | User, options: { seal: Seal }) => Promise<Book>, a Notebook
export {
  changeWrap, countTry, dropWords, forgetSignIn, forgetTries, keepFirstWrap, keepPasskey, lockedPhone, remembered, rememberUser, type Tries, triesOf, waitingOf, wipe, type WipeOrder, wipeOrder, wipeProved, wrapOf,
} from './device'
export { type LockedDesk, lockedDesk, type Stops } from './capture'
export { newId } from './uuid'
