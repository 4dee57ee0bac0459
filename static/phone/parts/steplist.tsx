/* Steps that are agreed, each done or dropped with one tap that can be taken back. */
import { useRef } from 'preact/hooks'
import type { NextStep } from '../generated/records'
import { isOverdue } from '../rules/steps'
import { dayWords, today } from './calendar'
import { codeOf, dueSteps, stepsOf } from './citizens'
import { Code } from './code'
import { say, sayNotSaved } from './message'
import { book, type Shown } from './present'
import { label } from './words'

type Step = Shown<'next_step'>

/* Taps that come while one is being saved are the same wet finger. */
function useEnd(): (step: Step, status: NextStep['status']) => void {
  const saving = useRef(false)
  return ({ id, data }, status) => {
    if (saving.current) return
    saving.current = true
    const set: Partial<NextStep> = { status, ...(status === 'DONE' ? { done_on: today() } : {}) }
    book().save([{ kind: 'next_step', action: 'update', id, set, seen: { ...data } }], { undoable: true })
      .then((saved) => say(`${label('step_status', status)}: ${label('next_step', data.step)}`, { saved }), sayNotSaved)
      .finally(() => { saving.current = false })
  }
}

const due = ({ data }: Step): string => `${label('responsible', data.responsible)} · ${isOverdue(data, today()) ? 'skulle være gjort' : 'senest'} ${dayWords(data.due_on)}`

export function StepList({ citizen }: { citizen: string }) {
  const end = useEnd()
  const all = stepsOf(citizen).filter(({ data }) => data.step !== 'NONE')
  const open = all.filter(({ data }) => data.status === 'OPEN')
  const ended = all.filter(({ data }) => data.status !== 'OPEN').reverse()
  return <section aria-labelledby="steps-agreed"><h2 id="steps-agreed">Næste skridt</h2>
    {!open.length && <p class="quiet">Ingen åbne skridt.</p>}
    <ul class="list">{open.map((step) => <li key={step.id} class="step">
      <div class="list-plain"><strong>{label('next_step', step.data.step)}</strong><span>{due(step)}</span></div>
      <div class="pair">
        <button type="button" class="button button-primary" aria-label={`Gjort: ${label('next_step', step.data.step)}`} onClick={() => end(step, 'DONE')}>Gjort</button>
        <button type="button" class="button button-secondary" aria-label={`Droppet: ${label('next_step', step.data.step)}`} onClick={() => end(step, 'DROPPED')}>Droppet</button>
      </div></li>)}</ul>
    {ended.length > 0 && <details class="more"><summary>Afsluttede skridt ({ended.length})</summary>
      <ul class="list">{ended.map(({ id, data }) => <li key={id} class="list-plain"><strong>{label('next_step', data.step, data.due_on)}</strong>
        <span>{label('step_status', data.status)}{data.done_on ? ` ${dayWords(data.done_on)}` : ''}</span></li>)}</ul></details>}
  </section>
}

/* On I dag: what is due, whose code, one tap. */
export function StepsToday() {
  const end = useEnd()
  const steps = dueSteps()
  if (!steps.length) return null
  return <section aria-labelledby="steps-due"><h2 id="steps-due">Skridt ({steps.length})</h2>
    <ul class="list">{steps.map((step) => <li key={step.id} class="step">
      <a href={`#/borger/${step.data.citizen_id}`}><strong><Code code={codeOf(step.data.citizen_id)} /> · {label('next_step', step.data.step)}</strong><span>{due(step)}</span></a>
      <button type="button" class="button button-secondary" aria-label={`Gjort: ${label('next_step', step.data.step)}`} onClick={() => end(step, 'DONE')}>Gjort</button>
    </li>)}</ul>
  </section>
}
