/* One enrolment: where it stands, what the server said, what may follow; moving keeps the old one and makes a new. */
import { useEffect, useState } from 'preact/hooks'
import type { Change } from '../notebook'
import { dayOf, dayWords } from '../parts/calendar'
import { codeOf } from '../parts/citizens'
import { Code } from '../parts/code'
import { Screen } from '../parts/frame'
import { useSave } from '../parts/kept'
import { row, rows } from '../parts/present'
import { type Enrolled, looked, movedDown, runsAhead, runTitle, seatsLeft, seatWords, sessionsOf, standsOn, standingWords } from '../parts/runs'
import { Sheet } from '../parts/sheet'
import { count, label } from '../parts/words'
import { marksOf, nextStatuses, progress, statusAfter, type Status } from '../rules/enrolment'
import { Missing } from './missing'

const DOES: { [S in Status]?: string } = { ENROLLED: 'Tilmeld', WAITLISTED: 'Sæt på venteliste', DECLINED: 'Takker nej',
  CANCELLED: 'Afmeld', MOVED: 'Flyt til andet hold', DROPPED_OUT: 'Er stoppet' }

export function Enrolment({ id }: { id: string }) {
  const [moving, move] = useState(false)
  const save = useSave()
  const enrolment = row('enrolment', id)
  useEffect(() => { void looked(id).catch(() => {}) }, [enrolment?.state])
  if (!enrolment) return <Missing what="Tilmeldingen" />
  const { data } = enrolment
  const run = row('course_run', data.course_run_id)
  const marks = marksOf(id, rows('attendance_mark'))
  const sessions = sessionsOf(data.course_run_id)
  const { held, attended } = progress(sessions, marks)
  const proposed = statusAfter(data.status, sessions, marks)
  const become = (status: Status) => status === 'MOVED' ? move(true) : void save([{ kind: 'enrolment', action: 'update', id, seen: { ...data }, set: set(data.status, status) }],
    { done: `${label('enrolment_status', status)}. Gemt på telefonen` })
  const news = movedDown(id)
  return <Screen title="Tilmelding" heading={<Code code={codeOf(data.citizen_id)} />} lead={run ? `${runTitle(run)} · ${dayWords(run.data.starts_on)}` : 'Hold'} back={{ to: `kursus/${data.course_run_id}`, label: 'Holdet' }}>
    <p class="receipt"><strong>{standingWords(enrolment)}</strong><br />Skrevet op {dayWords(dayOf(data.enrolled_at))}</p>
    {news && <p class="alert alert-warning">{news}</p>}
    {held > 0 && <p>Har været med {count(attended, 'gang', 'gange')} af {held} holdte.</p>}
    <div class="doings">
      {proposed && <button type="button" class="button button-primary" onClick={() => become(proposed)}>{label('enrolment_status', proposed)}</button>}
      {nextStatuses(data.status).filter((status) => DOES[status] && status !== 'OFFERED').map((status) =>
        <button type="button" class="button button-secondary" key={status} onClick={() => become(status)}>
          {data.status === 'OFFERED' && status === 'WAITLISTED' ? 'Tilbuddet er udløbet' : data.status === 'OFFERED' && status === 'ENROLLED' ? 'Siger ja' : DOES[status]}</button>)}
    </div>
    {data.status === 'WAITLISTED' && <p class="quiet">Koordinatoren tilbyder pladsen, når der er en, for kontoret ser hele ventelisten.</p>}
    <a class="button button-tertiary wide" href={`#/borger/${data.citizen_id}`}>Se borgeren</a>
    {moving && <Move enrolment={enrolment} close={() => move(false)} save={(changes) => void save(changes, { then: () => move(false) })} />}
  </Screen>
}

/* An offer that ran out goes to the end of the line. */
const set = (from: Status, status: Status): Partial<Enrolled['data']> =>
  from === 'OFFERED' && status === 'WAITLISTED' ? { status, enrolled_at: new Date().toISOString() } : { status }

function Move({ enrolment: { id, data }, close, save }: { enrolment: Enrolled; close: () => void; save: (changes: Change[]) => void }) {
  const runs = runsAhead().filter((run) => run.id !== data.course_run_id && !standsOn(run.id, data.citizen_id))
  const to = (course_run_id: string, status: Status) => save([
    { kind: 'enrolment', action: 'update', id, seen: { ...data }, set: { status: 'MOVED' } },
    { kind: 'enrolment', action: 'create', set: { citizen_id: data.citizen_id, course_run_id, status, enrolled_at: new Date().toISOString() } }])
  return <Sheet title="Flyt til" close={close}>
    {!runs.length && <p>Der er ingen andre hold på telefonen.</p>}
    {runs.map((run) => <button type="button" class="button button-secondary wide" key={run.id} onClick={() => to(run.id, seatsLeft(run) > 0 ? 'ENROLLED' : 'WAITLISTED')}>
      {runTitle(run)}, {dayWords(run.data.starts_on)}, {seatWords(run)}</button>)}
  </Sheet>
}
