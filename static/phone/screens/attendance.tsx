/* Fremmøde: everybody has come until tapped; one tap saves a mark for each, the session as held, and who has begun. */
import type { Change } from '../notebook'
import { dayOf, today } from '../parts/calendar'
import { codeOf } from '../parts/citizens'
import { Code } from '../parts/code'
import { Save } from '../parts/form'
import { Screen } from '../parts/frame'
import { useKept, useSave } from '../parts/kept'
import { say } from '../parts/message'
import { row, rows } from '../parts/present'
import { go } from '../parts/route'
import { colleagueWords, type Enrolled, enrolledOn, runTitle, type Session, sessionsOf, sessionWords } from '../parts/runs'
import { count, label } from '../parts/words'
import { isOnTheList, type Mark, marksFor, type Marked, marksOf, statusAfter } from '../rules/enrolment'
import { Missing } from './missing'

/* The absent are one tap away: most of who is not there has not said so. */
const ROUND: readonly Mark[] = ['PRESENT', 'ABSENT', 'EXCUSED', 'LATE']
const next = (mark: Mark): Mark => ROUND[(ROUND.indexOf(mark) + 1) % ROUND.length]!

export function Attendance({ session: id }: { session: string }) {
  const session = row('course_session', id)
  return session ? <List key={id} session={session} /> : <Missing what="Mødegangen" />
}

function List({ session }: { session: Session }) {
  const { id, data } = session
  const key = `attendance:${id}`
  const marks = rows('attendance_mark')
  const persons = enrolledOn(data.course_run_id).filter(({ id: one, data: { status } }) => isOnTheList(status) || marksOf(one, marks).has(id))
  const was = (one: string): Mark | undefined => marksOf(one, marks).get(id)
  const { form, change, keeping } = useKept<{ tapped: Record<string, Mark> }>(key, () => ({ tapped: {} }))
  const save = useSave()
  const run = row('course_run', data.course_run_id)
  const mark = (one: string): Mark => form.tapped[one] ?? was(one) ?? 'PRESENT'
  const early = dayOf(data.starts_at) > today()
  const submit = () => {
    if (early) return say('Mødegangen er ikke begyndt. Fremmøde skrives på dagen.', { bad: true })
    void save(changesOf(session, persons, mark, marks), { draft: key, keeping, done: `${words(persons, mark)}. Gemt på telefonen`, then: () => go(`kursus/${data.course_run_id}`, true) })
  }
  const cancel = () => void save([{ kind: 'course_session', action: 'update', id, seen: { ...data }, set: { status: 'CANCELLED' } }],
    { draft: key, keeping, done: 'Mødegangen er aflyst. Gemt på telefonen', then: () => go(`kursus/${data.course_run_id}`, true) })
  return <Screen title="Fremmøde" lead={`${run ? runTitle(run) : 'Kursus'} · ${data.number}. mødegang · ${sessionWords(session)}`} back={{ to: `kursus/${data.course_run_id}`, label: 'Holdet' }}
    action={persons.length > 0 || data.status === 'PLANNED' ? <Save save={submit}>Gem</Save> : undefined}>
    <p role="status">{persons.length ? words(persons, mark) : 'Ingen af dine borgere er på holdet.'}</p>
    {persons.length > 0 && <p class="quiet">Tryk på den, der ikke kom. Tryk igen for Afbud og Kom senere.</p>}
    <ul class="list persons">{persons.map(({ id: one, data: { citizen_id } }) => {
      const [code, now] = [codeOf(citizen_id), mark(one)]
      return <li key={one}><button type="button" class={`person${now === 'PRESENT' ? '' : ' person-changed'}`}
        onClick={() => change({ tapped: { ...form.tapped, [one]: next(now) } })}><strong><Code code={code} /></strong><span>{label('attendance', now)}</span></button></li>
    })}</ul>
    <p class="quiet">{colleagueWords()}</p>
    {data.status === 'PLANNED' && <button type="button" class="button button-tertiary wide" onClick={cancel}>Mødegangen blev aflyst</button>}
  </Screen>
}

/* "10 mødt, 2 ikke mødt" */
function words(persons: readonly Enrolled[], mark: (one: string) => Mark): string {
  const of = (wanted: Mark) => persons.filter(({ id }) => mark(id) === wanted).length
  return (['PRESENT', 'LATE', 'EXCUSED', 'ABSENT'] as const).filter((one) => of(one)).map((one) => `${of(one)} ${label('attendance', one).toLowerCase()}`).join(', ') || count(0, 'person', 'personer')
}

/* Marks only for who has none or another one; the newest counts. */
function changesOf(session: Session, persons: readonly Enrolled[], mark: (one: string) => Mark, before: readonly Marked[]): Change[] {
  const fresh = persons.filter(({ id }) => marksOf(id, before).get(session.id) !== mark(id))
  const set = marksFor(session.id, fresh.map(({ id }) => id), new Map(fresh.map(({ id }) => [id, mark(id)])))
  const held: Session = { ...session, data: { ...session.data, status: 'HELD' } }
  const sessions = sessionsOf(session.data.course_run_id).map((one) => (one.id === session.id ? held : one))
  const begun = persons.filter(({ id, data }) => data.status === 'ENROLLED' && statusAfter('ENROLLED', sessions, new Map(marksOf(id, before)).set(session.id, mark(id))) === 'STARTED')
  return [
    ...set.map((data): Change => ({ kind: 'attendance_mark', action: 'create', set: data })),
    { kind: 'course_session', action: 'update', id: session.id, seen: { ...session.data }, set: { status: 'HELD' } },
    ...begun.map(({ id, data }): Change => ({ kind: 'enrolment', action: 'update', id, seen: { ...data }, set: { status: 'STARTED' } })),
  ]
}
