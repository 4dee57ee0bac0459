/* The course sessions of today, one tap from the list of who came. */
import { clock } from './calendar'
import { row } from './present'
import { runTitle, sessionsToday } from './runs'

export function SessionsToday() {
  const sessions = sessionsToday()
  if (!sessions.length) return null
  return <section aria-labelledby="sessions-today">
    <h2 id="sessions-today">Kursus i dag</h2>
    <ul class="list">{sessions.map(({ id, data }) => {
      const run = row('course_run', data.course_run_id)
      return <li key={id}><a href={`#/fremmoede/${id}`}>
        <strong>Kl. {clock(data.starts_at)} · {run ? runTitle(run) : 'Kursus'}</strong>
        <span>{data.number}. mødegang · {data.status === 'HELD' ? 'Fremmøde er skrevet' : 'Skriv fremmøde'}{run?.data.place ? ` · ${run.data.place}` : ''}</span></a></li>
    })}</ul>
  </section>
}
