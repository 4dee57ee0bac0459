/* One day's time as it is shown and changed: what stands there, what the records propose, and what a change writes (domain.md 2.15). */
import type { TimeEntry } from '../generated/records'
import type { Day } from './dates'
import type { Activity, Proposal } from './timesheet'

export interface TimeLine { activity: Activity; saved: number; proposed: number; because: string }
type Written = Pick<TimeEntry, 'worked_on' | 'activity' | 'minutes' | 'source'> & { made_at: string }

/* `newest`: when the newest record behind each activity was made. What one has typed since then stands: it is not proposed away. */
export function timeLines(day: Day, entries: readonly Written[], proposals: readonly Proposal[], newest: ReadonlyMap<Activity, string>): TimeLine[] {
  const here = entries.filter(({ worked_on }) => worked_on === day)
  const typed = (activity: Activity) => here.filter((entry) => entry.activity === activity && entry.source === 'MANUAL').map(({ made_at }) => made_at).sort().at(-1)
  const live = proposals.filter(({ activity }) => !((typed(activity) ?? '') >= (newest.get(activity) ?? '') && typed(activity)))
  const activities = [...new Set([...live, ...here].map(({ activity }) => activity))]
  return activities.map((activity) => {
    const proposal = live.find((one) => one.activity === activity)
    const saved = here.filter((entry) => entry.activity === activity).reduce((sum, { minutes }) => sum + minutes, 0)
    return { activity, saved, proposed: proposal?.minutes ?? 0, because: proposal?.because ?? '' }
  }).filter(({ saved, proposed }) => saved || proposed)
}

/* Only what differs is written, and a fall is written as minutes below zero: entries are never changed. */
export function written(day: Day, lines: readonly TimeLine[], wanted: ReadonlyMap<Activity, number>): TimeEntry[] {
  const known = new Map(lines.map((line) => [line.activity, line]))
  return [...new Set([...known.keys(), ...wanted.keys()])].flatMap((activity) => {
    const { saved, proposed } = known.get(activity) ?? { saved: 0, proposed: 0 }
    const minutes = (wanted.get(activity) ?? saved + proposed) - saved
    return minutes ? [{ worked_on: day, activity, minutes, source: minutes === proposed ? 'AUTO' as const : 'MANUAL' as const }] : []
  })
}
