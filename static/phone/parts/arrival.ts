/* "Ankommet": one tap in the doorway keeps the time, and the phone goes back in the pocket. */
import { clock, dayOf, today } from './calendar'
import { say } from './message'
import { book, watched } from './present'
import { duePlans } from './plans'
import { type Draft, draftKey } from './visiting'

export type Begun = { kind: 'arrived'; at: string } | { kind: 'draft' } | null

/* An arrival from another day is no longer one. */
export function begun(practice: string): Begun {
  const draft = watched().draft<Draft>(draftKey(practice))
  if (draft?.form) return { kind: 'draft' }
  return draft?.arrived_at && dayOf(draft.arrived_at) === today() ? { kind: 'arrived', at: draft.arrived_at } : null
}

export async function arrive(practice: string): Promise<void> {
  const arrived_at = new Date().toISOString()
  try {
    await book().putDraft(draftKey(practice), { arrived_at })
    const plan = duePlans(practice, today()).find(({ data }) => data.planned_on === today() && data.status === 'PLANNED')
    if (plan) await book().save([{ kind: 'planned_visit', action: 'update', id: plan.id, seen: { ...plan.data }, set: { status: 'ARRIVED', arrived_at } }])
    say(`Ankommet kl. ${clock(arrived_at)}. Gemt på telefonen.`)
  } catch {
    say('IKKE gemt. Tryk Ankommet igen.', { bad: true })
  }
}
