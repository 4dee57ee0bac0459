/* One talk while it is written down: what it starts with, what bars it, how it becomes records. */
import type { NextStep, Talk } from '../generated/records'
import { type Change, newId, type Saved } from '../notebook'
import { type Given, type Scope } from '../rules/consent'
import { barredBy, stepScopes } from '../rules/gates'
import { stepDueOn } from '../rules/steps'
import { talkBegan, talkType, usuallyBy } from '../rules/talk_defaults'
import { clockField, dayOf, dayWords, daysOff, instantOf, today } from './calendar'
import { here, informedOf, talksOf } from './citizens'
import type { Problems } from './fields'
import { forDisk, guardProblem } from './note'
import { book, row } from './present'
import { label } from './words'

export interface StepLine { step: NextStep['step']; responsible: NextStep['responsible']; due_on: string }
export interface TalkForm {
  id: string; citizen_id: string; type: Talk['type']; place: Talk['place']; practice_id: string; visit_id: string; day: string; time: string; minutes: string
  topics: NonNullable<Talk['topics']>; three_party_with: NonNullable<Talk['three_party_with']>; steps: StepLine[]; note: string; not_cpr: string[]
}

export const NOTE_LETTERS = 280
export const talkKey = (citizen: string): string => `talk:new:${citizen}`

/* `visit_id`: the saved visit it was held at; else where the adviser is now. */
export function freshTalk(citizen_id: string, visit_id = ''): TalkForm {
  const visit = row('visit', visit_id)?.data
  const { occurred_at, minutes } = { ...talkBegan(Date.now(), 'known'), ...(visit && { occurred_at: visit.occurred_at }) }
  const first = row('citizen', citizen_id)?.data.first_practice_id
  return { ...writtenTalk(newId(), { type: talkType(talksOf(citizen_id)), place: 'CLINIC_ROOM', occurred_at, minutes, citizen_id, ...(first ? { practice_id: first } : {}), ...(visit ? { practice_id: visit.practice_id, visit_id } : here()) }) }
}

export function writtenTalk(id: string, talk: Talk): TalkForm {
  return {
    id, citizen_id: talk.citizen_id ?? '', type: talk.type, place: talk.place, practice_id: talk.practice_id ?? '', visit_id: talk.visit_id ?? '',
    day: dayOf(talk.occurred_at), time: clockField(talk.occurred_at), minutes: String(talk.minutes), topics: [...talk.topics ?? []],
    three_party_with: [...talk.three_party_with ?? []], steps: [], note: talk.note ?? '', not_cpr: [],
  }
}

export function talkOf(form: TalkForm): Talk {
  const text = form.note.trim()
  return {
    type: form.type, place: form.place, occurred_at: instantOf(form.day, form.time), minutes: Number(form.minutes), citizen_id: form.citizen_id,
    ...(form.practice_id ? { practice_id: form.practice_id } : {}), ...(form.visit_id ? { visit_id: form.visit_id } : {}),
    ...(form.topics.length ? { topics: form.topics } : {}), ...(form.type === 'THREE_PARTY' ? { three_party_with: form.three_party_with } : {}), ...(text ? { note: text } : {}),
  }
}

/* A field that was emptied travels as null, so that the server hears of it. */
export const talkSet = (form: TalkForm): Partial<Talk> =>
  ({ practice_id: null, visit_id: null, topics: null, three_party_with: null, note: null, ...talkOf(form) }) as unknown as Partial<Talk>

export const newLine = (step: NextStep['step']): StepLine => ({ step, responsible: usuallyBy(step), due_on: stepDueOn(today(), daysOff()) })

export const stepBars = (step: NextStep['step'], events: readonly Given[]): Scope[] => barredBy({ kind: 'next_step', data: { step, status: 'OPEN' } }, events, today())
const barring = (data: Partial<Talk>, form: TalkForm, events: readonly Given[]): Scope[] =>
  barredBy({ kind: 'talk', data: { citizen_id: form.citizen_id, ...data } }, events, today(), form.day)
export const talkBarred = (form: TalkForm, events: readonly Given[]): boolean => barring({}, form, events).includes('TALK_RECORD')

/* With the doctor at the table nothing may be noted without the citizen's yes to it: the note may hold what the doctor said (domain.md 2.6). */
export const noteBarred = ({ type, three_party_with, ...form }: TalkForm, events: readonly Given[]): boolean =>
  barring({ type, three_party_with, note: form.note || 'x' }, { type, three_party_with, ...form }, events).includes('GP_EXCHANGE')

/* The first talk on a code waits until its citizen has been told what happens with what is written down (domain.md 2.6). */
export const mustBeTold = ({ id, citizen_id }: TalkForm): boolean => !row('talk', id) && !informedOf(citizen_id).length && !talksOf(citizen_id).length

export function timeProblems({ day, time, minutes }: Pick<TalkForm, 'day' | 'time' | 'minutes'>): Problems {
  const found: Problems = {}
  const n = Number(minutes)
  if (!day || day > today()) found['day'] = 'Datoen kan ikke ligge i fremtiden.'
  else if (!time || Date.parse(instantOf(day, time)) > Date.now() + 5 * 60_000) found['time'] = 'Tidspunktet kan ikke ligge i fremtiden.'
  if (!Number.isInteger(n) || n < 5 || n > 240) found['minutes'] = 'Skriv et helt antal minutter fra 5 til 240.'
  return found
}

export function talkProblems(form: TalkForm, events: readonly Given[]): Problems {
  const found = timeProblems(form)
  if (talkBarred(form, events)) found['consent'] = `Samtykke til at gemme korte noter gælder ikke den dag (${dayWords(form.day)}). Registrér det, eller skriv samtalen ned anonymt.`
  if (mustBeTold(form)) found['told'] = 'Borgeren har ikke fået oplysningen endnu. Giv den først.'
  if (form.type === 'FIRST' && talksOf(form.citizen_id).some(({ id, data }) => id !== form.id && data.type === 'FIRST')) found['type'] = 'Borgeren har allerede en første samtale. Vælg opfølgning.'
  if (form.topics.length > 3) found['topics'] = 'Vælg højst tre emner.'
  const barred = form.steps.find(({ step }) => stepBars(step, events).length)
  if (barred) found['steps'] = `«${label('next_step', barred.step)}» kræver et samtykke. Registrér det, eller fjern skridtet.`
  if (form.type === 'THREE_PARTY' && !form.three_party_with.length) found['three_party_with'] = 'Vælg, hvem der var med.'
  const note = (form.note.trim() && noteBarred(form, events) ? 'Lægen var med, og borgeren har ikke sagt ja til, at du taler med lægen. Registrér samtykket, eller slet noten.' : null)
    ?? guardProblem(form.note, form.not_cpr) ?? (form.note.length > NOTE_LETTERS ? `Teksten er for lang: højst ${NOTE_LETTERS} tegn.` : null)
  if (note) found['note'] = note
  return found
}

export const talkForDisk = (form: TalkForm): TalkForm => ({ ...form, note: forDisk(form.note, form.not_cpr) })

const stepChange = (line: StepLine, citizen_id: string, talk_id: string): Change => {
  const [needs_scope] = stepScopes({ step: line.step, needs_scope: undefined })
  return { kind: 'next_step', action: 'create', set: { citizen_id, talk_id, step: line.step, responsible: line.responsible, due_on: line.due_on, status: 'OPEN', ...(needs_scope ? { needs_scope } : {}) } }
}

/* The talk and what was agreed in it, in one transaction, or nothing. */
export function saveTalk(form: TalkForm, key: string, seen?: Talk): Promise<Saved> {
  const first: Change = seen
    ? { kind: 'talk', action: 'update', id: form.id, set: talkSet(form), seen: { ...seen } }
    : { kind: 'talk', action: 'create', id: form.id, set: talkOf(form) }
  return book().save([first, ...form.steps.map((line) => stepChange(line, form.citizen_id, form.id))], { undoable: true, draft: key })
}
