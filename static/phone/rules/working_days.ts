/* Which days people work, and on which of them a practice is open. Holidays are passed in (generated CLOSED_DAYS). */
import { addDays, type Day, weekday } from './dates'

export type DaysOff = Readonly<Record<Day, string>>
export interface Opening { weekday: string; from?: string; to?: string }
export interface Closure { from?: string; to?: string }
export interface Hours { opening?: readonly Opening[] | null | undefined; closures?: readonly Closure[] | null | undefined }

const MOST_DAYS = 400
const DAY = /^\d{4}-\d{2}-\d{2}$/

/* The days off with the project's own: from `from` to `to`, or one day; OPEN makes a local day off a working day (the server lets no other be one). */
export function withOwn(daysOff: DaysOff, own: readonly Record<string, string>[] | null | undefined): DaysOff {
  const found: Record<Day, string> = { ...daysOff }
  for (const { kind, from = '', to = '', name = '' } of own ?? []) {
    for (let day = from, i = 0; DAY.test(day) && day <= (to || from) && i < MOST_DAYS; day = addDays(day, 1), i++) {
      if (kind === 'OPEN') delete found[day]
      else found[day] ??= name || 'Lukkedag'
    }
  }
  return found
}

const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

export const isWorkingDay = (day: Day, daysOff: DaysOff): boolean => weekday(day) % 6 !== 0 && !(day in daysOff)

/* In a closing week; a closure without two readable dates closes nothing. */
export function isClosed(day: Day, closures: Hours['closures']): boolean {
  return (closures ?? []).some(({ from = '', to = '' }) => DAY.test(from) && DAY.test(to) && from <= day && day <= to)
}

/* A practice whose hours are not known is taken to be open on every working day. */
export function isOpen(day: Day, { opening, closures }: Hours, daysOff: DaysOff): boolean {
  const name = NAMES[weekday(day)]!
  return isWorkingDay(day, daysOff) && !isClosed(day, closures) && (!opening?.length || opening.some((one) => one.weekday === name))
}

/* `day` itself, or the next one that people work on. */
export const workingDayFrom = (day: Day, daysOff: DaysOff): Day => openDayFrom(day, {}, daysOff)

/* `day` itself, or the practice's next open day; `day` when it never opens again. */
export function openDayFrom(day: Day, hours: Hours, daysOff: DaysOff): Day {
  for (let i = 0; i < MOST_DAYS; i++) if (isOpen(addDays(day, i), hours, daysOff)) return addDays(day, i)
  return day
}

/* So many working days on; 0 is the day itself or the next working day. */
export function afterWorkingDays(day: Day, count: number, daysOff: DaysOff): Day {
  let reached = workingDayFrom(day, daysOff)
  for (let i = 0; i < count; i++) reached = workingDayFrom(addDays(reached, 1), daysOff)
  return reached
}
