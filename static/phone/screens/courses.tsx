/* Kurser: which runs are coming up, how many seats they have left, and the sessions of today. */
import { dayWords, today } from '../parts/calendar'
import { Screen } from '../parts/frame'
import { enrolledOn, type Run, runsAhead, runTitle, seatWords } from '../parts/runs'
import { SeatNews } from '../parts/seatnews'
import { SessionsToday } from '../parts/sessionstoday'
import { count, label } from '../parts/words'

export function Courses() {
  const runs = runsAhead()
  return <Screen title="Kurser" back={{ to: 'mere', label: 'Mere' }}>
    <SeatNews />
    <SessionsToday />
    <section aria-labelledby="runs">
      <h2 id="runs">Hold</h2>
      {!runs.length && <p>Der er ingen hold på telefonen. Koordinatoren opretter dem.</p>}
      <ul class="list">{runs.map((run) => <li key={run.id}><a href={`#/kursus/${run.id}`}>
        <strong>{runTitle(run)}</strong>
        <span>{starts(run)} · {seatWords(run)}</span>
        {mine(run.id) > 0 && <span>{count(mine(run.id), 'af dine borgere', 'af dine borgere')}</span>}</a></li>)}</ul>
    </section>
    <p class="quiet">Telefonen kender kun dine egne tilmeldinger. Serveren deler pladserne ud.</p>
    <a class="button button-secondary wide" href="#/tilmeld">Tilmeld en borger</a>
    <a class="button button-tertiary wide" href="#/fremmoede">Alle mødegange</a>
  </Screen>
}

export const starts = ({ data }: Run): string =>
  data.starts_on < today() ? `${label('run_status', data.status === 'PLANNED' ? 'RUNNING' : data.status)}, begyndte ${dayWords(data.starts_on)}` : `Start ${dayWords(data.starts_on)}`
const ON = ['ENROLLED', 'STARTED', 'OFFERED', 'WAITLISTED']
const mine = (run: string): number => enrolledOn(run).filter(({ data }) => ON.includes(data.status)).length
