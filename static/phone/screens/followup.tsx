/* One follow-up call: the number of the day (over the net, and not kept), what the citizen says, or "Ikke truffet" in one tap. */
import { useState } from 'preact/hooks'
import type { Outcome } from '../generated/records'
import { contactForCall, type Contact } from '../line'
import { type Call, callOf } from '../parts/calls'
import { dayWords, today } from '../parts/calendar'
import { One } from '../parts/chips'
import { consentsOf } from '../parts/citizens'
import { Code } from '../parts/code'
import { Save } from '../parts/form'
import { Screen } from '../parts/frame'
import { KeepContact } from '../parts/keepcontact'
import { useKept, useSave } from '../parts/kept'
import { say } from '../parts/message'
import { line, row } from '../parts/present'
import { go } from '../parts/route'
import { choices, label, phoneLink, phoneWords } from '../parts/words'
import { barredBy } from '../rules/gates'
import { Missing } from './missing'

interface Form { outcome: Outcome['outcome'] | ''; source: Outcome['source']; hours: NonNullable<Outcome['hours_band']> | ''; course: '' | 'yes' | 'no' }
const WITH_HOURS: readonly string[] = ['JOB', 'JOB_PART', 'FLEXJOB', 'PARTIAL_RETURN']

export function FollowUp({ citizen: id }: { citizen: string }) {
  const citizen = row('citizen', id)
  if (!citizen) return <Missing what="Borgeren" />
  const call = callOf(id)
  return call ? <Talk key={`${id}:${call.due.point}`} call={call} /> : <Screen title="Opfølgning" heading={<Code code={citizen.data.code} />} back={{ to: 'opfoelgning', label: 'Opfølgning' }}>
    <p>Der er ikke noget opkald til borgeren i dag.</p></Screen>
}

function Talk({ call: { citizen, due, tried, counts } }: { call: Call }) {
  const key = `outcome:${citizen.id}:${due.point}`
  const { form, change, keeping } = useKept<Form>(key, () => ({ outcome: '', source: 'CITIZEN', hours: '', course: '' }))
  const save = useSave()
  const consents = consentsOf(citizen.id)
  const barred = (source: Outcome['source']) => barredBy({ kind: 'outcome', data: { source, answered_on: today() } }, consents, today())
  const sources = choices('outcome_source').filter(({ value }) => !barred(value as Outcome['source']).length)
  const write = (outcome: Outcome['outcome']) => {
    const hours = WITH_HOURS.includes(outcome) && form.hours ? { hours_band: form.hours } : {}
    const course = form.course && outcome !== 'UNREACHABLE' ? { course_completed: form.course === 'yes' } : {}
    void save([{ kind: 'outcome', action: 'create', set: { citizen_id: citizen.id, point: due.point, outcome, source: form.source, answered_on: today(), ...hours, ...course } }],
      { draft: key, keeping, done: `${label('outcome', outcome)}. Gemt på telefonen`, then: () => go('opfoelgning', true) })
  }
  return <Screen title="Opfølgning" heading={<Code code={citizen.data.code} />} lead={`Opfølgning ${label('outcome_point', due.point)} · senest ${dayWords(due.last)}`} back={{ to: 'opfoelgning', label: 'Opfølgning' }}
    action={<Save save={() => form.outcome ? write(form.outcome) : say('Vælg, hvordan det går.', { bad: true })}>Gem</Save>}>
    {!counts && <p class="alert alert-warning">Borgeren har ikke sagt ja til evaluering. Så tæller svaret ikke med, og serveren giver ikke nummeret. Spørg ved næste samtale.</p>}
    {counts && <Number citizen={citizen.id} />}
    <button type="button" class="button button-secondary wide" onClick={() => write('UNREACHABLE')}>Ikke truffet</button>
    {tried && <p class="quiet">Ikke truffet {dayWords(tried)}</p>}
    <One legend="Hvordan går det?" name="outcome" options={choices('outcome').filter(({ value }) => value !== 'UNREACHABLE')} value={form.outcome || null} choose={(outcome) => change({ outcome: outcome as Form['outcome'] })} />
    {WITH_HOURS.includes(form.outcome) && <One legend="Timer om ugen" name="hours" options={choices('hours_band')} value={form.hours || null} choose={(hours) => change({ hours: hours as Form['hours'] })} />}
    {sources.length > 1 && <One legend="Hvem siger det?" name="source" options={sources} value={form.source} choose={(source) => change({ source: source as Outcome['source'] })} />}
    <One legend="Har gennemført et kursus?" name="course" options={[{ value: 'yes', label: 'Ja' }, { value: 'no', label: 'Nej' }, { value: '', label: 'Ikke spurgt' }]} value={form.course} choose={(course) => change({ course: course as Form['course'] })} />
    <KeepContact citizen={citizen.id} />
  </Screen>
}

/* Asked for by a tap, shown while the screen is open, forgotten with it. */
function Number({ citizen }: { citizen: string }) {
  const [contact, show] = useState<Contact | null>(null)
  const [words, put] = useState('')
  const open = async () => {
    put('Henter nummeret …')
    const told = await contactForCall(line(), citizen)
    put(told.ok ? '' : told.words)
    if (told.ok) show(told.value)
  }
  return <>
    {contact ? <a class="button button-primary wide" href={phoneLink(contact.phone)}>Ring til {contact.name}, {phoneWords(contact.phone)}</a>
      : <button type="button" class="button button-primary wide" onClick={() => void open()}>Hent nummer</button>}
    <p role="status" class="quiet">{words || (contact ? 'Nummeret bliver ikke på telefonen.' : 'Kræver net.')}</p>
  </>
}
