/* In which order to cycle to today's practices, so that one comes when one is welcome; worked out on the phone, no place is stored. */
import { cyclingMinutes } from './ride'
import { order, type Point } from './route'
import type { Span } from './visit_hours'

export interface Stop { lat?: number | null | undefined; lon?: number | null | undefined; hours: readonly Span[] }
export interface Timed<T> { stop: T; at: number }       // `at`: about when one is there, minutes after midnight

const [VISIT_MINUTES, UNKNOWN_RIDE] = [25, 10]
const [WAIT, TOO_LATE] = [0.6, 500]         // a minute of waiting weighs less than one of riding; a door that is shut weighs more than all

/* The best day that was found from `start` (minutes after midnight), from where one stands if that is known; who is closed by then comes last. */
export function dayOrder<T extends Stop>(stops: readonly T[], start: number, from?: Point): Timed<T>[] {
  const open = stops.filter(({ hours }) => hours.some(({ to }) => to > start))
  const byHour = [...open].sort((a, b) => opens(a) - opens(b) || closes(a) - closes(b))
  const cost = (way: readonly T[]) => walked(way, start, from).cost
  const best = [order(open, from), byHour].map((way) => improved(way, cost)).reduce((a, b) => (cost(a) <= cost(b) ? a : b))
  const all = [...best, ...stops.filter((stop) => !open.includes(stop))]
  return walked(all, start, from).times.map((at, i) => ({ stop: all[i]!, at }))
}

const opens = ({ hours }: Stop) => hours[0]?.from ?? Infinity
const closes = ({ hours }: Stop) => hours.at(-1)?.to ?? Infinity

function walked(way: readonly Stop[], start: number, from?: Point): { cost: number; times: number[] } {
  let [cost, now, here] = [0, start, from]
  const times = way.map((stop, i) => {
    const there = placeOf(stop)
    const ride = here && there ? cyclingMinutes(here, there) : i || from ? UNKNOWN_RIDE : 0
    const span = stop.hours.find(({ to }) => to > now + ride)
    const at = Math.max(now + ride, span?.from ?? 0)
    cost += ride + (at - now - ride) * WAIT + (span ? 0 : TOO_LATE)
    now = at + VISIT_MINUTES
    here = there ?? here
    return Math.round(at)
  })
  return { cost, times }
}

const placeOf = ({ lat, lon }: Stop): Point | undefined => (lat == null || lon == null ? undefined : { lat, lon })

/* Takes one stop out and puts it in elsewhere, or turns a stretch round, as long as that makes a better day. */
function improved<T>(way: readonly T[], cost: (way: readonly T[]) => number): T[] {
  let [best, least] = [[...way], cost(way)]
  for (let better = true; better;) {
    better = false
    for (const next of neighbours(best)) {
      const sum = cost(next)
      if (sum < least - 0.01) { [best, least, better] = [next, sum, true]; break }
    }
  }
  return best
}

function* neighbours<T>(way: readonly T[]): Generator<T[]> {
  for (let i = 0; i < way.length; i++)
    for (let j = 0; j < way.length; j++) {
      if (i === j) continue
      const rest = way.filter((_, at) => at !== i)
      yield [...rest.slice(0, j), way[i]!, ...rest.slice(j)]
      if (i < j) yield [...way.slice(0, i), ...way.slice(i, j + 1).reverse(), ...way.slice(j + 1)]
    }
}
