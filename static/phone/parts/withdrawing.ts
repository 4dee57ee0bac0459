/* What a withdrawal sets in motion on this phone, at once and without a net: gates shut, steps stop, notes go. */
import type { ConsentEvent } from '../generated/records'
import type { Change } from '../notebook'
import type { Scope } from '../rules/consent'
import { stepScopes, withDoctor } from '../rules/gates'
import { stoppedBy } from '../rules/steps'
import { today } from './calendar'
import { stepsOf, talksOf } from './citizens'
import { book, row, type Shown } from './present'

export interface Effect { stopped: Shown<'next_step'>[]; notes: Shown<'talk'>[]; shared: Shown<'next_step'>[] }

/* `shared`: what was done under the consent before; it stays shared, and the citizen is told. */
export function effectOf(citizen: string, scopes: readonly Scope[]): Effect {
  const steps = stepsOf(citizen)
  return {
    stopped: stoppedBy(steps, scopes),
    notes: talksOf(citizen).filter(({ data }) => data.note && (scopes.includes('TALK_RECORD') || (scopes.includes('GP_EXCHANGE') && withDoctor(data)))),
    shared: steps.filter(({ data }) => data.status === 'DONE' && stepScopes(data).some((scope) => scopes.includes(scope))),
  }
}

/* Notes go first: once the withdrawal stands, the server lets nobody write to a talk of that day. */
export function withdrawal(citizen: string, scopes: readonly Scope[], form: ConsentEvent['form']): Change[] {
  const { stopped, notes } = effectOf(citizen, scopes)
  return [
    ...notes.map(({ id, data }): Change => ({ kind: 'talk', action: 'update', id, seen: { ...data }, set: { note: null } as unknown as Partial<Shown<'talk'>['data']> })),
    ...stopped.map(({ id, data }): Change => ({ kind: 'next_step', action: 'update', id, seen: { ...data }, set: { status: 'DROPPED' } })),
    ...age(citizen, scopes),
    ...scopes.map((scope): Change => ({ kind: 'consent_event', action: 'create', set: { citizen_id: citizen, scope, event: 'WITHDRAWN', form, given_on: today() } })),
  ]
}

/* The age band is kept for evaluation alone. */
function age(citizen: string, scopes: readonly Scope[]): Change[] {
  const data = row('citizen', citizen)?.data
  return data?.age_band && scopes.includes('EVALUATION') ? [{ kind: 'citizen', action: 'update', id: citizen, seen: { ...data }, set: { age_band: null } as never }] : []
}

export const withdraw = (citizen: string, scopes: readonly Scope[], form: ConsentEvent['form']) =>
  book().save(withdrawal(citizen, scopes, form), { undoable: true })
