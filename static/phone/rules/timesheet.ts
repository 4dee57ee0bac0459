/* What the day's records say of one's time: a proposal in quarters of an hour, taken in one tap (domain.md 2.15). */
import type { TimeEntry, TimeSheet } from '../generated/records'
import { type Day, localDay } from './dates'
import { cyclingMinutes } from './ride'
import type { Point } from './route'

export type Activity = TimeEntry['activity']
const [STEP, LONG_DAY] = [15, 600]          // minutes

interface Timed { occurred_at: string; minutes: number }
export interface Work {
  day: Day
  visits: readonly (Timed & { practice_id: string; mode: string })[]   // the adviser's own
  talks: readonly Timed[]
  sessions: readonly { starts_at: string; minutes?: number | undefined }[]      // course sessions that the adviser held
  entries: readonly Pick<TimeEntry, 'worked_on' | 'activity' | 'minutes' | 'source'>[]
  spot: (practice: string) => Point | null
}
/* `minutes` may be below zero: what was taken over earlier is more than the records say now. */
export interface Proposal { activity: Activity; minutes: number; because: string }

export function proposals(work: Work): Proposal[] {
  const visits = onDay(work.visits, work.day)
  const talks = onDay(work.talks, work.day)
  const sessions = work.sessions.filter(({ starts_at }) => localDay(starts_at) === work.day)
  const [talked, riding] = [covered(talks), rideMinutes(visits, work.spot)]
  return [
    missing(work, 'VISIT', covered([...visits, ...talks]) - talked, counted(visits.length, 'besøg', 'besøg')),
    missing(work, 'TALK', talked, counted(talks.length, 'samtale', 'samtaler')),
    missing(work, 'RIDE', riding, `omkring ${Math.round(riding)} min. på cykel`),
    missing(work, 'COURSE', sessions.reduce((sum, { minutes = 0 }) => sum + minutes, 0), counted(sessions.length, 'mødegang', 'mødegange')),
  ].filter((one) => one.minutes !== 0)
}

const counted = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`
const onDay = <T extends Timed>(all: readonly T[], day: Day): T[] =>
  all.filter(({ occurred_at }) => localDay(occurred_at) === day).sort((a, b) => Date.parse(a.occurred_at) - Date.parse(b.occurred_at))

/* To the nearest quarter of an hour, less what stands there already; never below what one has typed oneself. */
function missing({ entries, day }: Work, activity: Activity, minutes: number, because: string): Proposal {
  const here = entries.filter((entry) => entry.worked_on === day && entry.activity === activity)
  const sum = (all: typeof here) => all.reduce((total, entry) => total + entry.minutes, 0)
  const taken = sum(here.filter(({ source }) => source === 'AUTO'))
  return { activity, minutes: Math.max(toStep(minutes) - sum(here), Math.min(0, -taken)) || 0, because }
}

export const toStep = (minutes: number): number => Math.round(minutes / STEP) * STEP
export const isStep = (minutes: number): boolean => Number.isInteger(minutes / STEP)

/* Minutes in which something went on; what overlaps counts once. */
function covered(all: readonly Timed[]): number {
  let [sum, until] = [0, -Infinity]
  for (const { occurred_at, minutes } of [...all].sort((a, b) => Date.parse(a.occurred_at) - Date.parse(b.occurred_at))) {
    const [from, to] = [Date.parse(occurred_at) / 60_000, Date.parse(occurred_at) / 60_000 + minutes]
    sum += Math.max(0, to - Math.max(from, until))
    until = Math.max(until, to)
  }
  return sum
}

/* Between two visits in person that follow each other at different practices; a place that is not known is not guessed. */
export function rideMinutes(visits: Work['visits'], spot: Work['spot']): number {
  const stops = visits.filter(({ mode }) => mode === 'IN_PERSON').map(({ practice_id }) => spot(practice_id))
  return stops.slice(1).reduce((sum, to, i) => sum + (stops[i] && to ? cyclingMinutes(stops[i]!, to) : 0), 0)
}

/* Asked, never refused: is that so? */
export function longDay(entries: Work['entries'], day: Day, more: readonly Proposal[] = []): string | undefined {
  const here = entries.filter(({ worked_on, activity }) => worked_on === day && activity !== 'AWAY')
  const sum = [...here, ...more].reduce((total, { minutes }) => total + minutes, 0)
  return sum > LONG_DAY ? `Du har ${hoursWords(sum)} på dagen. Passer det?` : undefined
}

/* Activity -> minutes of a month, as the sheet shows them. */
export function monthSums(entries: Work['entries'], month: string): Map<Activity, number> {
  const sums = new Map<Activity, number>()
  for (const { worked_on, activity, minutes } of entries) if (worked_on.startsWith(month)) sums.set(activity, (sums.get(activity) ?? 0) + minutes)
  return sums
}

/* "7 t. 30 min." for people, "7,5" for the municipality's own time system. */
export const hoursWords = (minutes: number): string =>
  [Math.trunc(minutes / 60) ? `${Math.trunc(minutes / 60)} t.` : '', minutes % 60 || !minutes ? `${minutes % 60} min.` : ''].filter(Boolean).join(' ')
export const decimalHours = (minutes: number): string => String(Math.round((minutes / 60) * 100) / 100).replace('.', ',')

const NEXT: Record<TimeSheet['status'], readonly TimeSheet['status'][]> = {
  OPEN: ['SUBMITTED'], SUBMITTED: ['APPROVED'], APPROVED: ['CORRECTED'], CORRECTED: [] }
export const nextSheetStatuses = (status: TimeSheet['status']): readonly TimeSheet['status'][] => NEXT[status]
