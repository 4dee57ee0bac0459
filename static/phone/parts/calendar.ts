/* Days as this phone needs them: today in Copenhagen, the project's days off, days and hours in words. */
import { CLOSED_DAYS, type Practice, type Project } from '../generated/records'
import { type Day, localDay, localTime, moment, shortDay } from '../rules/dates'
import type { Welcome } from '../rules/visit_hours'
import { INTERVAL_DAYS } from '../rules/long_since'
import { type DaysOff, openDayFrom, withOwn } from '../rules/working_days'
import { rows } from './present'

export { addDays, clock, daysBetween, instantOf } from '../rules/dates'
export { localDay as dayOf, localTime as clockField }

export const today = (): Day => localDay(Date.now())
export const dayWords = (day: Day): string => shortDay(day, today())
/* "i dag 9.31", "i går 15.02", "man. 23. nov. 9.31" */
export const when = (instant: string): string => moment(instant, Date.now())

/* The catalogue's days off, put right by the project's own closing days. */
export function daysOff(): DaysOff {
  const own = rows('project')[0]?.data.closing_days
  if (own !== known.own) known = { own, days: withOwn(CLOSED_DAYS, own) }
  return known.days
}
let known: { own: Project['closing_days'] | undefined; days: DaysOff } = { own: undefined, days: CLOSED_DAYS }

/* Days between visits: the practice's own, else the project's. */
export const intervalOf = (practice: Pick<Practice, 'interval_days'> | undefined): number =>
  practice?.interval_days || rows('project')[0]?.data.visit_interval_days || INTERVAL_DAYS

export const hoursOf = (practice: Practice): Welcome => practice as unknown as Welcome
/* `day`, or the practice's next open day. */
export const openDay = (day: Day, practice: Practice | undefined): Day => openDayFrom(day, practice ? hoursOf(practice) : {}, daysOff())
