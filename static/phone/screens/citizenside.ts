/* The screens about citizens and talks, fetched as one after the first screen stands. */
export { Anonymous } from './anonymous'
export { Citizen } from './citizen'
export { EditCitizen } from './citizenedit'
export { Citizens } from './citizens'
export { NewTalk, OldTalk } from './talk'
export { Withdraw } from './withdraw'
