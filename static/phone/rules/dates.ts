/* Days and hours as people in Copenhagen write them; stored instants stay UTC (domain.md 4.6). */

/* A date without a time: "2026-11-23". */
export type Day = string

const WEEKDAYS = ['søn.', 'man.', 'tirs.', 'ons.', 'tors.', 'fre.', 'lør.']
const LONG_WEEKDAYS = ['søndag', 'mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag']
const MONTHS = ['jan.', 'feb.', 'mar.', 'apr.', 'maj', 'jun.', 'jul.', 'aug.', 'sep.', 'okt.', 'nov.', 'dec.']
const LONG_MONTHS = [
  'januar', 'februar', 'marts', 'april', 'maj', 'juni', 'juli', 'august', 'september', 'oktober', 'november', 'december']
const DAY_MS = 86_400_000

const copenhagen = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Copenhagen', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' })

function parts(instant: string | number | Date): Record<'year' | 'month' | 'day' | 'hour' | 'minute', string> {
  return Object.fromEntries(copenhagen.formatToParts(new Date(instant)).map(({ type, value }) => [type, value])) as ReturnType<typeof parts>
}

/* The date in Copenhagen: 23:30 UTC on 31 October is already November (INV-08). */
export function localDay(instant: string | number | Date): Day {
  const { year, month, day } = parts(instant)
  return `${year.padStart(4, '0')}-${month}-${day}`
}

/* "09:30", as an <input type="time"> wants it. */
export function localTime(instant: string | number | Date): string {
  const { hour, minute } = parts(instant)
  return `${hour}:${minute}`
}

/* The instant of a day and hour in Copenhagen. The hour that exists twice in October is taken the first time;
   the one that does not exist in March is an hour later. */
export function instantOf(day: Day, time: string): string {
  const guess = Date.parse(`${day}T${time}:00Z`)
  const fits = [2, 1].map((hours) => guess - hours * 3_600_000).find((at) => localDay(at) === day && localTime(at) === time)
  return new Date(fits ?? guess - 3_600_000).toISOString()
}

const utc = (day: Day) => Date.parse(`${day}T00:00:00Z`)
export const addDays = (day: Day, count: number): Day => new Date(utc(day) + count * DAY_MS).toISOString().slice(0, 10)
export const daysBetween = (from: Day, to: Day): number => Math.round((utc(to) - utc(from)) / DAY_MS)
/* 0 = Sunday */
export const weekday = (day: Day): number => new Date(utc(day)).getUTCDay()

/* "man. 23. nov."; with the year when it is not this one. */
export function shortDay(day: Day, today?: Day): string {
  const [year, month, date] = day.split('-')
  const text = `${WEEKDAYS[weekday(day)]} ${Number(date)}. ${MONTHS[Number(month) - 1]}`
  return today === undefined || today.startsWith(year!) ? text : `${text} ${year}`
}

/* "mandag 23. november 2026" */
export function longDay(day: Day): string {
  const [year, month, date] = day.split('-')
  return `${LONG_WEEKDAYS[weekday(day)]} ${Number(date)}. ${LONG_MONTHS[Number(month) - 1]} ${year}`
}

/* "23-11-2026" */
export const numericDay = (day: Day): string => day.split('-').reverse().join('-')

/* "9.30" */
export function clock(instant: string | number | Date): string {
  const { hour, minute } = parts(instant)
  return `${Number(hour)}.${minute}`
}

/* "i dag 9.31", "i går 14.05", "man. 23. nov. 9.31" */
export function moment(instant: string | number | Date, now: string | number | Date): string {
  const [day, today] = [localDay(instant), localDay(now)]
  const name = { 0: 'i dag', 1: 'i går' }[daysBetween(day, today)] ?? shortDay(day, today)
  return `${name} ${clock(instant)}`
}

/* ISO: the week belongs to the year of its Thursday. */
export function week(day: Day): { year: number; week: number } {
  const thursday = addDays(day, 3 - ((weekday(day) + 6) % 7))
  const year = Number(thursday.slice(0, 4))
  return { year, week: Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1 }
}

/* "uge 47"; with the year of the week, "uge 53, 2026", when asked for. */
export function weekLabel(day: Day, withYear = false): string {
  const { year, week: number } = week(day)
  return withYear ? `uge ${number}, ${year}` : `uge ${number}`
}
