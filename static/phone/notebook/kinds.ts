/* The kinds the notebook knows: the language of records, generated from the server's own. */
import { APPEND_ONLY as FACTS, type Kind, SETS as LISTS } from '../generated/records'

export { type Kind, type Kinds, SCHEMA_VERSION } from '../generated/records'
export type Fields = Record<string, unknown>

export const SETS: Partial<Record<string, readonly string[]>> = LISTS
/* Kinds whose records are facts: never updated, never deleted, only followed by another fact. */
export const APPEND_ONLY: ReadonlySet<Kind> = new Set<Kind>(FACTS)
