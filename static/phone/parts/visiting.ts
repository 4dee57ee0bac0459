/* One visit while it is written down: what it starts with, how it is kept, how it becomes records. */
import type { StockMove, Visit } from '../generated/records'
import { newId, type Change, type Saved } from '../notebook'
import { visitDefaults } from '../rules/visit_defaults'
import { clockField, dayOf, daysOff, hoursOf, instantOf, intervalOf, today } from './calendar'
import { duePlans, plansDone } from './plans'
import { book, row, rows, user } from './present'
import type { Problems } from './fields'

export interface HandoutLine { batch_id: string; quantity: number }
export interface Form {
  id: string; practice_id: string; day: string; time: string; minutes: string; mode: Visit['mode']; purpose: Visit['purpose']; other_purposes: NonNullable<Visit['other_purposes']>
  met_roles: Visit['met_roles']; outcome: Visit['outcome']; next_visit_on: string
  follow_up: string; follow_up_on: string; follow_up_by: string; note: string; not_cpr: string[]; handouts: HandoutLine[]
}
/* A draft that is only an arrival has no form yet. */
export interface Draft { arrived_at?: string; form?: Form; focus?: string; open?: boolean; seen?: Visit }

export const draftKey = (practice: string): string => `visit:new:${practice}`
export const correctionKey = (visit: string): string => `visit:${visit}`

/* The defaults of domain.md 2.4. Where this adviser has not been before, a colleague's visits are the best guess. */
export function fresh(practice_id: string, arrivedAt?: string): Form {
  const here = rows('visit').filter(({ data }) => data.practice_id === practice_id)
  const own = here.filter(({ author_id }) => author_id === user.value!.id)
  const practice = row('practice', practice_id)!.data
  const visit = visitDefaults({ practiceId: practice_id, practice: { ...hoursOf(practice), interval_days: intervalOf(practice) },
    mine: (own.length ? own : here).map(({ data }) => data), now: Date.now(), arrivedAt, plannedPurpose: duePlans(practice_id, today())[0]?.data.purpose, daysOff: daysOff() })
  return written(newId(), visit)
}

export function written(id: string, visit: Visit): Form {
  return {
    id, practice_id: visit.practice_id, day: dayOf(visit.occurred_at), time: clockField(visit.occurred_at), minutes: String(visit.minutes),
    mode: visit.mode, purpose: visit.purpose, other_purposes: [...visit.other_purposes ?? []], met_roles: [...visit.met_roles], outcome: visit.outcome, next_visit_on: visit.next_visit_on ?? '',
    follow_up: visit.follow_up ?? '', follow_up_on: visit.follow_up_on ?? '', follow_up_by: visit.follow_up_by ?? '', note: visit.note ?? '',
    not_cpr: [], handouts: [],
  }
}

const absent = <T extends string>(text: T | ''): T | undefined => text.trim() === '' ? undefined : text as T

export function visitOf(form: Form): Visit {
  return {
    practice_id: form.practice_id, occurred_at: instantOf(form.day, form.time), minutes: Number(form.minutes), mode: form.mode,
    purpose: form.purpose, other_purposes: others(form), met_roles: metBy(form), outcome: form.outcome, next_visit_on: absent(form.next_visit_on),
    follow_up: absent(form.follow_up), follow_up_on: absent(form.follow_up_on),
    follow_up_by: absent(form.follow_up_by) as Visit['follow_up_by'], note: absent(form.note),
  }
}

/* None is nothing, and the main one is not said twice. A draft of an older app has none. */
function others({ purpose, other_purposes = [] }: Form): Visit['other_purposes'] {
  const more = other_purposes.filter((one) => one !== purpose)
  return more.length ? more : undefined
}

/* Nobody was met behind a closed door, whatever the chips said before. */
export const futile = (outcome: Visit['outcome']): boolean => !['COMPLETED', 'DESK_ONLY'].includes(outcome)
const metBy = (form: Form): Visit['met_roles'] =>
  futile(form.outcome) && !form.met_roles.every((role) => role === 'SECRETARY') ? ['NOBODY'] : form.met_roles

export function problems(form: Form): Problems {
  const found: Problems = {}
  const minutes = Number(form.minutes)
  if (!form.day || form.day > today()) found['day'] = 'Datoen kan ikke ligge i fremtiden.'
  else if (!form.time || Date.parse(instantOf(form.day, form.time)) > Date.now() + 5 * 60_000) found['time'] = 'Tidspunktet kan ikke ligge i fremtiden.'
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 240) found['minutes'] = 'Skriv et helt antal minutter fra 1 til 240.'
  if (form.outcome === 'COMPLETED' && !form.met_roles.length) found['met_roles'] = 'Vælg, hvem du mødte.'
  if (futile(form.outcome) && rows('talk').some(({ data }) => data.visit_id === form.id)) found['outcome'] = 'Der er skrevet samtaler fra besøget, så det blev til noget. Ret resultatet, eller slet samtalerne først.'
  if (form.next_visit_on && form.next_visit_on <= form.day) found['next_visit_on'] = 'Næste besøg skal ligge efter besøget.'
  return found
}

/* What goes straight to a citizen is noted without whom, what goes to an event without a practice (domain.md 2.10). */
export type Receiver = Extract<StockMove['to_place'], 'PRACTICE' | 'CITIZEN' | 'EVENT'>
export function handoutChange(line: HandoutLine, practice_id: string, occurred_at: string, visit_id?: string, to_place: Receiver = 'PRACTICE'): Change {
  const set: StockMove = { batch_id: line.batch_id, move: 'HANDED_OUT', quantity: line.quantity, from_place: 'BAG', to_place,
    ...(to_place === 'EVENT' ? {} : { practice_id }), occurred_at, ...(visit_id ? { visit_id } : {}) }
  return { kind: 'stock_move', action: 'create', set }
}

/* The visit and its handouts in one transaction, or nothing. */
export function saveVisit(form: Form, key: string, seen?: Visit): Promise<Saved> {
  const visit = visitOf(form)
  const first: Change = seen
    ? { kind: 'visit', action: 'update', id: form.id, set: nulls(visit), seen: { ...seen } }
    : { kind: 'visit', action: 'create', id: form.id, set: visit }
  const handed = form.handouts.filter(({ quantity }) => quantity > 0)
    .map((line) => handoutChange(line, form.practice_id, visit.occurred_at, form.id))
  const plans = seen ? [] : plansDone(form.practice_id, form.day, form.id)
  return book().save([first, ...handed, ...plans], { undoable: true, draft: key })
}

/* A field that was emptied travels as null, so that the server hears of it. */
const nulls = (visit: Visit): Partial<Visit> =>
  Object.fromEntries(Object.entries(visit).map(([field, value]) => [field, value ?? null])) as Partial<Visit>
