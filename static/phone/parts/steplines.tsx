/* What was agreed: at most three steps, who does them, by when. A step that needs another yes says so, and leads to it. */
import type { NextStep } from '../generated/records'
import type { Given, Scope } from '../rules/consent'
import { isReminder, MOST_STEPS } from '../rules/steps'
import { dayWords } from './calendar'
import { Many, One } from './chips'
import { Field } from './fields'
import { route } from './route'
import { newLine, stepBars, type StepLine } from './talking'
import { choices, label } from './words'

const steps = () => choices('next_step').filter(({ value }) => value !== 'NONE')
interface StepsProps { lines: StepLine[]; change: (lines: StepLine[]) => void; events: readonly Given[]; citizen: string; error?: string | undefined }

export function Steps({ lines, change, events, citizen, error }: StepsProps) {
  const choose = (steps: string[]) => {
    if (steps.length > MOST_STEPS) return
    change(steps.map((step) => lines.find((line) => line.step === step) ?? newLine(step as NextStep['step'])))
  }
  const put = (news: StepLine) => change(lines.map((line) => line.step === news.step ? news : line))
  return <>
    <Many legend="Næste skridt" name="steps" options={steps()} value={lines.map(({ step }) => step)} choose={choose} error={error}
      hint={lines.length === MOST_STEPS ? 'Tre skridt valgt. Fjern et for at vælge et andet.' : 'Højst tre. Ingen valgt betyder intet aftalt.'} />
    {lines.length > 0 && <ul class="cards" aria-label="Aftalt">{lines.map((line) => <li key={line.step}>
      <Line line={line} put={put} />
      <Bars scopes={stepBars(line.step, events)} citizen={citizen} />
    </li>)}</ul>}
  </>
}

function Line({ line, put }: { line: StepLine; put: (line: StepLine) => void }) {
  const due = line.due_on ? `senest ${dayWords(line.due_on)}` : 'uden dato'
  return <details class="more step-line"><summary>{label('next_step', line.step)} · {label('responsible', line.responsible)}, {due}</summary>
    <One legend="Hvem gør det?" name={`by-${line.step}`} options={choices('responsible')} value={line.responsible}
      hint={isReminder(line) ? 'Det er en påmindelse om at spørge. Der sendes ikke noget.' : undefined}
      choose={(responsible) => put({ ...line, responsible: responsible as StepLine['responsible'] })} />
    <Field id={`due-${line.step}`} label="Senest" type="date" value={line.due_on} change={(due_on) => put({ ...line, due_on })} />
  </details>
}

/* The draft stays; the way back leads to the same field. */
export const askFor = (citizen: string, scope: Scope): string => `#/samtykke/${citizen}?formaal=${scope}&til=${encodeURIComponent(route.value)}`

function Bars({ scopes, citizen }: { scopes: readonly Scope[]; citizen: string }) {
  return <>{scopes.map((scope) => <div class="alert alert-warning" key={scope}>
    <p class="alert-text">Kræver samtykke til: {label('consent_scope', scope)}.</p>
    <a class="button button-secondary" href={askFor(citizen, scope)}>Registrér samtykket</a>
  </div>)}</>
}
