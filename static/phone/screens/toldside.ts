/* The screens that need what a citizen is told in eight languages, or the QR: fetched as one after the first screen stands. */
export { CitizenCard } from './citizencard'
export { Consent } from './consent'
export { Heard } from './heard'
export { Information } from './information'
export { NewCitizen } from './newcitizen'
