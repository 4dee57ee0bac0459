/* Puts right what a citizen has said of their situation; each change is kept in the history. */
import type { Citizen } from '../generated/records'
import { today } from '../parts/calendar'
import { One } from '../parts/chips'
import { consentsOf } from '../parts/citizens'
import { Code } from '../parts/code'
import { FormBody, Save, useForm } from '../parts/form'
import { Screen } from '../parts/frame'
import { say } from '../parts/message'
import { PersonFields, type Said } from '../parts/personfields'
import { book, row } from '../parts/present'
import { go } from '../parts/route'
import { choices } from '../parts/words'
import { isOpen } from '../rules/consent'
import { Missing } from './missing'

interface Form extends Said { language: string; status: string }
const STATUSES = choices('citizen_status').filter(({ value }) => value !== 'ERASED')

const written = (data: Citizen): Form => ({ benefit: data.benefit ?? '', sickness_state: data.sickness_state ?? '', came_via: data.came_via ?? '', interpreter: data.interpreter ?? false,
  practice_id: data.first_practice_id, language: data.language ?? 'da', status: data.status ?? 'ACTIVE', age_band: data.age_band ?? '' })

export function EditCitizen({ id }: { id: string }) {
  return row('citizen', id) ? <Editor id={id} /> : <Missing what="Borgeren" />
}

function Editor({ id }: { id: string }) {
  const person = row('citizen', id)!
  const key = `citizen:${id}`
  const { form, change, found, save, discard, seen, focused } = useForm<Form>({ key, start: () => written(person.data), seen: person.data })
  const submit = () => void save({}, (now) => {
    const was = written(seen as Citizen)
    const set = Object.fromEntries((['benefit', 'sickness_state', 'came_via', 'interpreter', 'language', 'status', 'age_band'] as const)
      .filter((field) => (now[field] ?? '') !== (was[field] ?? '')).map((field) => [field, now[field] === '' ? null : now[field]]))
    return book().save([{ kind: 'citizen', action: 'update', id, set, seen: { ...(seen as Citizen) } }], { undoable: true, draft: key })
  }, (saved) => { go(`borger/${id}`, true); say(saved.op_ids.length ? 'Gemt på telefonen' : 'Der er ikke ændret noget.', { saved }) })
  return <Screen title="Ret oplysninger" lead={<>Borger <Code code={person.data.code} /></>} back={{ to: `borger/${id}`, label: 'Borger' }} action={<Save save={submit} />}>
    <FormBody found={found} focused={focused} submit={submit} what="rettelse" discard={() => void discard(`borger/${id}`)}>
      <PersonFields form={form} change={change} wrong={found} aged={isOpen(consentsOf(id), 'EVALUATION', today(), today())} />
      <One legend="Sprog" name="language" options={choices('language')} value={form.language} choose={(language) => change({ language })} />
      <One legend="Borgerstatus" name="status" options={STATUSES} value={form.status} choose={(status) => change({ status })} />
    </FormBody>
  </Screen>
}
