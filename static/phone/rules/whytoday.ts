/* Why today: what speaks for going to a practice, and whether one is welcome there at all (domain.md 3.1, ch. 6). */
import type { PlannedVisit, Visit } from '../generated/records'
import { addDays, type Day, daysBetween, localDay, shortDay } from './dates'
import { longSince } from './long_since'
import { bestOn, type Span, type Welcome, welcomeOn } from './visit_hours'
import type { DaysOff } from './working_days'

export type Ground = 'PLANNED' | 'PROMISE' | 'MISSED' | 'OVER' | 'STOCK'
export interface Reason { ground: Ground; words: string }
/* `hours`: when one is welcome today from now on, the practice's best time if that is still to come; empty only where a plan cannot be kept. */
export interface Why { reasons: Reason[]; hours: Span[]; barred?: string; over: number }

type Past = Pick<Visit, 'occurred_at' | 'mode' | 'outcome' | 'next_visit_on' | 'follow_up' | 'follow_up_on' | 'follow_up_by'>

export interface Known {
  practice: Welcome & { interval_days?: number | null | undefined; agreement_status?: string | null | undefined }
  visits: readonly Past[]                                               // everyone's, here
  plans: readonly Pick<PlannedVisit, 'planned_on' | 'status'>[]         // the adviser's own, here
  steps: readonly Day[]                                                 // due days of the adviser's open steps with citizens of this practice
  handouts: readonly { name: string; on: Day; quantity: number }[]      // what was handed out here; `name` as the adviser says it: "Folder"
}

const KEPT_DAYS = 7             // a visit that near before the day of a promise was the chance to keep it
const [GAPS, FRESH_DAYS] = [2, 7]
const DONE = ['COMPLETED', 'DESK_ONLY']
const ORDER: readonly Ground[] = ['PLANNED', 'PROMISE', 'MISSED', 'OVER', 'STOCK']

/* Nothing when nothing speaks for it, one has been there today, or one is not welcome. `minute`: now, after midnight. */
export function whyToday(known: Known, today: Day, minute: number, daysOff: DaysOff): Why | null {
  if (known.visits.some(({ occurred_at }) => localDay(occurred_at) === today)) return null
  const { over } = longSince(known.visits, today, known.practice)
  const reasons = [planned(known, today), promise(known, today), overdue(known, today), stock(known, today)]
    .filter((reason) => reason !== null).sort((a, b) => ORDER.indexOf(a.ground) - ORDER.indexOf(b.ground))
  const left = (spans: Span[]) => spans.filter(({ to }) => to > minute)
  const best = left(bestOn(known.practice, today, daysOff))
  const hours = best.length ? best : left(welcomeOn(known.practice, today, daysOff))
  if (hours.length) return reasons.length ? { reasons, hours, over } : null
  const plan = reasons.find(({ ground }) => ground === 'PLANNED')
  return plan ? { reasons: [plan], hours, barred: 'Planlagt i dag, men praksis tager ikke imod nu. Flyt besøget.', over } : null
}

/* The day that stands next in the plan: an open planned visit, else what the last visit said. */
function nextOn({ plans, visits }: Known): Day | undefined {
  const open = plans.filter(({ status }) => status === 'PLANNED' || status === 'ARRIVED').map(({ planned_on }) => planned_on).sort()
  return open[0] ?? latest(visits)?.next_visit_on ?? undefined
}
const latest = <T extends { occurred_at: string }>(visits: readonly T[]): T | undefined =>
  visits.reduce<T | undefined>((a, b) => (a && Date.parse(a.occurred_at) > Date.parse(b.occurred_at) ? a : b), undefined)

function planned(known: Known, today: Day): Reason | null {
  const next = nextOn(known)
  if (next === today) return { ground: 'PLANNED', words: 'Planlagt i dag' }
  return next && next < today ? { ground: 'MISSED', words: `Var planlagt ${shortDay(next, today)}` } : null
}

const isComing = (known: Known, today: Day): boolean => (nextOn(known) ?? '') > today
const isAgreed = ({ practice }: Known): boolean => practice.agreement_status === 'AGREED'

/* What was promised the practice and not kept since, then steps with its citizens: how many, never whose. */
function promise({ visits, steps }: Known, today: Day): Reason | null {
  const inside = visits.filter(({ outcome }) => DONE.includes(outcome))
  const open = visits.filter((visit) => visit.follow_up && visit.follow_up_on && visit.follow_up_on <= today
    && (visit.follow_up_by ?? 'ADVISER') === 'ADVISER' && !inside.some((later) => Date.parse(later.occurred_at) > Date.parse(visit.occurred_at)
      && localDay(later.occurred_at) >= addDays(visit.follow_up_on!, -KEPT_DAYS)))
  if (open.length) return { ground: 'PROMISE', words: `Lovet: ${open.sort((a, b) => a.follow_up_on!.localeCompare(b.follow_up_on!))[0]!.follow_up}` }
  const due = steps.filter((day) => day <= today).length
  return due ? { ground: 'PROMISE', words: due === 1 ? '1 skridt er aftalt til nu' : `${due} skridt er aftalt til nu` } : null
}

function overdue(known: Known, today: Day): Reason | null {
  const { days, over } = longSince(known.visits, today, known.practice)
  return over && isAgreed(known) && !isComing(known, today) ? { ground: 'OVER', words: `Længe siden: ${days} dage` } : null
}

/* A material that is handed out here again and again, and by its usual pace is used up by now. */
function stock(known: Known, today: Day): Reason | null {
  if (!isAgreed(known) || isComing(known, today)) return null
  const names = [...new Set(known.handouts.map(({ name }) => name))]
  const low = names.map((name) => usedUp(known.handouts.filter((one) => one.name === name), today)).filter((one) => one !== null)
  const first = low.sort((a, b) => b.late - a.late)[0]
  return first ? { ground: 'STOCK', words: first.words } : null
}

function usedUp(handouts: Known['handouts'], today: Day): { late: number; words: string } | null {
  const on = [...new Set(handouts.map((one) => one.on))].sort()
  const gaps = on.slice(1).map((day, i) => daysBetween(on[i]!, day)).sort((a, b) => a - b)
  const since = on.length ? daysBetween(on.at(-1)!, today) : 0
  if (gaps.length < GAPS || since < Math.max(FRESH_DAYS, gaps[Math.floor(gaps.length / 2)]!)) return null
  const last = handouts.filter((one) => one.on === on.at(-1)).reduce((sum, { quantity }) => sum + quantity, 0)
  return { late: since / gaps[Math.floor(gaps.length / 2)]!, words: `${handouts[0]!.name} slipper snart op: sidst ${last} for ${since} dage siden` }
}
