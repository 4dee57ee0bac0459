/* When a consent opens its gate: the same rule as app/rules/consent.py, held to the same vectors (domain.md 2.6). */
import type { ConsentEvent } from '../generated/records'
import { addDays, type Day, daysBetween } from './dates'

export type Scope = ConsentEvent['scope']
export type Standing = 'VALID' | 'EXPIRING' | 'EXPIRED' | 'WITHDRAWN' | 'REFUSED' | 'NOT_ASKED'      // codes of consent_status
export type Given = Pick<ConsentEvent, 'scope' | 'event' | 'given_on' | 'valid_until' | 'follows_id'> & { id: string }
/* The order in which they are shown; never preset, never bundled. */
export const SCOPES: readonly Scope[] = [
  'TALK_RECORD', 'GP_EXCHANGE', 'JOBCENTER_SHARE', 'STUEGANG', 'COURSE_PROVIDER', 'THIRD_PARTY', 'FOLLOW_UP', 'EVALUATION']

const USUAL_DAYS = 365
const DAYS: { [S in Scope]?: number } = { FOLLOW_UP: 425, EVALUATION: 425 }
const MOST_DAYS: { [S in Scope]?: number } = { GP_EXCHANGE: 365 }      // sundhedsloven § 44
const SOON_DAYS = 30

/* Is the gate open on that day? `events` of one citizen, ordered by inServerOrder. `today`: a withdrawal dated later closes today already. */
export const isOpen = (events: readonly Given[], scope: Scope, on: Day, today: Day): boolean =>
  ['VALID', 'EXPIRING'].includes(status(events, scope, on, today))

export function status(events: readonly Given[], scope: Scope, on: Day, today: Day): Standing {
  const { withdrawn, answer } = standing(events, scope, on, today)
  if (!answer) return withdrawn ? 'WITHDRAWN' : 'NOT_ASKED'
  if (answer.event === 'REFUSED') return 'REFUSED'
  const left = daysBetween(on, runsOut(answer))
  return left < 0 ? 'EXPIRED' : left <= SOON_DAYS ? 'EXPIRING' : 'VALID'
}

/* The last day a yes is good for: as written, else by purpose; never beyond what the law allows. */
export function runsOut({ scope, given_on, valid_until }: Pick<Given, 'scope' | 'given_on' | 'valid_until'>): Day {
  const last = valid_until || addDays(given_on, DAYS[scope] ?? USUAL_DAYS)
  const most = MOST_DAYS[scope]
  return most && addDays(given_on, most) < last ? addDays(given_on, most) : last
}

/* What a new yes must name in `follows_id`, so that it opens the gate again; nothing when nobody has withdrawn. */
export const followsId = (events: readonly Given[], scope: Scope): string | undefined =>
  events.findLast((event) => event.scope === scope && event.event === 'WITHDRAWN')?.id

/* The purposes that can be withdrawn today: those that are open. */
export const openScopes = (events: readonly Given[], on: Day): Scope[] => SCOPES.filter((scope) => isOpen(events, scope, on, on))

function standing(events: readonly Given[], scope: Scope, on: Day, today: Day): { withdrawn: Given | undefined; answer: Given | undefined } {
  const begins = ({ event, given_on }: Given) => (event === 'WITHDRAWN' && today < given_on ? today : given_on)
  const begun = events.filter((event) => event.scope === scope && begins(event) <= on)
  const inTime = [...begun].sort((a, b) => (begins(a) < begins(b) ? -1 : Number(begins(a) > begins(b))))      // a day's events stay in their order
  const withdrawn = begun.findLast(({ event }) => event === 'WITHDRAWN')
  const knew = (event: Given) => event.event === 'GIVEN' && event.follows_id === withdrawn!.id && event.given_on >= begins(withdrawn!)
  const answer = inTime.findLast((event, at) => event.event !== 'WITHDRAWN'
    && (!withdrawn || knew(event) || (event.event === 'REFUSED' && at > inTime.indexOf(withdrawn))))
  return { withdrawn, answer }
}

interface Kept { id: string; data: Omit<Given, 'id'>; author_id: string | null; made_at: string | null }

/* Consent rows of one citizen as events, as near to the server's order as a phone can know: as they were made. A withdrawal that
   no yes names may have come in last, so it stands last: rather one question too many than a gate open that is closed (INV-04). */
export function inServerOrder(rows: readonly Kept[]): Given[] {
  const made = [...rows].sort((a, b) => (a.made_at ?? '').localeCompare(b.made_at ?? '') || (a.id < b.id ? -1 : 1))
  const named = new Set(rows.filter(({ data }) => data.event === 'GIVEN').map(({ data }) => data.follows_id))
  const loose = ({ id, data, author_id }: Kept, at: number) => data.event === 'WITHDRAWN' && !named.has(id)
    && !made.slice(at + 1).some((later) => later.author_id === author_id && later.data.event === 'WITHDRAWN' && later.data.scope === data.scope)
  return [...made.filter((row, at) => !loose(row, at)), ...made.filter(loose)].map(({ id, data }) => ({ ...data, id }))
}
