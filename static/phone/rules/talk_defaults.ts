/* What a talk starts with, so that nothing has to be typed: the kind, the place, the time, the visit it was part of (domain.md 2.7). */
import type { NextStep, Talk, Visit } from '../generated/records'
import { localDay } from './dates'

const USUAL_MINUTES = { known: 30, anonymous: 15 } as const
const MINUTE_MS = 60_000

interface Past { id: string; data: Pick<Talk, 'type' | 'occurred_at'> }
interface OwnVisit { id: string; data: Pick<Visit, 'practice_id' | 'occurred_at' | 'outcome'> }
const INSIDE: readonly Visit['outcome'][] = ['COMPLETED', 'DESK_ONLY']      // behind a closed door nobody was talked with (domain.md 2.4)

/* FIRST once for each citizen. */
export const talkType = (earlier: readonly Past[]): Talk['type'] => earlier.some(({ data }) => data.type === 'FIRST') ? 'FOLLOW_UP' : 'FIRST'

/* It has just ended; a talk never begins yesterday by itself. */
export function talkBegan(now: number, kind: keyof typeof USUAL_MINUTES): { occurred_at: string; minutes: number } {
  const minutes = USUAL_MINUTES[kind]
  const began = now - minutes * MINUTE_MS
  return { minutes, occurred_at: new Date(localDay(began) === localDay(now) ? began : now).toISOString() }
}

/* Where the adviser is: through whose door they have gone today, else where they last came out. `visits`: the adviser's own. */
export function hereToday(now: number, visits: readonly OwnVisit[], arrivedAt: readonly string[]): { practice_id?: string; visit_id?: string } {
  const latest = visits.filter(({ data }) => localDay(data.occurred_at) === localDay(now) && INSIDE.includes(data.outcome))
    .sort((a, b) => b.data.occurred_at.localeCompare(a.data.occurred_at))[0]
  if (arrivedAt[0]) return { practice_id: arrivedAt[0] }
  return latest ? { practice_id: latest.data.practice_id, visit_id: latest.id } : {}
}

const BY: { [S in NextStep['step']]?: NextStep['responsible'] } = { NEW_TALK: 'ADVISER', COURSE: 'ADVISER', BRIDGE_JOBCENTER: 'ADVISER', THREE_PARTY: 'ADVISER', STUEGANG: 'ADVISER' }

/* Who usually does it: the citizen, where it is not ours to do. Changed with one tap. */
export const usuallyBy = (step: NextStep['step']): NextStep['responsible'] => BY[step] ?? 'CITIZEN'
