/* One run: when and where, who of the user's citizens is on it, who waits, and its sessions. */
import { codeOf } from '../parts/citizens'
import { colleagueWords, enrolledOn, type Enrolled, runTitle, sessionsOf, sessionWords, standingWords, seatWords } from '../parts/runs'
import { dayOf, today } from '../parts/calendar'
import { Code } from '../parts/code'
import { Save } from '../parts/form'
import { Screen } from '../parts/frame'
import { row } from '../parts/present'
import { go } from '../parts/route'
import { label } from '../parts/words'
import { starts } from './courses'
import { Missing } from './missing'

const ON = ['ENROLLED', 'STARTED', 'OFFERED']
const WAITING = ['WAITLISTED', 'INTERESTED']

export function Course({ id }: { id: string }) {
  const run = row('course_run', id)
  if (!run) return <Missing what="Holdet" />
  const all = enrolledOn(id)
  const sessions = sessionsOf(id)
  const lists = [['on', 'På holdet', all.filter(({ data }) => ON.includes(data.status))], ['waiting', 'Venter', all.filter(({ data }) => WAITING.includes(data.status))],
    ['left', 'Ikke længere på holdet', all.filter(({ data }) => ![...ON, ...WAITING].includes(data.status))]] as const
  return <Screen title={runTitle(run)} lead={[starts(run), run.data.place, run.data.teacher].filter(Boolean).join(' · ')} back={{ to: 'kurser', label: 'Kurser' }}
    action={<Save save={() => go(`tilmeld?hold=${id}`)}>Tilmeld en borger</Save>}>
    <p><span class="tag">{run.data.seats} pladser</span> {seatWords(run)}, som telefonen kender det</p>
    {lists.map(([name, title, found]) => found.length > 0 && <Group key={name} id={name} title={title} found={found} />)}
    {!all.length && <p class="quiet">Ingen af dine borgere er på holdet.</p>}
    <p class="quiet">{colleagueWords()}</p>
    <section aria-labelledby="sessions">
      <h2 id="sessions">Mødegange</h2>
      {!sessions.length && <p class="quiet">Datoerne er ikke lagt ind endnu. Koordinatoren gør det.</p>}
      <ul class="list">{sessions.map((session) => dayOf(session.data.starts_at) > today()
        ? <li key={session.id} class="list-plain"><strong>{session.data.number}. {sessionWords(session)}</strong><span>{label('session_status', session.data.status)}</span></li>
        : <li key={session.id}><a href={`#/fremmoede/${session.id}`}><strong>{session.data.number}. {sessionWords(session)}</strong>
          <span>{session.data.status === 'PLANNED' ? 'Fremmøde mangler' : label('session_status', session.data.status)}</span></a></li>)}</ul>
    </section>
  </Screen>
}

function Group({ id, title, found }: { id: string; title: string; found: readonly Enrolled[] }) {
  return <section aria-labelledby={id}>
    <h2 id={id}>{title} ({found.length})</h2>
    <ul class="list">{found.map((enrolment) => <li key={enrolment.id}><a href={`#/tilmelding/${enrolment.id}`}>
      <strong><Code code={codeOf(enrolment.data.citizen_id)} /></strong><span>{standingWords(enrolment)}</span></a></li>)}</ul>
  </section>
}
