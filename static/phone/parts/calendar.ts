/* Days as this phone needs them: today in Copenhagen, the project's days off, days and hours in words. */
import { CLOSED_DAYS, type Practice } from '../generated/records'
import { type Day, localDay, localTime, moment, shortDay } from '../rules/dates'
import type { Welcome } from '../rules/visit_hours'
import { openDayFrom } from '../rules/working_days'

export { addDays, clock, daysBetween, instantOf } from '../rules/dates'
export { localDay as dayOf, localTime as clockField }

export const today = (): Day => localDay(Date.now())
export const dayWords = (day: Day): string => shortDay(day, today())
/* "i dag 9.31", "i går 15.02", "man. 23. nov. 9.31" */
export const when = (instant: string): string => moment(instant, Date.now())

export const daysOff = CLOSED_DAYS
export const hoursOf = (practice: Practice): Welcome => practice as unknown as Welcome
/* `day`, or the practice's next open day. */
export const openDay = (day: Day, practice: Practice | undefined): Day => openDayFrom(day, practice ? hoursOf(practice) : {}, daysOff)
