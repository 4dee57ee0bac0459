/* The line: the only code that calls fetch. It signs in, sends, fetches, and says in words how it goes. */
export type { LineState, Phase, Receipt } from './state'
export { Line, LOST, RECOVERY_SHARE } from './line'                       // new Line(notebook); .state, .watch(fn), .sync('tap'), .receipts(op_ids) …
export { recoveryShare, session, signIn, signOut, tellWiped, toldToWipe } from './session'
export { type Contact, contactForCall, keepContact } from './vault'
export { type Rescue, rescue } from './rescue'
export { handIn } from './deposit'
export { holdOpen } from './locks'
export { emptyPostbox, letters } from './postbox'
export { fill, postCaptured, startPosting } from './posting'
export { startLoop } from './loop'                  // startLoop(line) => stop()
