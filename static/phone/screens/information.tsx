/* Oplysning: the text in the citizen's language, and that it was given. */
import type { InformationGiven } from '../generated/records'
import { dayWords, today } from '../parts/calendar'
import { informedOf } from '../parts/citizens'
import { Code } from '../parts/code'
import { FormBody, Save, useForm } from '../parts/form'
import { Screen } from '../parts/frame'
import { Inform } from '../parts/informationtext'
import { say } from '../parts/message'
import { book, row } from '../parts/present'
import { go } from '../parts/route'
import { label } from '../parts/words'
import { type Language, TEXT_VERSION } from '../rules/information'
import { Missing } from './missing'

interface Form { language: Language; how: InformationGiven['how'] | '' }

export function Information({ citizen }: { citizen: string }) {
  return row('citizen', citizen) ? <Telling citizen={citizen} /> : <Missing what="Borgeren" />
}

function Telling({ citizen }: { citizen: string }) {
  const person = row('citizen', citizen)!
  const key = `information:${citizen}`
  const { form, change, found, save, focused } = useForm<Form>({ key, start: () => ({ language: person.data.language ?? 'da', how: '' }) })
  const earlier = informedOf(citizen)
  const submit = () => void save(form.how ? {} : { how: 'Vælg, hvordan borgeren fik det at vide.' }, ({ language, how }) =>
    book().save([{ kind: 'information_given', action: 'create', set: { citizen_id: citizen, text_version: TEXT_VERSION, language, how: how as InformationGiven['how'], given_on: today() } }],
      { undoable: true, draft: key }),
  (saved) => { go(`borger/${citizen}`, true); say('Gemt på telefonen', { saved }) })
  return <Screen title="Oplysning" lead={<>Borger <Code code={person.data.code} /></>} back={{ to: `borger/${citizen}`, label: 'Borger' }} action={<Save save={submit} />}>
    <FormBody found={found} focused={focused} submit={submit} what="oplysning">
      {earlier.map(({ id, data }) => <p class="quiet" key={id}>Givet {dayWords(data.given_on)}: {label('information_form', data.how).toLowerCase()}, {label('language', data.language).toLowerCase()}.</p>)}
      <Inform form={form} change={change} error={found['how']} />
    </FormBody>
  </Screen>
}
