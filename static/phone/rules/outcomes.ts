/* When a citizen is asked how it went, and which answer counts (twin of app/rules/outcomes.py, same vectors; indicators.md 3.6). */
import type { Outcome } from '../generated/records'
import { addDays, type Day } from './dates'

export type Point = Outcome['point']
export type Answered = Pick<Outcome, 'point' | 'outcome' | 'answered_on'>
export interface Due { point: Point; due_on: Day; first: Day; last: Day }       // an answer counts from `first` to `last`

const MONTHS: Record<Point, number> = { M3: 3, M6: 6, M12: 12 }
const POINTS: readonly Point[] = ['M3', 'M6', 'M12']
const [BEFORE, AFTER] = [14, 30]

/* The same day so many months on; the last of the month where it has no such day. */
export function monthsAfter(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/* `indexOn`: the date of the citizen's first talk that was not anonymous. */
export function due(indexOn: Day, point: Point): Due {
  const due_on = monthsAfter(indexOn, MONTHS[point])
  return { point, due_on, first: addDays(due_on, -BEFORE), last: addDays(due_on, AFTER) }
}

export const indexOn = (talkDays: readonly Day[]): Day | undefined => [...talkDays].sort()[0]

/* The point whose window is open that day; the windows never meet. */
export const inWindow = (index: Day, on: Day): Due | undefined =>
  POINTS.map((point) => due(index, point)).find(({ first, last }) => first <= on && on <= last)

/* The one that counts at a point: the last inside the window. `outcomes` in the order they were written down. */
export function counted<T extends Answered>(outcomes: readonly T[], index: Day, point: Point): T | undefined {
  const { first, last } = due(index, point)
  const inside = outcomes.filter((one) => one.point === point && first <= one.answered_on && one.answered_on <= last)
  return inside.reduce<T | undefined>((a, b) => (a && a.answered_on > b.answered_on ? a : b), undefined)
}

/* The point to call about that day: its window is open, and nobody has got an answer yet. The gate COUNT_OUTCOME must be open as well (2.14). */
export function callDue(outcomes: readonly Answered[], index: Day, on: Day): Due | undefined {
  const window = inWindow(index, on)
  if (!window || outcomes.some(({ outcome }) => outcome === 'DECEASED')) return undefined
  const here = counted(outcomes, index, window.point)
  return !here || here.outcome === 'UNREACHABLE' ? window : undefined
}
