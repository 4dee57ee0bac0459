/* A new citizen while they are being told and asked: one form through all pages, one save at the end. */
import type { Citizen, InformationGiven } from '../generated/records'
import { newId, type Change, type Saved } from '../notebook'
import { newCode } from '../rules/code'
import { type Language, TEXT_VERSION } from '../rules/information'
import { type Answered, consentChanges, unanswered } from './answers'
import { today } from './calendar'
import { here, knownCodes } from './citizens'
import { stopsToday } from './places'
import { book } from './present'

export const PAGES = ['told', 'asked', 'facts', 'card'] as const
export type Page = (typeof PAGES)[number]
export interface NewPerson {
  id: string; code: string; page: Page; language: Language; how: InformationGiven['how'] | ''; answered: Answered
  practice_id: string; benefit: Citizen['benefit'] | ''; sickness_state: Citizen['sickness_state'] | ''; came_via: Citizen['came_via'] | ''; interpreter: boolean; age_band?: Citizen['age_band'] | ''
}

export const PERSON_KEY = 'citizen:new'

/* Only the practice one stands in is there from the start; what a citizen says is never preset. */
export function freshPerson(practice: string | null): NewPerson {
  return { id: newId(), code: newCode(knownCodes()), page: 'told', language: 'da', how: '', answered: unanswered(),
    practice_id: practice ?? here().practice_id ?? stopsToday()[0]?.place.id ?? '', benefit: '', sickness_state: '', came_via: '', interpreter: false }
}

export const mayBeWritten = ({ answered }: NewPerson): boolean => answered.said.TALK_RECORD === 'GIVEN'

/* Citizen, what they were told and each answer: all or nothing. The age comes last: it hangs on an answer. */
export function savePerson(form: NewPerson): Promise<Saved> {
  const { id, code, language, how, practice_id, benefit, sickness_state, came_via, interpreter } = form
  const set: Citizen = { code, first_practice_id: practice_id, ...(benefit ? { benefit } : {}), ...(sickness_state ? { sickness_state } : {}), ...(came_via ? { came_via } : {}),
    ...(language !== 'da' ? { language } : {}), ...(interpreter ? { interpreter } : {}) }
  const changes: Change[] = [
    { kind: 'citizen', action: 'create', id, set },
    { kind: 'information_given', action: 'create', set: { citizen_id: id, text_version: TEXT_VERSION, language, how: how as InformationGiven['how'], given_on: form.answered.given_on ?? today() } },
    ...consentChanges(id, form.answered, []),
    ...(form.age_band && form.answered.said.EVALUATION === 'GIVEN' ? [{ kind: 'citizen', action: 'update', id, set: { age_band: form.age_band }, seen: { ...set } } satisfies Change] : []),
  ]
  return book().save(changes, { undoable: true, draft: PERSON_KEY })
}
