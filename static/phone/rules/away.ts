/* How long a phone may go on without the server: three days for everything, fourteen to write new things down (security.md, Keys). */

export type Reach = 'ALL' | 'WRITING' | 'NOTHING'
const HOUR_MS = 3_600_000
const ALL_MS = 72 * HOUR_MS
const WRITING_MS = 14 * 24 * HOUR_MS

/* By the phone's own clock both times, so that a wrong one does no harm; one that was put back makes nobody wait. */
export function reach(heard_at: number | null, now: number): Reach {
  const since = heard_at === null ? 0 : now - heard_at
  return since < ALL_MS ? 'ALL' : since < WRITING_MS ? 'WRITING' : 'NOTHING'
}
