/* In which order to cycle to today's practices; worked out on the phone, nobody's position is stored. */

export interface Point { lat: number; lon: number }
interface Stop { lat?: number | null | undefined; lon?: number | null | undefined }

const EARTH_M = 6_371_000
const rad = (degrees: number) => (degrees * Math.PI) / 180

/* Metres as the crow flies. */
export function distance(a: Point, b: Point): number {
  const [x, y] = [rad(b.lon - a.lon) * Math.cos(rad((a.lat + b.lat) / 2)), rad(b.lat - a.lat)]
  return Math.round(EARTH_M * Math.hypot(x, y))
}

/* The shortest way that was found past all stops, from `from` or from the best end; stops without a place come last. */
export function order<T extends Stop>(stops: readonly T[], from?: Point): T[] {
  const placed = stops.filter((stop) => stop.lat != null && stop.lon != null)
  const others = stops.filter((stop) => !placed.includes(stop))
  const starts = from ? [untangled(nearestFirst(placed, from), from)] : placed.map((start) => untangled(nearestFirst(placed, start as Point)))
  const best = starts.reduce<T[] | null>((a, b) => (a && length(a, from) <= length(b, from) ? a : b), null)
  return [...best ?? [], ...others]
}

const length = (way: readonly Stop[], from?: Point) =>
  [...(from ? [from] : []), ...way].slice(1).reduce((sum, stop, i) => sum + distance(((from ? [from, ...way] : way) as Point[])[i]!, stop as Point), 0)

function nearestFirst<T extends Stop>(stops: readonly T[], from: Point): T[] {
  const left = [...stops]
  const way: T[] = []
  for (let here = from; left.length;) {
    const next = left.reduce((a, b) => (distance(here, a as Point) <= distance(here, b as Point) ? a : b))
    way.push(next)
    left.splice(left.indexOf(next), 1)
    here = next as Point
  }
  return way
}

/* 2-opt: turn a stretch round wherever that shortens the way. */
function untangled<T extends Stop>(way: T[], from?: Point): T[] {
  for (let better = true; better;) {
    better = false
    for (let i = 0; i < way.length - 1; i++)
      for (let j = i + 1; j < way.length; j++) {
        const turned = [...way.slice(0, i), ...way.slice(i, j + 1).reverse(), ...way.slice(j + 1)]
        if (length(turned, from) < length(way, from)) { way = turned; better = true }
      }
  }
  return way
}
