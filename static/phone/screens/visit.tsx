/* Log besøg: three taps with the defaults, and a form that survives anything. Also puts right what is written already. */
import { useState } from 'preact/hooks'
import type { Visit } from '../generated/records'
import type { Saved } from '../notebook'
import { clock, instantOf } from '../parts/calendar'
import type { Problems } from '../parts/fields'
import { FormBody, Save, useForm } from '../parts/form'
import { Screen } from '../parts/frame'
import { say } from '../parts/message'
import { forDisk, guardProblem } from '../parts/note'
import { visitsAt } from '../parts/places'
import { book, row, rows, user } from '../parts/present'
import { go } from '../parts/route'
import { VisitFields } from '../parts/visitfields'
import { correctionKey, type Draft, draftKey, type Form, fresh, problems, saveVisit, written } from '../parts/visiting'
import { overlapping } from '../rules/visit_overlap'
import { Missing } from './missing'
import { Remove } from './remove'

export function NewVisit({ practice }: { practice: string }) {
  const key = draftKey(practice)
  const [arrived_at] = useState(() => book().draft<Draft>(key)?.arrived_at)
  if (!row('practice', practice)) return <Missing what="Praksis" />
  return <Editor key={key} draft={key} title="Log besøg" start={() => fresh(practice, arrived_at)} arrived_at={arrived_at} save={(form) => saveVisit(form, key)} />
}

export function OldVisit({ visit }: { visit: string }) {
  const key = correctionKey(visit)
  const shown = row('visit', visit)
  const [now] = useState(book().draft<Draft>(key)?.seen ?? shown?.data)
  if (!now) return <Missing what="Besøg" />
  return <Editor key={key} draft={key} title="Ret besøg" start={() => written(visit, now)} seen={now} save={(form, seen) => saveVisit(form, key, seen)}
    below={<><Talked visit={visit} seen={now} /><Remove kind="visit" id={visit} seen={now} what="besøget" more="Uddelinger bliver stående." /></>} />
}

/* Behind a closed door nobody was talked with. */
const Talked = ({ visit, seen: { outcome } }: { visit: string; seen: Visit }) =>
  ['COMPLETED', 'DESK_ONLY'].includes(outcome) ? <a class="button button-secondary wide" href={`#/ny/samtale?besoeg=${visit}`}>Skriv samtale fra besøget</a> : null

interface EditorProps {
  draft: string; title: string; start: () => Form; seen?: Visit; arrived_at?: string | undefined; wrong?: Problems
  save: (form: Form, seen?: Visit) => Promise<Saved>; done?: string; below?: preact.ComponentChildren
}

export function Editor({ draft, title, start, seen, arrived_at, wrong = {}, save, done = 'Gemt på telefonen', below }: EditorProps) {
  const making = useForm<Form>({ key: draft, start, clean, wrong, seen, beside: arrived_at ? { arrived_at } : undefined })
  const { form, change, found } = making
  const submit = () => void making.save({ ...problems(form), ...guarded(form) }, (now) => save(now, making.seen as Visit | undefined), (saved) => {
    go('', true)
    say(saved.op_ids.length ? done : 'Der er ikke ændret noget.', { saved })
  })
  return <Screen title={title} lead={row('practice', form.practice_id)?.data.name ?? ''} back={{ to: '', label: 'I dag' }} action={<Save save={submit} />}>
    <FormBody found={found} focused={making.focused} submit={submit} what="besøg" discard={() => void making.discard(`praksis/${form.practice_id}`)}>
      {!seen && <Twin form={form} />}
      <VisitFields form={form} change={change} wrong={found} />
      {below}
    </FormBody>
  </Screen>
}

/* The same adviser, practice and quarter of an hour, or two places at once: asked, never refused. */
function Twin({ form }: { form: Form }) {
  const at = form.day && form.time ? Date.parse(instantOf(form.day, form.time)) : NaN
  const twin = visitsAt(form.practice_id).find(({ id, author_id, data }) =>
    id !== form.id && author_id === user.value!.id && Math.abs(Date.parse(data.occurred_at) - at) < 15 * 60_000)
  if (twin) return <p class="alert alert-warning">Der ligger allerede et besøg her kl. {clock(twin.data.occurred_at)}. Er det det samme, så <a href={`#/besoeg/${twin.id}`}>ret det</a>.</p>
  const own = rows('visit').filter(({ id, author_id }) => id !== form.id && author_id === user.value!.id)
  const other = Number.isNaN(at) ? undefined : overlapping({ occurred_at: new Date(at).toISOString(), minutes: Number(form.minutes) || 0 }, own)
  return other ? <p class="alert alert-warning">Du har et besøg hos {row('practice', other.data.practice_id)?.data.name ?? 'en anden praksis'} kl. {clock(other.data.occurred_at)}, {other.data.minutes} min.
    De to går ind over hinanden. Ret tid eller minutter, hvis det ikke passer.</p> : null
}

const clean = (form: Form): Form => ({ ...form, note: forDisk(form.note, form.not_cpr), follow_up: forDisk(form.follow_up, form.not_cpr) })

export function guarded(form: Pick<Form, 'note' | 'follow_up' | 'not_cpr'>): Problems {
  const found: Problems = {}
  for (const [field, most] of [['note', 140], ['follow_up', 80]] as const) {
    const words = guardProblem(form[field], form.not_cpr) ?? (form[field].length > most ? `Teksten er for lang: højst ${most} tegn.` : null)
    if (words) found[field] = words
  }
  return found
}
