/* Which consents an act needs, asked early; the server asks again (domain.md 2.6; twin of app/rules/gates.py, same vectors). */
import type { Citizen, NextStep, Outcome, Talk } from '../generated/records'
import { type Given, isOpen, type Scope } from './consent'
import type { Day } from './dates'

export type Act = 'SAVE_TALK' | 'NOTE_FROM_DOCTOR' | 'BRIDGE_TO_JOBCENTER' | 'HAND_OVER_PACKAGE' | 'DISCUSS_AT_STUEGANG' | 'SHARE_WITH_COURSE_SITE'
  | 'CONTACT_THIRD_PARTY' | 'KEEP_PHONE_NUMBER' | 'CALL_FOR_OUTCOME' | 'KEEP_AGE_BAND' | 'COUNT_OUTCOME'
export const ACTS: Record<Act, readonly Scope[]> = {
  SAVE_TALK: ['TALK_RECORD'], NOTE_FROM_DOCTOR: ['GP_EXCHANGE'], BRIDGE_TO_JOBCENTER: ['JOBCENTER_SHARE'], HAND_OVER_PACKAGE: ['JOBCENTER_SHARE'],
  DISCUSS_AT_STUEGANG: ['STUEGANG'], SHARE_WITH_COURSE_SITE: ['COURSE_PROVIDER'], CONTACT_THIRD_PARTY: ['THIRD_PARTY'],
  KEEP_PHONE_NUMBER: ['FOLLOW_UP'], CALL_FOR_OUTCOME: ['FOLLOW_UP'], KEEP_AGE_BAND: ['EVALUATION'], COUNT_OUTCOME: ['FOLLOW_UP', 'EVALUATION'],
}
const STEP_SCOPES: { [S in NextStep['step']]?: Scope } = { BRIDGE_JOBCENTER: 'JOBCENTER_SHARE', STUEGANG: 'STUEGANG', UNION: 'THIRD_PARTY' }
const SOURCE_SCOPES: { [S in Outcome['source']]?: Scope } = { GP: 'GP_EXCHANGE', JOBCENTER: 'JOBCENTER_SHARE' }

/* A purpose, and the day on which it must be open. */
export interface Need { scope: Scope; on: Day }
export type Gated =
  | { kind: 'talk'; data: Partial<Talk> } | { kind: 'next_step'; data: Pick<NextStep, 'step' | 'status' | 'needs_scope'> }
  | { kind: 'outcome'; data: Pick<Outcome, 'source' | 'answered_on'> } | { kind: 'citizen'; data: Partial<Citizen>; before?: Partial<Citizen> | null }
  | { kind: 'enrolment'; data: object }

/* `eventDay`: the date in Copenhagen of the record's own instant, where it has one. */
export function needed(record: Gated, today: Day, eventDay?: Day): Need[] {
  switch (record.kind) {
    case 'talk': {
      const scopes: Scope[] = !record.data.citizen_id ? [] : fromDoctor(record.data) ? ['TALK_RECORD', 'GP_EXCHANGE'] : ['TALK_RECORD']
      return scopes.map((scope) => ({ scope, on: eventDay ?? today }))
    }
    case 'next_step': return record.data.status === 'OPEN' ? stepScopes(record.data).map((scope) => ({ scope, on: today })) : []
    case 'outcome': {
      const also = SOURCE_SCOPES[record.data.source]
      return ['FOLLOW_UP' as const, ...(also ? [also] : [])].map((scope) => ({ scope, on: record.data.answered_on }))
    }
    case 'citizen': {
      const age = record.data.age_band
      return age && age !== 'NA' && age !== record.before?.age_band ? [{ scope: 'EVALUATION', on: today }] : []
    }
    case 'enrolment': return []
  }
}

/* What a step depends on: by its nature, and by what was written on it. */
export const stepScopes = ({ step, needs_scope }: Pick<NextStep, 'step' | 'needs_scope'>): Scope[] =>
  [...new Set([STEP_SCOPES[step], needs_scope].filter((scope) => scope != null))]

/* The purposes that bar a record; empty = it may be saved. */
export const barredBy = (record: Gated, events: readonly Given[], today: Day, eventDay?: Day): Scope[] =>
  needed(record, today, eventDay).filter(({ scope, on }) => !isOpen(events, scope, on, today)).map(({ scope }) => scope)

export const may = (act: Act, events: readonly Given[], on: Day, today: Day): boolean =>
  ACTS[act].every((scope) => isOpen(events, scope, on, today))

/* Was the doctor at the table? Then the note may hold what the doctor said about the citizen. */
export const withDoctor = ({ type, three_party_with }: Partial<Pick<Talk, 'type' | 'three_party_with'>>): boolean =>
  type === 'THREE_PARTY' && Boolean(three_party_with?.includes('DOCTOR'))
export const fromDoctor = (talk: Partial<Talk>): boolean => Boolean(talk.note?.trim()) && withDoctor(talk)
