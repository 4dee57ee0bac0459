/* What the phone knows of each practice: its visits, why it is on today's list, and how far it is. */
import type { Practice } from '../generated/records'
import { longSince } from '../rules/long_since'
import { dayOrder } from '../rules/day_order'
import type { Point } from '../rules/route'
import { minuteOf, type Span } from '../rules/visit_hours'
import { type Why, whyToday } from '../rules/whytoday'
import { begun } from './arrival'
import { addDays, clockField, dayOf, daysOff, hoursOf, intervalOf, openDay, today } from './calendar'
import { materialWord } from './materials'
import { plansAt } from './plans'
import { row, rows, type Shown, user } from './present'

export type Place = Shown<'practice'>
export type Visited = Shown<'visit'>

export const visitsAt = (practice: string): Visited[] =>
  rows('visit').filter(({ data }) => data.practice_id === practice).sort((a, b) => b.data.occurred_at.localeCompare(a.data.occurred_at))

export const sinceLast = ({ id, data }: Place): { days: number | null; over: number } =>
  longSince(visitsAt(id).map((visit) => visit.data), today(), { interval_days: intervalOf(data), closures: hoursOf(data).closures })

export const spotOf = ({ data: { lat, lon } }: Place): Point | null => lat == null || lon == null ? null : { lat, lon }

/* `hours`: when one is welcome from now on, in words; `pressing`: planned or promised, not only long ago. */
export interface Stop { place: Place; reasons: string[]; pressing: boolean; hours: string }

/* What is begun, then what was on today's list this morning and has not been done, in the order that finds doors open. */
export function stopsToday(): Stop[] {
  const minute = minuteOf(clockField(Date.now()))
  const found = rows('practice').map((place) => ({ place, why: why(place) })).filter(({ place, why: reason }) => reason || begun(place.id))
  const timed = found.map(({ place, why: reason }) => {
    const hours = (reason?.hours ?? []).filter(({ to }) => to > minute)
    return { lat: place.data.lat, lon: place.data.lon, hours, stop: stopOf(place, reason, hours) }
  })
  const day = dayOrder(timed, Math.max(minute, DAY_BEGINS)).map(({ stop }) => stop.stop)
  const started = day.filter(({ place }) => begun(place.id))
  return [...started, ...day.filter((stop) => !started.includes(stop))]
}

const DAY_BEGINS = 8 * 60
const GONE = ['ENDED', 'DECLINED']
const PRESSING = ['PLANNED', 'PROMISE', 'MISSED']

function why(place: Place): Why | null {
  const plans = plansAt(place.id).map(({ data }) => data)
  if (GONE.includes(place.data.agreement_status ?? '') || (!isMine(place.data) && !plans.length)) return null
  const handouts = rows('stock_move').filter(({ data }) => data.move === 'HANDED_OUT' && data.practice_id === place.id && data.occurred_at)
    .map(({ data }) => ({ name: materialWord(data.batch_id), on: dayOf(data.occurred_at!), quantity: data.quantity }))
  const { agreement_status } = place.data
  return whyToday({ practice: { ...hoursOf(place.data), interval_days: intervalOf(place.data), agreement_status }, visits: visitsAt(place.id).map(({ data }) => data), plans, steps: stepsWith(place.id), handouts },
    today(), 0, daysOff())
}

/* When the open steps of this practice's citizens are due: how many, never whose. */
const stepsWith = (practice: string): string[] => rows('next_step')
  .filter(({ data }) => data.status === 'OPEN' && data.step !== 'NONE' && row('citizen', data.citizen_id)?.data.first_practice_id === practice).map(({ data }) => data.due_on)

function stopOf(place: Place, reason: Why | null, hours: readonly Span[]): Stop {
  const words = !reason ? '' : hours[0] ? `Bedste tid ${span(hours[0])}` : reason.barred ? '' : 'Tager ikke imod mere i dag'
  return {
    place, hours: words, pressing: reason?.reasons.some(({ ground }) => PRESSING.includes(ground)) ?? true,
    reasons: reason ? [...reason.reasons.map((one) => one.words), ...(reason.barred ? [reason.barred] : [])] : [],
  }
}

const clockOf = (minute: number): string => `${Math.floor(minute / 60)}.${String(minute % 60).padStart(2, '0')}`
const span = ({ from, to }: Span): string => `${clockOf(from)}–${clockOf(to)}`

export const isMine = (practice: Practice): boolean =>
  !practice.responsible_adviser_id || practice.responsible_adviser_id === user.value?.id

/* A closed door: a week later, when the practice is open. */
export const tryAgainOn = (practice: Practice | undefined): string => openDay(addDays(today(), 7), practice)
