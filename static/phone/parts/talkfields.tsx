/* The fields of a talk, the most used first: what it was about, what was agreed, how long; the rest is as it usually is. */
import { useState } from 'preact/hooks'
import type { Talk } from '../generated/records'
import { type Given, isOpen } from '../rules/consent'
import { namesDoctor, personHints } from '../rules/person_hints'
import { dayOf, today } from './calendar'
import { Many, One } from './chips'
import type { Problems } from './fields'
import { Minutes, Moment } from './minutes'
import { Note } from './note'
import { row, rows, user } from './present'
import { askFor, Steps } from './steplines'
import { noteBarred, NOTE_LETTERS, type TalkForm } from './talking'
import { choices } from './words'

const MINUTES = [15, 30, 45, 60]
const TOPICS_FIRST = 6
const MOST_TOPICS = 3
interface Part { form: TalkForm; change: (news: Partial<TalkForm>) => void; wrong: Problems; events: readonly Given[] }

export function TalkFields({ form, change, wrong, events, old = false }: Part & { old?: boolean }) {
  const part = { form, change, wrong, events }
  return <>
    <Topics {...part} />
    {!old && <Steps lines={form.steps} change={(steps) => change({ steps })} events={events} citizen={form.citizen_id} error={wrong['steps']} />}
    <Minutes {...part} usual={MINUTES} />
    <Type {...part} />
    <One legend="Sted" name="place" options={choices('talk_place')} value={form.place} error={wrong['place']}
      choose={(place) => change({ place: place as Talk['place'] })} />
    <Moment {...part} />
    <Where {...part} />
    {noteBarred(form, events) && <Silent citizen={form.citizen_id} />}
    <Note id="note" label="Note (frivillig)" hint="Kort. Ingen navne, numre eller diagnoser. Slettes efter 90 dage." most={NOTE_LETTERS} rows={3}
      value={form.note} change={(note) => change({ note })} hints={[...personHints(form.note), ...doctorHints(form, events)]}
      not_cpr={form.not_cpr} clear={(text) => change({ not_cpr: [...form.not_cpr, text] })} />
  </>
}

/* Elsewhere only the writer knows who said it. */
const doctorHints = ({ note, day }: TalkForm, events: readonly Given[]): string[] => namesDoctor(note) && !isOpen(events, 'GP_EXCHANGE', day || today(), today())
  ? ['Er det noget, lægen har sagt om borgeren? Det kræver borgerens ja til, at du taler med lægen.'] : []

/* Said where the note is written, before it is. */
function Silent({ citizen }: { citizen: string }) {
  return <div class="alert alert-warning">
    <p class="alert-text">Lægen var med, og borgeren har ikke sagt ja til, at du taler med lægen. Samtalen kan gemmes, men uden note.</p>
    <a class="button button-secondary wide" href={askFor(citizen, 'GP_EXCHANGE')}>Registrér samtykket</a>
  </div>
}

function Topics({ form, change, wrong }: Part) {
  const all = choices('topic')
  const [every, showAll] = useState(form.topics.some((topic) => all.findIndex(({ value }) => value === topic) >= TOPICS_FIRST))
  const choose = (topics: string[]) => { if (topics.length <= MOST_TOPICS) change({ topics: topics as TalkForm['topics'] }) }
  const full = form.topics.length === MOST_TOPICS
  return <>
    <Many legend="Emner" name="topics" options={every ? all : all.slice(0, TOPICS_FIRST)} value={form.topics} choose={choose} error={wrong['topics']}
      hint={full ? 'Tre emner valgt. Fjern et for at vælge et andet.' : 'Højst tre'} />
    {!every && <button type="button" class="button button-tertiary more-choices" onClick={() => showAll(true)}>Flere emner</button>}
  </>
}

const TYPES: readonly string[] = ['FIRST', 'FOLLOW_UP', 'THREE_PARTY', 'CLOSING']
const present = () => choices('met_role').filter(({ value }) => value !== 'CITIZEN' && value !== 'NOBODY')

function Type({ form, change, wrong }: Part) {
  const choose = (value: string) => {
    const type = value as Talk['type']
    change({ type, three_party_with: type === 'THREE_PARTY' && !form.three_party_with.length ? ['DOCTOR'] : form.three_party_with })
  }
  return <>
    <One legend="Samtaletype" name="type" options={choices('talk_type').filter(({ value }) => TYPES.includes(value))} value={form.type} choose={choose} error={wrong['type']} />
    {form.type === 'THREE_PARTY' && <Many legend="Hvem var med?" name="three_party_with" options={present()} value={form.three_party_with} error={wrong['three_party_with']}
      choose={(roles) => change({ three_party_with: roles as TalkForm['three_party_with'] })} />}
  </>
}

/* The day's practices, so that a wrong guess costs one tap. */
function Where({ form, change }: Part) {
  const visits = rows('visit').filter(({ author_id, data }) => author_id === user.value!.id && dayOf(data.occurred_at) === form.day)
  const near = [...new Set([form.practice_id, ...visits.map(({ data }) => data.practice_id)])].filter((id) => id && row('practice', id))
  if (!near.length) return null
  const name = (id: string) => row('practice', id)?.data.name ?? 'Ingen praksis'
  const choose = (practice_id: string) => change({ practice_id, visit_id: visits.find(({ data }) => data.practice_id === practice_id)?.id ?? '' })
  return <details class="more"><summary>{name(form.practice_id)} · Ret praksis</summary>
    <One legend="Praksis" name="practice_id" value={form.practice_id} choose={choose}
      options={[...near.map((id) => ({ value: id, label: name(id) })), { value: '', label: 'Ingen praksis' }]} /></details>
}
