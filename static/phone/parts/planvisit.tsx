/* Visits to come at a practice: planned on one of its open days, moved or called off, one sheet each. */
import { useState } from 'preact/hooks'
import type { Practice, Visit } from '../generated/records'
import type { Change } from '../notebook'
import { afterWorkingDays } from '../rules/working_days'
import { addDays, dayWords, daysOff, intervalOf, openDay, today } from './calendar'
import { One } from './chips'
import { Field } from './fields'
import { useSave } from './kept'
import { say } from './message'
import { plansAt } from './plans'
import { row, type Shown, user } from './present'
import { Sheet } from './sheet'
import { choices, label } from './words'

type Plan = Shown<'planned_visit'>
const LIVE = ['PLANNED', 'ARRIVED']
const MISSING_AFTER = 2       // working days
const OFFERED = 5

export function Plans({ practice }: { practice: string }) {
  const [open, show] = useState<Plan | 'new' | null>(null)
  const save = useSave()
  const plans = plansAt(practice).filter(({ data }) => LIVE.includes(data.status)).sort((a, b) => a.data.planned_on.localeCompare(b.data.planned_on))
  const cancel = ({ id, data }: Plan) => void save([{ kind: 'planned_visit', action: 'update', id, seen: { ...data }, set: { status: 'CANCELLED' } }], { done: 'Aflyst. Gemt på telefonen' })
  return <section aria-labelledby="plans">
    <h2 id="plans">{plans.length ? 'Planlagt' : 'Aftal'}</h2>
    <ul class="lines">{plans.map((plan) => <li key={plan.id}>
      <span><strong>{dayWords(plan.data.planned_on)}</strong> {label('visit_purpose', plan.data.purpose ?? 'REGULAR').toLowerCase()}{missing(plan) ? ' · mangler at blive logget' : ''}</span>
      <span class="doings">
        <button type="button" class="button button-tertiary" aria-label={`Flyt ${dayWords(plan.data.planned_on)}`} onClick={() => show(plan)}>Flyt</button>
        <button type="button" class="button button-tertiary" aria-label={`Aflys ${dayWords(plan.data.planned_on)}`} onClick={() => cancel(plan)}>Aflys</button></span></li>)}</ul>
    <div class="doings">
      <button type="button" class="button button-secondary" onClick={() => show('new')}>Planlæg besøg</button>
      <a class="button button-secondary" href={`#/kontakt/${practice}`}>Log kontakt</a>
    </div>
    {open && <PlanSheet practice={practice} plan={open === 'new' ? null : open} close={() => show(null)} />}
  </section>
}

const missing = ({ data }: Plan): boolean => afterWorkingDays(data.planned_on, MISSING_AFTER, daysOff()) < today()

function PlanSheet({ practice, plan, close }: { practice: string; plan: Plan | null; close: () => void }) {
  const days = openDays(row('practice', practice)?.data)
  const [day, choose] = useState(plan ? '' : days[0] ?? '')
  const [purpose, want] = useState<Visit['purpose']>(plan?.data.purpose ?? 'REGULAR')
  const save = useSave()
  const submit = () => {
    if (!day || day < today()) return say('Vælg en dag fra i dag og frem.', { bad: true })
    const fresh: Change = { kind: 'planned_visit', action: 'create', set: { practice_id: practice, planned_on: day, adviser_id: user.value!.id, purpose, status: 'PLANNED' } }
    const old: Change[] = plan ? [{ kind: 'planned_visit', action: 'update', id: plan.id, seen: { ...plan.data }, set: { status: 'MOVED', moved_to_on: day } }] : []
    void save([...old, fresh], { done: `Gemt på telefonen. ${plan ? 'Flyttet til' : 'Planlagt'} ${dayWords(day)}`, then: close })
  }
  return <Sheet title={plan ? `Flyt fra ${dayWords(plan.data.planned_on)}` : 'Planlæg besøg'} close={close}>
    <One legend="Dag" name="plan-day" value={day} choose={choose} options={days.map((one) => ({ value: one, label: dayWords(one) }))} />
    <details class="more"><summary>{label('visit_purpose', purpose)} · {day ? dayWords(day) : 'vælg dag'} · Ret</summary>
      <Field id="plan-other" label="En anden dag" type="date" value={day} change={choose} input={{ min: today() }} />
      <One legend="Formål" name="plan-purpose" value={purpose} choose={(value) => want(value as Visit['purpose'])} options={choices('visit_purpose')} />
    </details>
    <button type="button" class="button button-primary wide main-button" onClick={submit}>Gem</button>
  </Sheet>
}

/* The next open days, and the one that the practice's interval leads to. */
function openDays(practice: Practice | undefined): string[] {
  const days: string[] = []
  for (let day = openDay(addDays(today(), 1), practice); days.length < OFFERED && !days.includes(day); day = openDay(addDays(day, 1), practice)) days.push(day)
  return [...new Set([...days, openDay(addDays(today(), intervalOf(practice)), practice)])].sort()
}
