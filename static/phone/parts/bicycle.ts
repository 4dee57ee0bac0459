/* In which order a bicycle takes the day's practices: always the nearest next, beginning with the first. Distances are "cirka". */
export interface Spot { lat: number; lon: number }

const EARTH_M = 6_371_000
const radians = (degrees: number): number => degrees * Math.PI / 180

export function metresBetween(a: Spot, b: Spot): number {
  const x = radians(b.lon - a.lon) * Math.cos(radians((a.lat + b.lat) / 2))
  return Math.hypot(x, radians(b.lat - a.lat)) * EARTH_M
}

/* Those without a known place come last, in the order they had. */
export function inCyclingOrder<T>(stops: readonly T[], spotOf: (stop: T) => Spot | null): T[] {
  const left = stops.filter((stop) => spotOf(stop))
  const ordered = left.splice(0, 1)
  while (left.length) {
    const here = spotOf(ordered.at(-1)!)!
    const nearest = left.reduce((best, stop) => metresBetween(here, spotOf(stop)!) < metresBetween(here, spotOf(best)!) ? stop : best)
    ordered.push(...left.splice(left.indexOf(nearest), 1))
  }
  return [...ordered, ...stops.filter((stop) => !spotOf(stop))]
}
