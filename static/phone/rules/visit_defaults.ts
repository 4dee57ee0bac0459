/* What a visit says when nobody has touched anything: three taps and it is right (domain.md 2.4, 3.2). */
import type { Visit } from '../generated/records'
import { addDays, type Day, localDay } from './dates'
import { INTERVAL_DAYS } from './long_since'
import { type DaysOff, type Hours, openDayFrom } from './working_days'

const USUAL_MINUTES = 20
const LAST_VISITS = 5

export interface Known {
  practiceId: string
  practice: Hours & { interval_days?: number | null | undefined }
  mine: readonly Pick<Visit, 'practice_id' | 'occurred_at' | 'minutes' | 'met_roles'>[]      // this adviser's earlier visits
  now: string | number | Date
  arrivedAt?: string | null | undefined       // when "Ankommet" was tapped
  plannedPurpose?: Visit['purpose'] | null | undefined
  daysOff: DaysOff
}

export function visitDefaults(known: Known): Visit {
  const here = known.mine.filter(({ practice_id }) => practice_id === known.practiceId)
    .sort((a, b) => Date.parse(b.occurred_at) - Date.parse(a.occurred_at))
  const minutes = usualMinutes(here)
  const last = here.find(({ met_roles }) => met_roles?.length && !met_roles.includes('NOBODY'))
  return {
    practice_id: known.practiceId, occurred_at: occurredAt(known, minutes), minutes, mode: 'IN_PERSON',
    purpose: known.plannedPurpose ?? 'REGULAR', met_roles: [...last?.met_roles ?? []], outcome: 'COMPLETED',
    next_visit_on: nextVisitOn(localDay(known.now), known.practice, known.daysOff),
  }
}

const FUTILE_MINUTES = 5

/* A door that stayed shut: nobody was met, whatever was planned; the day of the next try where one is agreed (domain.md 3.2). */
export function futileVisit({ practiceId, now, plannedPurpose }: Pick<Known, 'practiceId' | 'now' | 'plannedPurpose'>, outcome: 'CLOSED' | 'NO_TIME', again: Day | ''): Visit {
  return {
    practice_id: practiceId, occurred_at: new Date(now).toISOString(), minutes: FUTILE_MINUTES, mode: 'IN_PERSON', purpose: plannedPurpose ?? 'REGULAR',
    met_roles: ['NOBODY'], outcome, ...(again ? { next_visit_on: again } : {}),
  }
}

/* The median of the last five at this practice; 20 where there is none. */
export function usualMinutes(visits: readonly Pick<Visit, 'minutes'>[]): number {
  const sorted = visits.slice(0, LAST_VISITS).map(({ minutes }) => minutes).sort((a, b) => a - b)
  if (!sorted.length) return USUAL_MINUTES
  const middle = sorted.length / 2
  return Number.isInteger(middle) ? Math.round((sorted[middle - 1]! + sorted[middle]!) / 2) : sorted[Math.floor(middle)]!
}

/* "Ankommet", if that was tapped today; else a usual visit that has just ended. */
function occurredAt({ arrivedAt, now }: Known, minutes: number): string {
  const at = new Date(now).getTime()
  const arrived = arrivedAt ? Date.parse(arrivedAt) : NaN
  const today = arrived <= at && localDay(arrived) === localDay(at)
  return new Date(Number.isFinite(arrived) && today ? arrived : at - minutes * 60_000).toISOString()
}

export function nextVisitOn(today: Day, practice: Known['practice'], daysOff: DaysOff): Day {
  return openDayFrom(addDays(today, practice.interval_days || INTERVAL_DAYS), practice, daysOff)
}
