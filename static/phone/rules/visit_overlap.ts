/* One person is in one place: visits of the same adviser that overlap are asked about, never refused (domain.md 2.4). */
import type { Visit } from '../generated/records'

type Held = Pick<Visit, 'occurred_at' | 'minutes'>
const TOLERATED = 10
const MINUTE_MS = 60_000

/* The first of `others` that overlaps this one by more than ten minutes. */
export function overlapping<T extends { data: Held }>(one: Held, others: readonly T[]): T | undefined {
  const [from, to] = span(one)
  return others.find(({ data }) => {
    const [begins, ends] = span(data)
    return Math.min(to, ends) - Math.max(from, begins) > TOLERATED * MINUTE_MS
  })
}

function span({ occurred_at, minutes }: Held): [number, number] {
  const from = Date.parse(occurred_at)
  return [from, from + minutes * MINUTE_MS]
}
