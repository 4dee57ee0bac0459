/* Eight separate questions, all open, each in the citizen's language with the Danish below; a no is written down as a no. */
import type { ConsentEvent } from '../generated/records'
import type { Change } from '../notebook'
import { followsId, type Given, runsOut, type Scope } from '../rules/consent'
import { type Language, TEXT_VERSION } from '../rules/information'
import { addDays, dayWords, today } from './calendar'
import { One } from './chips'
import { Field, type Problems } from './fields'
import { NotReviewed } from './informationtext'
import { told } from './telling'
import { choices, label } from './words'

type Form = ConsentEvent['form']
/* `form` of all answers; `other`: purposes whose yes was given in another form. */
export interface Answered { said: { [S in Scope]?: 'GIVEN' | 'REFUSED' }; form: Form | ''; other: { [S in Scope]?: Form }; given_on?: string; paper_held?: NonNullable<ConsentEvent['paper_held']> | '' }
export const unanswered = (): Answered => ({ said: {}, form: '', other: {}, given_on: today() })

const FORMS: readonly Form[] = ['WRITTEN_PAPER', 'SCREEN_SIGNED', 'ORAL_NOTED']
const YES_NO = [{ value: 'GIVEN', label: 'Ja' }, { value: 'REFUSED', label: 'Nej' }]
const formChoices = FORMS.map((value) => ({ value, label: label('consent_form', value) }))
interface Part { scopes: readonly Scope[]; language: Language; form: Answered; change: (news: Partial<Answered>) => void; wrong: Problems }

export function Answers({ scopes, language, form, change, wrong }: Part) {
  const words = told(language)
  const danish = told('da').scopes
  return <>
    <NotReviewed language={language} />
    <p lang={language} dir={words.dir} class="told-line">{words.choose}</p>
    {scopes.map((scope) => <section class="question" key={scope} aria-label={label('consent_scope', scope)}>
      <p lang={language} dir={words.dir} class="told-line">{words.scopes[scope]}</p>
      {language !== 'da' && <p class="quiet">{danish[scope]}</p>}
      <One legend={label('consent_scope', scope)} name={`answer-${scope}`} options={YES_NO} value={form.said[scope] ?? null}
        choose={(said) => change({ said: { ...form.said, [scope]: said } })} />
      {form.said[scope] && <Clear clear={() => change({ said: without(form.said, scope), other: without(form.other, scope) })} scope={scope} />}
      {scopes.length > 1 && form.said[scope] === 'GIVEN' && form.form && <OtherForm scope={scope} form={form} change={change} />}
    </section>)}
    <One legend={scopes.length > 1 ? 'Hvordan er svarene givet?' : 'Hvordan er svaret givet?'} name="form" options={formChoices} value={form.form || null} error={wrong['form']}
      hint={form.said.GP_EXCHANGE === 'GIVEN' && form.form === 'ORAL_NOTED' ? 'Samtykke til at tale med lægen skal som regel være skriftligt.' : 'Er det på papir, så skrives her kun, at det findes, og hvor det ligger.'}
      choose={(how) => change({ form: how as Form })} />
    {onPaper(form) && <One legend="Hvor ligger papiret?" name="paper_held" options={choices('paper_place')} value={form.paper_held || null}
      choose={(place) => change({ paper_held: place as NonNullable<ConsentEvent['paper_held']> })} />}
    <AnsweredOn form={form} change={change} wrong={wrong} />
  </>
}

const onPaper = ({ form, other }: Answered): boolean => form === 'WRITTEN_PAPER' || Object.values(other).includes('WRITTEN_PAPER')

/* A paper that was signed yesterday is of yesterday. */
function AnsweredOn({ form, change, wrong }: Pick<Part, 'form' | 'change' | 'wrong'>) {
  const day = form.given_on ?? today()
  return <details class="more" open={'given_on' in wrong || undefined}><summary>Svaret er fra {day === today() ? 'i dag' : day ? dayWords(day) : 'en dag, der mangler'} · Ret dato</summary>
    <Field id="given_on" label="Dato" type="date" value={day} change={(given_on) => change({ given_on })} error={wrong['given_on']} input={{ max: today() }} /></details>
}

const without = <T extends object>(all: T, scope: Scope): T => Object.fromEntries(Object.entries(all).filter(([name]) => name !== scope)) as T

const Clear = ({ clear, scope }: { clear: () => void; scope: Scope }) =>
  <button type="button" class="button button-tertiary" aria-label={`Fjern svaret: ${label('consent_scope', scope)}`} onClick={clear}>Fjern svaret</button>

function OtherForm({ scope, form, change }: Pick<Part, 'form' | 'change'> & { scope: Scope }) {
  const here = form.other[scope] ?? form.form
  return <details class="more"><summary>{label('consent_form', here)} · Ret for denne</summary>
    <One legend={`Form: ${label('consent_scope', scope)}`} name={`form-${scope}`} options={formChoices} value={here}
      choose={(how) => change({ other: { ...form.other, [scope]: how as Form } })} /></details>
}

const LONGEST_BACK = 30      // days: an older paper is asked for again
export function answerProblems({ said, form, given_on = today() }: Answered): Problems {
  if (!Object.keys(said).length) return {}
  const dated = given_on > addDays(today(), -LONGEST_BACK) && given_on <= today()
  return { ...(form ? {} : { form: 'Vælg, hvordan svarene er givet.' }), ...(dated ? {} : { given_on: `Datoen skal ligge inden for de sidste ${LONGEST_BACK} dage. Er svaret ældre, så spørg borgeren igen.` }) }
}

/* One fact for each answer; a yes after a withdrawal names it, or the gate stays shut. */
export function consentChanges(citizen_id: string, { said, form, other, given_on = today(), paper_held }: Answered, events: readonly Given[]): Change[] {
  return (Object.entries(said) as [Scope, 'GIVEN' | 'REFUSED'][]).map(([scope, event]) => {
    const follows_id = event === 'GIVEN' ? followsId(events, scope) : undefined
    return { kind: 'consent_event', action: 'create', set: {
      citizen_id, scope, event, form: other[scope] ?? form as Form, ...(paper_held && (other[scope] ?? form) === 'WRITTEN_PAPER' ? { paper_held } : {}), given_on, text_version: TEXT_VERSION,
      ...(event === 'GIVEN' ? { valid_until: runsOut({ scope, given_on, valid_until: undefined }) } : {}), ...(follows_id ? { follows_id } : {}) } }
  })
}
