/* Kontaktlog: a call to the practice instead of a letter, in three taps from its page. */
import type { ContactLog } from '../generated/records'
import { One } from '../parts/chips'
import { Field } from '../parts/fields'
import { Save } from '../parts/form'
import { Screen } from '../parts/frame'
import { useKept, useSave } from '../parts/kept'
import { say } from '../parts/message'
import { forDisk, guardProblem, Note } from '../parts/note'
import { row } from '../parts/present'
import { go } from '../parts/route'
import { choices } from '../parts/words'
import { Missing } from './missing'

interface Form { channel: ContactLog['channel']; minutes: string; letter: '' | 'yes' | 'no'; saved: string; note: string; not_cpr: string[] }
const FRESH: Form = { channel: 'PHONE', minutes: '5', letter: '', saved: '', note: '', not_cpr: [] }
const MINUTES = ['5', '10', '15', '30'].map((value) => ({ value, label: value }))

export function Contact({ practice: id }: { practice: string }) {
  const practice = row('practice', id)
  return practice ? <Call key={id} id={id} name={practice.data.name} /> : <Missing what="Praksis" />
}

function Call({ id, name }: { id: string; name: string }) {
  const key = `contact:${id}`
  const { form, change, keeping } = useKept<Form>(key, () => FRESH, (written) => ({ ...written, note: forDisk(written.note, written.not_cpr) }))
  const save = useSave()
  const submit = () => {
    const wrong = guardProblem(form.note, form.not_cpr) ?? (form.note.length > 140 ? 'Teksten er for lang: højst 140 tegn.' : null)
      ?? (form.saved && !/^\d{1,3}$/.test(form.saved) ? 'Skriv sparet tid i hele minutter.' : null) ?? (Number(form.saved) > 240 ? 'Sparet tid er højst 240 minutter.' : null)
    if (wrong) return say(wrong, { bad: true })
    const minutes = Number(form.minutes)
    const set: ContactLog = { practice_id: id, occurred_at: new Date(Date.now() - minutes * 60_000).toISOString(), channel: form.channel, minutes,
      ...(form.letter ? { instead_of_letter: form.letter === 'yes' } : {}), ...(form.letter === 'yes' && form.saved ? { minutes_saved: Number(form.saved) } : {}), ...(form.note.trim() ? { note: form.note } : {}) }
    void save([{ kind: 'contact_log', action: 'create', set }], { draft: key, keeping, then: () => go(`praksis/${id}`, true) })
  }
  return <Screen title="Log kontakt" lead={name} back={{ to: `praksis/${id}`, label: 'Praksis' }}
    action={<Save save={submit}>Gem</Save>}>
    <One legend="Hvordan?" name="channel" options={choices('contact_channel')} value={form.channel} choose={(channel) => change({ channel: channel as Form['channel'] })} />
    <One legend="Hvor mange minutter?" name="minutes" options={MINUTES} value={form.minutes} choose={(minutes) => change({ minutes })} />
    <One legend="I stedet for brev?" name="letter" options={[{ value: 'yes', label: 'Ja' }, { value: 'no', label: 'Nej' }]} value={form.letter || null} choose={(letter) => change({ letter: letter as Form['letter'] })} />
    {form.letter === 'yes' && <Field id="saved" label="Sparet tid i minutter, dit eget skøn (frivilligt)" value={form.saved} change={(saved) => change({ saved: saved.trim() })} input={{ inputMode: 'numeric', autoComplete: 'off', maxLength: 3 }} />}
    <Note id="note" label="Note (frivillig)" hint="Skriv kun om praksis." most={140} value={form.note} change={(note) => change({ note })} not_cpr={form.not_cpr} clear={(text) => change({ not_cpr: [...form.not_cpr, text] })} />
  </Screen>
}
