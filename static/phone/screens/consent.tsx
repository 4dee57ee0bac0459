/* Asks for a consent again, or for the first time: one purpose, or all that are not open; given, renewed or refused, in one save. */
import { consentsOf, informedOf } from '../parts/citizens'
import { type Answered, answerProblems, Answers, consentChanges, unanswered } from '../parts/answers'
import { Code } from '../parts/code'
import { FormBody, Save, useForm } from '../parts/form'
import { Screen } from '../parts/frame'
import { say } from '../parts/message'
import { book, row } from '../parts/present'
import { go, query } from '../parts/route'
import { type Scope, SCOPES } from '../rules/consent'
import { Missing } from './missing'

export function Consent({ citizen }: { citizen: string }) {
  const scope = SCOPES.find((one) => one === query('formaal'))
  return row('citizen', citizen) ? <Asking key={scope ?? 'all'} citizen={citizen} scopes={scope ? [scope] : SCOPES} /> : <Missing what="Borgeren" />
}

function Asking({ citizen, scopes }: { citizen: string; scopes: readonly Scope[] }) {
  const person = row('citizen', citizen)!
  const key = `consent:${citizen}:${scopes.length > 1 ? 'all' : scopes[0]}`
  const { form, change, found, save, discard, focused } = useForm<Answered>({ key, start: unanswered })
  const back = query('til') ?? `borger/${citizen}`
  const problems = () => Object.keys(form.said).length ? answerProblems(form) : { [`answer-${scopes[0]}`]: 'Vælg ja eller nej.' }
  const submit = () => void save(problems(),
    (answered) => book().save(consentChanges(citizen, answered, consentsOf(citizen)), { undoable: true, draft: key }),
    (saved) => { go(back, true); say('Gemt på telefonen', { saved }) })
  return <Screen title="Samtykke" lead={<>Borger <Code code={person.data.code} /></>} back={{ to: back, label: query('til') ? 'Tilbage' : 'Borger' }} action={<Save save={submit} />}>
    <FormBody found={found} focused={focused} submit={submit} what="svar" discard={() => void discard(back)}>
      {!informedOf(citizen).length && <p class="alert alert-warning">Borgeren er ikke oplyst endnu. <a href={`#/oplysning/${citizen}`}>Giv oplysningen først</a></p>}
      <Answers scopes={scopes} language={person.data.language ?? 'da'} form={form} change={change} wrong={found} />
    </FormBody>
  </Screen>
}
