/* What a locked phone takes down: written without a key, posted to the server at once, read by nobody before the owner opens the phone. */
import type { Talk, Visit } from '../generated/records'
import { handIn, postCaptured } from '../line'
import { type Fields, type LockedDesk, lockedDesk, newId, type Owner } from '../notebook'
import { capture, type Taken } from '../notebook/takedown'
import { talkBegan } from '../rules/talk_defaults'
import { usualMinutes } from '../rules/visit_defaults'
import { clockField, dayOf, instantOf } from './calendar'
import type { Problems } from './fields'
import { stopsOf } from './lockeddesk'
import { timeProblems } from './talking'
import { type Form, problems, visitOf, written } from './visiting'
import { wakeLater } from './worker'
import { choices } from './words'

export const ELSEWHERE = 'elsewhere'
const NOTE_LETTERS = 140

/* `where`: a stop of today, or ELSEWHERE with the practice's name in words; the name goes into the note until it is chosen on an open phone. */
export interface VisitForm extends Form { where: string; called: string }
export interface TalkForm { id: string; day: string; time: string; minutes: string; place: Talk['place']; district: string }

export function blankVisit(desk: LockedDesk): VisitForm {
  const minutes = usualMinutes([])
  const visit: Visit = { practice_id: '', occurred_at: new Date(Date.now() - minutes * 60_000).toISOString(), minutes, mode: 'IN_PERSON', purpose: 'REGULAR', met_roles: [], outcome: 'COMPLETED' }
  return { ...written(newId(), visit), where: stopsOf(desk).find(({ begun }) => begun)?.id ?? '', called: '' }
}

export function blankTalk(): TalkForm {
  const { occurred_at, minutes } = talkBegan(Date.now(), 'anonymous')
  return { id: newId(), day: dayOf(occurred_at), time: clockField(occurred_at), minutes: String(minutes), place: 'CLINIC_ROOM', district: '' }
}

const noteOf = ({ where, called, note }: VisitForm): string => where === ELSEWHERE ? `Praksis: ${called.trim()}. ${note}`.trim() : note

export function visitProblems(form: VisitForm): Problems {
  const found: Problems = {}
  if (!form.where) found['where'] = 'Vælg, hvor du var.'
  if (form.where === ELSEWHERE && !form.called.trim()) found['called'] = 'Skriv, hvilken praksis det var.'
  Object.assign(found, problems(form))
  if (noteOf(form).length > NOTE_LETTERS) found['note'] = `Teksten er for lang: højst ${NOTE_LETTERS} tegn${form.where === ELSEWHERE ? ' med navnet på praksis' : ''}.`
  return found
}

export const talkProblems = (form: TalkForm): Problems => ({ ...timeProblems(form), ...(form.district ? {} : { district: 'Vælg bydel.' }) })

export function visitTaken(form: VisitForm): Taken {
  const { practice_id: _none, ...visit } = visitOf({ ...form, note: noteOf(form) })
  return { kind: 'visit', id: form.id, set: { ...visit, ...(form.where === ELSEWHERE ? {} : { practice_id: form.where }) } as Fields }
}

export function talkTaken({ id, day, time, minutes, place, district }: TalkForm): Taken {
  return { kind: 'talk', id, set: { type: 'ANONYMOUS', place, occurred_at: instantOf(day, time), minutes: Number(minutes), district } }
}

/* Rejects when nothing was written. What is posted is a copy, so that it may fail. */
export async function takeDown(owner: Owner, taken: Taken): Promise<void> {
  const ops = await capture(owner.id, [taken])
  await postCaptured(owner.id, ops, await lockedDesk(owner.id)).catch(() => {})
  wakeLater()
  void handIn().catch(() => {})
}

export const districts = () => choices('district')
