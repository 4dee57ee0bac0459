/* The fields of a visit in the order a hand meets them: whom, how long, how it went, what was left there, when again. */
import type { Visit } from '../generated/records'
import { dayWords } from './calendar'
import { Many, One } from './chips'
import { Field, type Problems } from './fields'
import { Handouts } from './handouts'
import { Minutes, Moment } from './minutes'
import { Note } from './note'
import { type Form, futile } from './visiting'
import { choices } from './words'

const MINUTES = [5, 15, 30, 45, 60]
export type Change = (news: Partial<Form>) => void
interface Part { form: Form; change: Change; wrong: Problems }

/* `locked`: nothing is known of what lies in the bag. */
export function VisitFields({ form, change, wrong, locked = false }: Part & { locked?: boolean }) {
  return <>
    {!futile(form.outcome) && <Met form={form} change={change} wrong={wrong} />}
    <Minutes form={form} change={change} wrong={wrong} usual={MINUTES} />
    <One legend="Resultat" name="outcome" options={choices('visit_outcome')} value={form.outcome} error={wrong['outcome']}
      choose={(outcome) => change({ outcome: outcome as Visit['outcome'] })} />
    {!locked && <Handouts lines={form.handouts} change={(handouts) => change({ handouts })} />}
    <Next form={form} change={change} wrong={wrong} />
    <Moment form={form} change={change} wrong={wrong} />
    <One legend="Formål" name="purpose" options={choices('visit_purpose')} value={form.purpose} error={wrong['purpose']}
      choose={(purpose) => change({ purpose: purpose as Visit['purpose'] })} />
    <Also form={form} change={change} wrong={wrong} />
    <One legend="Form" name="mode" options={choices('visit_mode')} value={form.mode} error={wrong['mode']}
      choose={(mode) => change({ mode: mode as Visit['mode'] })} />
    <Note id="note" label="Note (frivillig)" hint="Skriv kun om praksis, aldrig hvad lægen siger om en borger." most={140} value={form.note} change={(note) => change({ note })}
      not_cpr={form.not_cpr} clear={(text) => change({ not_cpr: [...form.not_cpr, text] })} />
    <FollowUp form={form} change={change} wrong={wrong} />
  </>
}

/* A visit is often for more than one thing. */
function Also({ form, change }: Part) {
  const chosen = form.other_purposes ?? []
  return <details class="more" open={chosen.length > 0 || undefined}><summary>Flere formål</summary>
    <Many legend="Også" name="other_purposes" options={choices('visit_purpose').filter(({ value }) => value !== form.purpose)} value={chosen}
      choose={(others) => change({ other_purposes: others as Form['other_purposes'] })} /></details>
}

function Met({ form, change, wrong }: Part) {
  const choose = (roles: string[]) => {
    const nobody = roles.includes('NOBODY') && !form.met_roles.includes('NOBODY')
    change({ met_roles: (nobody ? ['NOBODY'] : roles.filter((role) => role !== 'NOBODY')) as Visit['met_roles'] })
  }
  return <Many legend="Hvem mødte du?" name="met_roles" options={choices('met_role')} value={form.met_roles} choose={choose} error={wrong['met_roles']} />
}

function Next({ form, change, wrong }: Part) {
  return <Field id="next_visit_on" label="Næste besøg" type="date" value={form.next_visit_on} change={(next_visit_on) => change({ next_visit_on })}
    hint={form.next_visit_on ? `Forslag: ${dayWords(form.next_visit_on)}` : 'Ikke aftalt'} error={wrong['next_visit_on']} />
}

function FollowUp({ form, change, wrong }: Part) {
  return <details class="more" open={form.follow_up !== '' || 'follow_up' in wrong || undefined}>
    <summary>Opfølgning</summary>
    <Note id="follow_up" label="Hvad skal der følges op på?" most={80} rows={1} value={form.follow_up} change={(follow_up) => change({ follow_up })}
      not_cpr={form.not_cpr} clear={(text) => change({ not_cpr: [...form.not_cpr, text] })} />
    <Field id="follow_up_on" label="Senest" type="date" value={form.follow_up_on} change={(follow_up_on) => change({ follow_up_on })} error={wrong['follow_up_on']} />
    <One legend="Hvem gør det?" name="follow_up_by" options={choices('responsible')} value={form.follow_up_by || null} choose={(follow_up_by) => change({ follow_up_by })} />
  </details>
}
