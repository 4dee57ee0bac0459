/* A citizen whom nobody has talked with for ninety days rests, until they talk again or it is closed (domain.md 2.5). */
import type { Citizen } from '../generated/records'
import { addDays, type Day } from './dates'

const RESTS_AFTER = 90      // days

/* `last`: the day of the latest talk; nothing when there has been none. */
export function standsAs(status: Citizen['status'], last: Day | null, today: Day): NonNullable<Citizen['status']> {
  if (status === 'CLOSED' || status === 'ERASED') return status
  return last ? (addDays(last, RESTS_AFTER) <= today ? 'RESTING' : 'ACTIVE') : status ?? 'ACTIVE'
}
