/* "Længe siden": days since the last completed visit, closing weeks of the practice not counted (indicators.md P2, P4). */
import { addDays, type Day, daysBetween, localDay } from './dates'
import { type Closure, isClosed } from './working_days'

export const INTERVAL_DAYS = 21
const DONE = ['COMPLETED', 'DESK_ONLY']

export interface Since { days: number | null; over: number }    // null = never visited; over = days beyond the interval, 0 when within

export function longSince(
  visits: readonly { occurred_at: string; mode: string; outcome: string }[], today: Day,
  practice: { interval_days?: number | null | undefined; closures?: readonly Closure[] | null | undefined },
): Since {
  const done = visits.filter(({ mode, outcome }) => mode === 'IN_PERSON' && DONE.includes(outcome)).map(({ occurred_at }) => localDay(occurred_at)).filter((day) => day <= today)
  if (!done.length) return { days: null, over: 0 }
  const last = done.reduce((a, b) => (a > b ? a : b))
  const days = openDaysBetween(last, today, practice.closures)
  return { days, over: Math.max(0, days - (practice.interval_days || INTERVAL_DAYS)) }
}

function openDaysBetween(from: Day, to: Day, closures: readonly Closure[] | null | undefined): number {
  let days = 0
  for (let i = 1; i <= daysBetween(from, to); i++) if (!isClosed(addDays(from, i), closures)) days += 1
  return days
}
