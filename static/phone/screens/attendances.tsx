/* Mødegange: today's first, then those that still want their attendance, then those to come. */
import { addDays, dayOf, today } from '../parts/calendar'
import { Screen } from '../parts/frame'
import { row, rows } from '../parts/present'
import { runTitle, type Session, sessionsToday, sessionWords } from '../parts/runs'
import { SessionsToday } from '../parts/sessionstoday'
import { Attendance } from './attendance'

const [BACK, AHEAD] = [60, 30]

/* One session today is the one that is meant. */
export function Attendances() {
  const now = sessionsToday()
  return now.length === 1 && now[0]!.data.status === 'PLANNED' ? <Attendance session={now[0]!.id} /> : <All />
}

function All() {
  const live = rows('course_session').filter(({ data }) => data.status === 'PLANNED').sort((a, b) => a.data.starts_at.localeCompare(b.data.starts_at))
  const day = ({ data }: Session) => dayOf(data.starts_at)
  const missing = live.filter((one) => day(one) < today() && day(one) >= addDays(today(), -BACK))
  const coming = live.filter((one) => day(one) > today() && day(one) <= addDays(today(), AHEAD))
  return <Screen title="Fremmøde" back={{ to: 'kurser', label: 'Kurser' }}>
    {sessionsToday().length ? <SessionsToday /> : <p>Ingen mødegange i dag.</p>}
    <Group id="missing" title="Fremmøde mangler" sessions={missing} />
    <Group id="coming" title="De næste" sessions={coming} />
  </Screen>
}

function Group({ id, title, sessions }: { id: string; title: string; sessions: readonly Session[] }) {
  if (!sessions.length) return null
  return <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    <ul class="list">{sessions.map((session) => {
      const run = row('course_run', session.data.course_run_id)
      return <li key={session.id}><a href={`#/fremmoede/${session.id}`}><strong>{run ? runTitle(run) : 'Kursus'}</strong>
        <span>{session.data.number}. mødegang · {sessionWords(session)}</span></a></li>
    })}</ul>
  </section>
}
