/* When an adviser is welcome at a practice: its opening hours, less telephone hours, what it asked to be spared, and Friday afternoons. */
import { type Day, weekday } from './dates'
import { type DaysOff, type Hours, isOpen } from './working_days'

/* Minutes after midnight; `to` is the first minute too late. */
export interface Span { from: number; to: number }
export interface Welcome extends Hours {
  phone_hours?: readonly { from?: string; to?: string }[] | null | undefined
  visit_window?: string | null | undefined      // "12:15-13:00"
  avoid?: string | null | undefined             // "08:00-09:15", "ma 08:00-10:00", "fr"
}

const NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
const DANISH = ['sø', 'ma', 'ti', 'on', 'to', 'fr', 'lø']
const DAY_MINUTES = 1440
const [USUAL, SPARED, FRIDAY]: readonly Span[] = [{ from: 480, to: 960 }, { from: 480, to: 540 }, { from: 780, to: DAY_MINUTES }]

export const minuteOf = (time: string): number => {
  const [hours, minutes = 0] = time.split(/[:.]/).map(Number)
  return hours! * 60 + minutes
}

/* When one may come that day; empty = not that day. */
export function welcomeOn(practice: Welcome, day: Day, daysOff: DaysOff): Span[] {
  if (!isOpen(day, practice, daysOff)) return []
  const spared = [...spans(practice.phone_hours), ...named(practice.avoid, day)]
  const closed = [...(spared.length || practice.avoid?.trim() ? spared : [SPARED!]), ...(weekday(day) === 5 ? [FRIDAY!] : [])]
  const open = spans(practice.opening?.filter((one) => one.weekday === NAMES[weekday(day)]))
  return closed.reduce(without, open.length ? open : [USUAL!])
}

/* When one should come: the practice's own best time, where one is welcome then. */
export function bestOn(practice: Welcome, day: Day, daysOff: DaysOff): Span[] {
  const welcome = welcomeOn(practice, day, daysOff)
  const best = named(practice.visit_window, day).flatMap((window) => welcome.map((span) => common(window, span))).filter(({ from, to }) => from < to)
  return best.length ? best : welcome
}

const common = (a: Span, b: Span): Span => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) })
const without = (all: Span[], hole: Span): Span[] =>
  all.flatMap(({ from, to }) => [{ from, to: Math.min(to, hole.from) }, { from: Math.max(from, hole.to), to }]).filter(({ from, to }) => from < to)

const spans = (entries: readonly { from?: string; to?: string }[] | null | undefined): Span[] =>
  (entries ?? []).flatMap(({ from, to }) => timesIn(`${from ?? ''}-${to ?? ''}`))

/* The hours that a text of the office names for that day. A weekday alone is the whole day; what cannot be read spares nothing. */
export function named(text: string | null | undefined, day: Day): Span[] {
  return (text ?? '').toLowerCase().split(/[;\n]/).flatMap((part) => {
    const [days, times] = [daysIn(part), timesIn(part)]
    if (days.length ? !days.includes(weekday(day)) : !times.length) return []
    return times.length ? times : [{ from: 0, to: DAY_MINUTES }]
  })
}

const TIMES = /(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?/g
const timesIn = (text: string): Span[] => [...text.matchAll(TIMES)]
  .map(([, hour, minute = '0', end, after = '0']) => ({ from: Number(hour) * 60 + Number(minute), to: Number(end) * 60 + Number(after) }))
  .filter(({ from, to }) => from < to && to <= DAY_MINUTES)

/* "ma-fr", "ma, to", "mandag" */
const WEEKDAY = '(sø|ma|ti|on|to|fr|lø)(?:ndag|rsdag|sdag|edag|rdag|dag)?(?!\\p{L})\\.?'
const DAYS = new RegExp(`(?<!\\p{L})${WEEKDAY}(?:\\s*[-–]\\s*${WEEKDAY})?`, 'gu')
const daysIn = (text: string): number[] => [...text.matchAll(DAYS)].flatMap(([, first, last]) => {
  const [from, to] = [DANISH.indexOf(first!), DANISH.indexOf(last ?? first!)]
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => (from + i) % 7)
})
