/* The adviser's own planned visits: what a practice is planned for, and that a plan is done when its visit is logged. */
import type { Change } from '../notebook'
import { rows, type Shown, user } from './present'

type Plan = Shown<'planned_visit'>

export const plansAt = (practice: string): Plan[] =>
  rows('planned_visit').filter(({ data, author_id }) => data.practice_id === practice && (data.adviser_id ?? author_id) === user.value!.id)

/* Open plans that a visit on `day` answers: today's and those that were missed, the newest first. */
export const duePlans = (practice: string, day: string): Plan[] =>
  plansAt(practice).filter(({ data }) => ['PLANNED', 'ARRIVED'].includes(data.status) && data.planned_on <= day)
    .sort((a, b) => b.data.planned_on.localeCompare(a.data.planned_on))

/* The newest plan becomes this visit; older ones that nobody kept were in the end moved to it. */
export function plansDone(practice: string, day: string, visit_id: string): Change[] {
  return duePlans(practice, day).map((plan, i) => ({
    kind: 'planned_visit', action: 'update', id: plan.id, seen: { ...plan.data },
    set: i === 0 ? { status: 'LOGGED', visit_id } : { status: 'MOVED', moved_to_on: day },
  }))
}
