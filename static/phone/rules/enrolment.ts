/* A place on a course: what may follow what, who is next in line, what attendance makes of it (domain.md 2.9). */
import type { AttendanceMark, CourseSession, Enrolment } from '../generated/records'

export type Status = Enrolment['status']
const SEATED: readonly Status[] = ['ENROLLED', 'STARTED', 'OFFERED']
const NEXT: Record<Status, readonly Status[]> = {
  INTERESTED: ['ENROLLED', 'WAITLISTED', 'DECLINED'],
  ENROLLED: ['STARTED', 'CANCELLED', 'NO_SHOW', 'MOVED'],
  WAITLISTED: ['OFFERED', 'DECLINED'],          // one may say no before a seat is offered
  OFFERED: ['ENROLLED', 'DECLINED', 'WAITLISTED'],
  STARTED: ['COMPLETED', 'DROPPED_OUT', 'MOVED'],
  COMPLETED: [], DROPPED_OUT: [], NO_SHOW: [], CANCELLED: [], DECLINED: [], MOVED: [],
}
const FIRST: readonly Status[] = ['INTERESTED', 'ENROLLED', 'WAITLISTED']

/* What an enrolment may become; what a new one may be. */
export const nextStatuses = (from: Status | null): readonly Status[] => (from ? NEXT[from] : FIRST)
export const isOnTheList = (status: Status): boolean => status === 'ENROLLED' || status === 'STARTED'       // who is called up at a session

export interface Placed { id: string; data: Pick<Enrolment, 'course_run_id' | 'status' | 'enrolled_at'> }

/* Seats left as this phone knows it; the server has the last word. */
export const seatsFree = (run: { id: string; seats: number }, all: readonly Placed[]): number =>
  run.seats - all.filter(({ data }) => data.course_run_id === run.id && SEATED.includes(data.status)).length

/* First come, first served; of one moment, by id. Nobody overtakes. */
export const waitingList = <T extends Placed>(runId: string, all: readonly T[]): T[] =>
  all.filter(({ data }) => data.course_run_id === runId && data.status === 'WAITLISTED')
    .sort((a, b) => Date.parse(a.data.enrolled_at) - Date.parse(b.data.enrolled_at) || (a.id < b.id ? -1 : 1))

/* "nr. 1 på ventelisten"; nothing for who does not wait. */
export function placeInLine(enrolment: Placed, all: readonly Placed[]): number | undefined {
  return waitingList(enrolment.data.course_run_id, all).findIndex(({ id }) => id === enrolment.id) + 1 || undefined
}

/* A seat is "Foreløbig" until the server has answered: another phone may have taken the last one. */
export const isProvisional = ({ status }: Pick<Enrolment, 'status'>, state: string): boolean =>
  SEATED.includes(status) && ['DRAFT', 'WAITING', 'SENT'].includes(state)

export interface Session { id: string; data: Pick<CourseSession, 'number' | 'starts_at' | 'status'> }
export interface Marked { id: string; made_at: string | null; data: AttendanceMark }
export type Mark = AttendanceMark['mark']

/* Session -> the mark that counts: the newest. `marks` of any enrolments. */
export function marksOf(enrolmentId: string, marks: readonly Marked[]): Map<string, Mark> {
  const own = marks.filter(({ data }) => data.enrolment_id === enrolmentId)
    .sort((a, b) => (a.made_at ?? '').localeCompare(b.made_at ?? '') || (a.id < b.id ? -1 : 1))
  return new Map(own.map(({ data }) => [data.session_id, data.mark]))
}

/* Sessions that count: not the cancelled ones, nor one that was moved and stands there anew under the same number. */
const counting = (sessions: readonly Session[]): Session[] => sessions.filter(({ id, data }) => data.status !== 'CANCELLED'
  && !(data.status === 'MOVED' && sessions.some((other) => other.id !== id && other.data.number === data.number)))

const came = (mark: Mark | undefined): boolean => mark === 'PRESENT' || mark === 'LATE'

export interface Progress { held: number; attended: number; needed: number; lastHeld: boolean; marked: number }

/* `needed`: 75 % of the held sessions, rounded up. */
export function progress(sessions: readonly Session[], marks: ReadonlyMap<string, Mark>): Progress {
  const plan = counting(sessions).sort((a, b) => Date.parse(a.data.starts_at) - Date.parse(b.data.starts_at))
  const held = plan.filter(({ data }) => data.status === 'HELD')
  return {
    held: held.length, attended: held.filter(({ id }) => came(marks.get(id))).length, needed: Math.ceil((held.length * 3) / 4),
    lastHeld: plan.at(-1)?.data.status === 'HELD', marked: held.filter(({ id }) => (marks.get(id) ?? 'UNKNOWN') !== 'UNKNOWN').length,
  }
}

/* What attendance makes of an enrolment; nothing when it stays as it is. A person says so: it is proposed, then saved. */
export function statusAfter(status: Status, sessions: readonly Session[], marks: ReadonlyMap<string, Mark>): Status | undefined {
  const { held, attended, needed, lastHeld, marked } = progress(sessions, marks)
  const complete = held > 0 && lastHeld && attended >= needed
  if (status === 'ENROLLED') return attended ? 'STARTED' : marked >= 2 ? 'NO_SHOW' : undefined
  return status === 'STARTED' && complete ? 'COMPLETED' : undefined
}

/* Everyone present but those who were tapped: one mark each (domain.md 3.2). */
export const marksFor = (sessionId: string, enrolmentIds: readonly string[], others: ReadonlyMap<string, Mark>): AttendanceMark[] =>
  enrolmentIds.map((enrolment_id) => ({ session_id: sessionId, enrolment_id, mark: others.get(enrolment_id) ?? 'PRESENT' }))
