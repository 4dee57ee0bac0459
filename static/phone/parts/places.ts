/* What the phone knows of each practice: its visits, why it is on today's list, and how far it is. */
import type { Practice } from '../generated/records'
import { longSince } from '../rules/long_since'
import { order, type Point } from '../rules/route'
import { addDays, dayOf, dayWords, hoursOf, openDay, today } from './calendar'
import { rows, type Shown, user } from './present'
import { count } from './words'

export type Place = Shown<'practice'>
export type Visited = Shown<'visit'>

export const visitsAt = (practice: string): Visited[] =>
  rows('visit').filter(({ data }) => data.practice_id === practice).sort((a, b) => b.data.occurred_at.localeCompare(a.data.occurred_at))

export const sinceLast = ({ id, data }: Place): { days: number | null; over: number } =>
  longSince(visitsAt(id).map((visit) => visit.data), today(), { interval_days: data.interval_days, closures: hoursOf(data).closures })

export const spotOf = ({ data: { lat, lon } }: Place): Point | null => lat == null || lon == null ? null : { lat, lon }

export interface Stop { place: Place; why: string; planned: string | null; over: number }

/* Today's practices: those planned for today or missed, and those over their interval; from the most pressing on, in cycling order. */
export function stopsToday(): Stop[] {
  const found = rows('practice').filter(({ data }) => data.agreement_status === 'AGREED' && isMine(data)).map(whyToday).filter((stop) => stop !== null)
  const first = found.sort((a, b) => (a.planned ?? '9').localeCompare(b.planned ?? '9') || b.over - a.over)
  const from = first[0] && spotOf(first[0].place)
  if (!from) return first
  const rest = first.slice(1).map((stop) => ({ stop, lat: stop.place.data.lat, lon: stop.place.data.lon }))
  return [first[0]!, ...order(rest, from).map(({ stop }) => stop)]
}

export const isMine = (practice: Practice): boolean =>
  !practice.responsible_adviser_id || practice.responsible_adviser_id === user.value?.id

function whyToday(place: Place): Stop | null {
  const day = today()
  const last = visitsAt(place.id)[0]?.data
  if (last && dayOf(last.occurred_at) === day) return null
  const planned = last?.next_visit_on ?? null
  if (planned === day) return { place, planned, over: 0, why: 'Planlagt i dag' }
  if (planned && planned > day) return null
  const { days, over } = sinceLast(place)
  if (over) return { place, planned, over, why: `Længe siden: ${count(days!, 'dag', 'dage')}` }
  return planned ? { place, planned, over, why: `Var planlagt ${dayWords(planned)}` } : null
}

/* A closed door: a week later, when the practice is open. */
export const tryAgainOn = (practice: Practice | undefined): string => openDay(addDays(today(), 7), practice)
