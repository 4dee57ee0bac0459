/* What the phone knows of its citizens, by code only: consents in order, talks, steps, the last contact. */
import { type Given, inServerOrder, runsOut, type Scope, SCOPES, type Standing, status } from '../rules/consent'
import { stepsDue } from '../rules/steps'
import { hereToday } from '../rules/talk_defaults'
import { begun } from './arrival'
import { dayOf, today } from './calendar'
import { row, rows, type Shown, user } from './present'

export type Person = Shown<'citizen'>
type Hanging = 'talk' | 'next_step' | 'enrolment' | 'consent_event' | 'information_given'

const of = <K extends Hanging>(kind: K, citizen: string): Shown<K>[] =>
  rows(kind).filter(({ data }) => (data as { citizen_id?: string }).citizen_id === citizen)

export const codeOf = (citizen: string | undefined): string => (citizen && row('citizen', citizen)?.data.code) || 'Borger'
export const consentsOf = (citizen: string): Given[] => inServerOrder(of('consent_event', citizen))
export const talksOf = (citizen: string): Shown<'talk'>[] => of('talk', citizen).sort((a, b) => b.data.occurred_at.localeCompare(a.data.occurred_at))
export const stepsOf = (citizen: string): Shown<'next_step'>[] => of('next_step', citizen).sort((a, b) => a.data.due_on.localeCompare(b.data.due_on))
export const enrolmentsOf = (citizen: string): Shown<'enrolment'>[] => of('enrolment', citizen)
export const informedOf = (citizen: string): Shown<'information_given'>[] => of('information_given', citizen)

/* The office has put two codes of one citizen together: whom this one stands for today, and everybody who still has a code of their own. */
export function knownAs(citizen: string): string {
  for (let i = 0; i < 20; i++) {
    const into = row('citizen', citizen)?.data.merged_into_id
    if (!into) break
    citizen = into
  }
  return citizen
}
export const people = (): Person[] => rows('citizen').filter(({ data }) => !data.merged_into_id)

/* A card that was reported lost: its citizen has another code now, and the old one opens nothing. */
const NOT_HERE = 'Koden er ikke på denne telefon. Er det en kollegas borger, så ring til kollegaen.'
export function whyNotHere(code: string): string {
  const joined = rows('citizen').find(({ data }) => data.code === code && data.merged_into_id)
  if (joined) return `Koden er lagt sammen med en anden. Borgeren hedder nu ${row('citizen', knownAs(joined.id))?.data.code ?? 'noget andet, og en kollega følger borgeren'}.`
  const person = rows('citizen').find(({ data }) => data.former_codes?.some((former) => former['code'] === code))
  return person ? `Kortet med den kode er meldt tabt. Borgeren hedder nu ${person.data.code}.` : NOT_HERE
}
/* Every code that this phone has seen on anybody, so that none is made twice. */
export const knownCodes = (): Set<string> => new Set(rows('citizen').flatMap(({ data }) => [data.code, ...(data.former_codes ?? []).map((former) => former['code'] ?? '')]))

/* `paper`: where what was signed lies, as far as it was said. */
export interface Consent { scope: Scope; standing: Standing; until: string | null; paper: string | null }

export const consentState = (events: readonly Given[]): Consent[] => SCOPES.map((scope) => {
  const standing = status(events, scope, today(), today())
  const yes = events.findLast((event) => event.scope === scope && event.event === 'GIVEN')
  return { scope, standing, until: yes && ['VALID', 'EXPIRING', 'EXPIRED'].includes(standing) ? runsOut(yes) : null, paper: yes && row('consent_event', yes.id)?.data.paper_held || null }
})

export interface Line { person: Person; last: string | null; open: number; expiring: boolean }

/* Every citizen in one pass over what hangs on them, the latest contact first. */
export function citizenLines(): Line[] {
  const lines = new Map<string, Line>()
  for (const person of people()) lines.set(person.id, { person, last: null, open: 0, expiring: false })
  for (const { data } of rows('talk')) {
    const line = data.citizen_id ? lines.get(data.citizen_id) : undefined
    if (line && data.occurred_at > (line.last ?? '')) line.last = data.occurred_at
  }
  for (const { data } of rows('next_step')) {
    const line = lines.get(data.citizen_id)
    if (line && data.status === 'OPEN' && data.step !== 'NONE') line.open++
  }
  const asked = new Map<string, Shown<'consent_event'>[]>()
  for (const event of rows('consent_event')) asked.set(event.data.citizen_id, [...asked.get(event.data.citizen_id) ?? [], event])
  for (const line of lines.values())
    line.expiring = consentState(inServerOrder(asked.get(line.person.id) ?? [])).some(({ standing }) => standing === 'EXPIRING')
  return [...lines.values()].sort((a, b) => (b.last ?? b.person.made_at ?? '').localeCompare(a.last ?? a.person.made_at ?? ''))
}

/* Steps of the adviser's own citizens that are due today or late. */
export const dueSteps = (): Shown<'next_step'>[] => stepsDue(rows('next_step'), today())

/* Where the adviser is now, as far as the day says. */
export function here(): { practice_id?: string; visit_id?: string } {
  const mine = rows('visit').filter(({ author_id, data }) => author_id === user.value!.id && dayOf(data.occurred_at) === today())
  const entered = rows('practice').filter(({ id }) => begun(id)).map(({ id }) => id)
  return hereToday(Date.now(), mine, entered)
}
