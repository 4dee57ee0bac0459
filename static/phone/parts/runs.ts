/* Courses as this phone knows them: runs to come, seats left, the user's citizens on them, and what the server said of a seat. */
import { isProvisional, placeInLine, seatsFree, type Status } from '../rules/enrolment'
import { clock, dayOf, dayWords, today } from './calendar'
import { codeOf } from './citizens'
import { row, rows, type Shown, user, watched } from './present'
import { count, label } from './words'

export type Run = Shown<'course_run'>
export type Enrolled = Shown<'enrolment'>
export type Session = Shown<'course_session'>

export const runTitle = ({ data }: Run): string => row('course', data.course_id)?.data.title ?? 'Kursus'

const OVER = ['HELD', 'CANCELLED']
/* Those that have not begun first, by date; then those that are under way. */
export function runsAhead(): Run[] {
  const all = rows('course_run').filter(({ data }) => !OVER.includes(data.status ?? 'PLANNED'))
  const begun = ({ data }: Run) => Number(data.starts_on < today())
  return all.sort((a, b) => begun(a) - begun(b) || a.data.starts_on.localeCompare(b.data.starts_on))
}

/* A phone knows the own citizens only, so there may be fewer seats than it says; none where the server has said that the run is full. */
export const seatsLeft = ({ id, data }: Run): number =>
  enrolledOn(id).some((enrolment) => movedDown(enrolment.id)) ? 0 : seatsFree({ id, seats: data.seats }, rows('enrolment'))
export const seatWords = (run: Run): string => {
  const left = seatsLeft(run)
  return left > 0 ? `op til ${count(left, 'ledig plads', 'ledige pladser')}` : 'ingen ledige pladser'
}
export const nextWithSeats = (): Run | undefined =>
  runsAhead().filter(({ data }) => data.starts_on >= today()).find((run) => seatsLeft(run) > 0)

export const enrolledOn = (run: string): Enrolled[] =>
  rows('enrolment').filter(({ data }) => data.course_run_id === run).sort((a, b) => codeOf(a.data.citizen_id).localeCompare(codeOf(b.data.citizen_id)))
export const standsOn = (run: string, citizen: string): Enrolled | undefined =>
  enrolledOn(run).find(({ data }) => data.citizen_id === citizen && LIVE.includes(data.status))
const LIVE: readonly Status[] = ['INTERESTED', 'ENROLLED', 'WAITLISTED', 'OFFERED', 'STARTED']

export const sessionsOf = (run: string): Session[] =>
  rows('course_session').filter(({ data }) => data.course_run_id === run).sort((a, b) => a.data.starts_at.localeCompare(b.data.starts_at))
export const sessionsToday = (): Session[] =>
  rows('course_session').filter(({ data }) => dayOf(data.starts_at) === today() && !['CANCELLED', 'MOVED'].includes(data.status))
    .sort((a, b) => a.data.starts_at.localeCompare(b.data.starts_at))
/* "tirs. 8. dec. kl. 13.00" */
export const sessionWords = ({ data }: Session): string => `${dayWords(dayOf(data.starts_at))} kl. ${clock(data.starts_at)}`

/* "Tilmeldt · Foreløbig – bekræftes, når telefonen har haft net" */
export function standingWords({ data, state, id }: Enrolled): string {
  const words = label('enrolment_status', data.status)
  if (isProvisional(data, state)) return `${words} · Foreløbig – bekræftes, når telefonen har haft net`
  if (state === 'FIX' || state === 'CONFLICT') return `${words} · Se Status`
  const place = data.status === 'WAITLISTED' && !movedDown(id) ? placeInLine({ id, data }, rows('enrolment')) : undefined
  return place ? `${words} · nr. ${place} af dine` : words
}

/* The server's own sentence when it gave a seat to somebody else; its word for the place in the line is the one that counts. */
export function movedDown(id: string): string | null {
  if (row('enrolment', id)?.data.status !== 'WAITLISTED') return null
  const answered = watched().ops().filter((op) => op.kind === 'enrolment' && op.id === id && op.status === 'accepted')
  return answered.at(-1)?.notice ?? null
}

/* Put on the waiting list by the server, and not looked at since. */
export const notYetSeen = (): Enrolled[] => {
  const seen = watched().setting<string[]>(SEEN) ?? []
  return rows('enrolment').filter(({ id }) => movedDown(id) && !seen.includes(id))
}
const [SEEN, MOST_KEPT] = ['seats_seen', 50]
export async function looked(id: string): Promise<void> {
  const seen = watched().setting<string[]>(SEEN) ?? []
  if (movedDown(id) && !seen.includes(id)) await watched().putSetting(SEEN, [...seen, id].slice(-MOST_KEPT))
}

/* "Emres borgere registrerer Emre." Another adviser's citizens are not on this phone. */
export function colleagueWords(): string {
  const others = rows('user').filter(({ id, data }) => data.role === 'ADVISER' && data.active !== false && id !== user.value!.id)
  return others.map(({ data }) => data.name.split(' ')[0]!).map((name) => `${owner(name)} borgere registrerer ${name}.`).join(' ')
}
export const owner = (name: string): string => /[sxz]$/i.test(name) ? `${name}’` : `${name}s`
