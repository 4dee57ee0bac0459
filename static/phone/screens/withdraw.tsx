/* Takes a yes back in three taps, with or without a net; says what stops, and what was shared before. */
import { useRef, useState } from 'preact/hooks'
import { openScopes, type Scope } from '../rules/consent'
import { today } from '../parts/calendar'
import { consentsOf } from '../parts/citizens'
import { Many, One } from '../parts/chips'
import { Code } from '../parts/code'
import { ErrorSummary } from '../parts/fields'
import { Save } from '../parts/form'
import { Screen } from '../parts/frame'
import { say, sayNotSaved } from '../parts/message'
import { row } from '../parts/present'
import { go } from '../parts/route'
import { effectOf, withdraw } from '../parts/withdrawing'
import { count, label } from '../parts/words'
import { Missing } from './missing'

const FORMS = ['ORAL_NOTED', 'WRITTEN_PAPER'] as const

export function Withdraw({ citizen }: { citizen: string }) {
  const [chosen, choose] = useState<Scope[]>([])
  const [form, put] = useState<(typeof FORMS)[number]>('ORAL_NOTED')
  const [missing, ask] = useState(false)
  const saving = useRef(false)
  const person = row('citizen', citizen)
  if (!person) return <Missing what="Borgeren" />
  const open = openScopes(consentsOf(citizen), today())
  const save = async () => {
    if (saving.current) return
    if (!chosen.length) return ask(true)
    saving.current = true
    try {
      const { stopped } = effectOf(citizen, chosen)
      const saved = await withdraw(citizen, chosen, form)
      go(`borger/${citizen}`, true)
      say(`Trukket tilbage.${stopped.length ? ` ${count(stopped.length, 'skridt', 'skridt')} stoppet.` : ''} Gælder fra nu.`, { saved })
    } catch (error) {
      saving.current = false
      sayNotSaved(error)
    }
  }
  return <Screen title="Træk samtykke tilbage" lead={<>Borger <Code code={person.data.code} /></>} back={{ to: `borger/${citizen}`, label: 'Borger' }}
    {...(open.length ? { action: <Save save={() => void save()}>Træk tilbage</Save> } : {})}>
    {!open.length && <p>Ingen samtykker er åbne lige nu. Der er ikke noget at trække tilbage.</p>}
    {missing && !chosen.length && <ErrorSummary problems={{ scopes: 'Vælg, hvad borgeren trækker tilbage.' }} />}
    {open.length > 1 && <button type="button" class="button button-secondary wide" onClick={() => choose(chosen.length === open.length ? [] : open)}>
      {chosen.length === open.length ? 'Vælg ingen' : `Alle ${open.length}`}</button>}
    {open.length > 0 && <Many legend="Hvad trækker borgeren tilbage?" name="scopes" options={open.map((scope) => ({ value: scope, label: label('consent_scope', scope) }))}
      value={chosen} choose={(scopes) => choose(scopes as Scope[])} error={missing && !chosen.length ? 'Vælg mindst ét.' : undefined} />}
    <Effects citizen={citizen} chosen={chosen} />
    {open.length > 0 && <details class="more"><summary>{label('consent_form', form)} · Ret form</summary>
      <One legend="Hvordan sagde borgeren det?" name="form" value={form} choose={(value) => put(value as typeof form)} options={FORMS.map((value) => ({ value, label: label('consent_form', value) }))} /></details>}
  </Screen>
}

function Effects({ citizen, chosen }: { citizen: string; chosen: readonly Scope[] }) {
  const { stopped, notes, shared } = effectOf(citizen, chosen)
  if (!chosen.length) return <p class="quiet">Borgeren skal ikke sige hvorfor. Det gælder med det samme, også uden net.</p>
  const names = (steps: typeof stopped) => steps.map(({ data }) => `«${label('next_step', data.step)}»`).join(', ')
  return <div role="status"><ul class="steps">
    {chosen.includes('TALK_RECORD') && <li>Nye samtaler kan ikke skrives ned på koden. {notes.length > 0 && `${count(notes.length, 'note', 'noter')} slettes.`}</li>}
    {stopped.length > 0 && <li>Stopper: {names(stopped)}. Samtykket er trukket tilbage.</li>}
    {chosen.includes('FOLLOW_UP') && <li>Telefonnummer til opfølgning slettes på serveren.</li>}
    {shared.length > 0 && <li>Er delt før og kan ikke hentes tilbage: {names(shared)}. Sig det til borgeren.</li>}
    <li>Alt andet fortsætter som før.</li>
  </ul></div>
}
