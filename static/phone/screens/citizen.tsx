/* One citizen by code: what they said yes to, what was talked about and agreed; withdrawal is never further than three taps. */
import { useState } from 'preact/hooks'
import { clock, dayOf, dayWords } from '../parts/calendar'
import { consentState, consentsOf, enrolmentsOf, informedOf, knownAs, talksOf } from '../parts/citizens'
import { Code } from '../parts/code'
import { ConsentList } from '../parts/consentlist'
import { Screen } from '../parts/frame'
import { KeepContact } from '../parts/keepcontact'
import { row } from '../parts/present'
import { query } from '../parts/route'
import { StepList } from '../parts/steplist'
import { label, stateWords } from '../parts/words'
import { Missing } from './missing'

export function Citizen({ id }: { id: string }) {
  const person = row('citizen', id)
  if (person && knownAs(id) !== id) return row('citizen', knownAs(id)) ? <Citizen id={knownAs(id)} /> : <Missing what="Borgeren" />
  if (!person) return <Missing what="Borgeren" />
  const { data } = person
  const consents = consentState(consentsOf(id))
  return <Screen title="Borger" heading={<Code code={data.code} />} lead={stateWords(person.state)} back={{ to: 'borgere', label: 'Borgere' }}>
    {query('efter') === 'samtale' && <Heard language={data.language ?? 'da'} />}
    <div class="doings">
      <a class="button button-primary" href={`#/samtale/ny/${id}`}>Ny samtale</a>
      <a class="button button-secondary" href={`#/tilmeld/${id}`}>Tilmeld kursus</a>
      <a class="button button-secondary" href={`#/fortryd/${id}`}>Træk samtykke tilbage</a>
    </div>
    <StepList citizen={id} />
    <ConsentList citizen={id} consents={consents} informed={informedOf(id).length > 0} />
    <Talks id={id} />
    <Enrolments id={id} />
    <section aria-labelledby="facts"><h2 id="facts">Om borgeren</h2>
      <dl class="facts">
        <div><dt>Ydelse</dt><dd>{label('benefit', data.benefit) || 'Ikke oplyst'}</dd></div>
        <div><dt>Status</dt><dd>{label('sickness_state', data.sickness_state) || 'Ikke oplyst'}</dd></div>
        <div><dt>Kom via</dt><dd>{label('came_via', data.came_via) || 'Ikke oplyst'}</dd></div>
        {data.age_band && <div><dt>Alder</dt><dd>{label('age_band', data.age_band)}</dd></div>}
        <div><dt>Første praksis</dt><dd>{row('practice', data.first_practice_id)?.data.name ?? 'Praksis'}</dd></div>
        <div><dt>Sprog</dt><dd>{label('language', data.language ?? 'da')}{data.interpreter ? ', med tolk' : ''}</dd></div>
      </dl>
      <KeepContact citizen={id} />
      <a class="button button-secondary wide" href={`#/borger/${id}/ret`}>Ret oplysninger</a>
      <a class="button button-secondary wide" href={`#/borger/${id}/kort`}>Vis kode og QR</a>
    </section>
  </Screen>
}

/* The phone is handed over; the answer says nothing about whose it is. */
function Heard({ language }: { language: string }) {
  return <div class="alert alert-info">
    <p class="alert-text">Er borgeren her endnu? Spørg «Blev du hørt?». Svaret er anonymt.</p>
    <a class="button button-secondary wide" href={`#/hoert/${language}`}>Giv telefonen til borgeren</a>
  </div>
}

const FIRST = 5

function Talks({ id }: { id: string }) {
  const [all, show] = useState(false)
  const talks = talksOf(id)
  return <section aria-labelledby="talks"><h2 id="talks">Samtaler ({talks.length})</h2>
    {!talks.length && <p class="quiet">Ingen samtaler endnu.</p>}
    <ul class="list">{talks.slice(0, all ? talks.length : FIRST).map(({ id: talk, data, state }) => <li key={talk}><a href={`#/samtale/${talk}`}>
      <strong>{dayWords(dayOf(data.occurred_at))} kl. {clock(data.occurred_at)} · {label('talk_type', data.type)}</strong>
      <span>{[`${data.minutes} min.`, label('talk_place', data.place), ...(data.topics ?? []).map((topic) => label('topic', topic)), stateWords(state)].join(' · ')}</span>
      {data.note && <span>{data.note}</span>}</a></li>)}</ul>
    {!all && talks.length > FIRST && <button type="button" class="button button-tertiary wide" onClick={() => show(true)}>Vis alle {talks.length} samtaler</button>}
  </section>
}

function Enrolments({ id }: { id: string }) {
  const found = enrolmentsOf(id)
  if (!found.length) return null
  const course = (run: string) => row('course', row('course_run', run)?.data.course_id ?? '')?.data.title ?? 'Kursus'
  return <section aria-labelledby="enrolments"><h2 id="enrolments">Kurser</h2>
    <ul class="list">{found.map(({ id: enrolment, data, state }) => <li key={enrolment}><a href={`#/tilmelding/${enrolment}`}>
      <strong>{course(data.course_run_id)}</strong><span>{label('enrolment_status', data.status)} · {stateWords(state)}</span></a></li>)}</ul>
  </section>
}
