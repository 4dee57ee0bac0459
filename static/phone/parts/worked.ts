/* The adviser's own day as records tell it: what the proposals are made from, and nobody else's. */
import { type Activity, proposals, type Work } from '../rules/timesheet'
import { type TimeLine, timeLines } from '../rules/timeday'
import { dayOf } from './calendar'
import { spotOf } from './places'
import { row, rows, type Shown, user } from './present'

const mine = <T extends { author_id: string | null }>(all: readonly T[]): T[] => all.filter(({ author_id }) => author_id === user.value!.id)
export const ownEntries = (): Shown<'time_entry'>[] => mine(rows('time_entry'))

export function linesOn(day: string): TimeLine[] {
  const on = <T extends { data: { occurred_at: string } }>(all: readonly T[]) => all.filter(({ data }) => dayOf(data.occurred_at) === day)
  const [visits, talks, entries] = [on(mine(rows('visit'))), on(mine(rows('talk'))), ownEntries()]
  const marked = new Set(mine(rows('attendance_mark')).map(({ data }) => data.session_id))      // a session that one has noted attendance at is one's own
  const sessions = rows('course_session').filter(({ id, data }) => data.status === 'HELD' && dayOf(data.starts_at) === day && marked.has(id))
  const work: Work = {
    day, visits: visits.map(({ data }) => data), talks: talks.map(({ data }) => data), sessions: sessions.map(({ data }) => ({ ...data, minutes: data.minutes ?? usual(data.course_run_id) })),
    entries: entries.map(({ data }) => data), spot: (practice) => { const place = row('practice', practice); return place && spotOf(place) },
  }
  const latest = (all: readonly { made_at: string | null }[]) => all.map(({ made_at }) => made_at ?? '').sort().at(-1) ?? ''
  const newest = new Map<Activity, string>([['VISIT', latest([...visits, ...talks])], ['TALK', latest(talks)], ['RIDE', latest(visits)], ['COURSE', latest(sessions)]])
  return timeLines(day, entries.map(({ data, made_at }) => ({ ...data, made_at: made_at ?? '' })), proposals(work), newest)
}

const usual = (run: string): number => row('course', row('course_run', run)?.data.course_id ?? '')?.data.session_minutes ?? 0
/* A whole day away, by one's own week; 37 hours where that is not known. */
export const wholeDay = (): number => (row('user', user.value!.id)?.data.weekly_hours ?? 37) * 12
export const sheetOf = (month: string): Shown<'time_sheet'> | undefined =>
  mine(rows('time_sheet')).filter(({ data }) => data.month === month).sort((a, b) => (b.made_at ?? '').localeCompare(a.made_at ?? ''))[0]
