/* Tilmelding in four taps: whom, which run (the next with seats is chosen), and Gem; the server gives out the seats. */
import { useState } from 'preact/hooks'
import { dayWords } from '../parts/calendar'
import { One } from '../parts/chips'
import { codeOf } from '../parts/citizens'
import { Code } from '../parts/code'
import { CitizenPick } from '../parts/citizenpick'
import { Save } from '../parts/form'
import { Screen } from '../parts/frame'
import { useSave } from '../parts/kept'
import { say } from '../parts/message'
import { row } from '../parts/present'
import { go, query } from '../parts/route'
import { nextWithSeats, type Run, runsAhead, runTitle, seatsLeft, seatWords, standsOn, standingWords } from '../parts/runs'
import { Missing } from './missing'

type As = 'ENROLLED' | 'WAITLISTED' | 'INTERESTED'
const AS: readonly { value: As; label: string }[] = [
  { value: 'ENROLLED', label: 'Tilmeld' }, { value: 'WAITLISTED', label: 'Venteliste' }, { value: 'INTERESTED', label: 'Kun interesseret' }]
const BUTTON: Record<As, string> = { ENROLLED: 'Tilmeld', WAITLISTED: 'Sæt på venteliste', INTERESTED: 'Skriv som interesseret' }

export function Enrol({ citizen: given = '' }: { citizen?: string }) {
  const asked = query('hold')
  const [citizen, pick] = useState(given)
  const [chosen, choose] = useState(asked ?? nextWithSeats()?.id ?? runsAhead()[0]?.id ?? '')
  const [wish, want] = useState<As | null>(null)
  const save = useSave()
  const run = row('course_run', chosen)
  const back = asked ? { to: `kursus/${asked}`, label: 'Holdet' } : { to: 'kurser', label: 'Kurser' }
  if (given && !row('citizen', given)) return <Missing what="Borgeren" />
  if (!citizen) return <Screen title="Tilmelding" lead="Vælg borger" back={back}><CitizenPick pick={pick} /></Screen>
  const there = run ? standsOn(run.id, citizen) : undefined
  const as = wish ?? (run && seatsLeft(run) <= 0 ? 'WAITLISTED' : 'ENROLLED')
  const enrol = () => {
    if (!run) return say('Vælg et hold.', { bad: true })
    if (there) return say('Borgeren står allerede på holdet.', { bad: true })
    void save([{ kind: 'enrolment', action: 'create', set: { citizen_id: citizen, course_run_id: run.id, status: as, enrolled_at: new Date().toISOString() } }],
      { done: as === 'ENROLLED' ? 'Gemt på telefonen. Foreløbig, til serveren har svaret.' : 'Gemt på telefonen', then: () => go(`kursus/${run.id}`, true) })
  }
  return <Screen title="Tilmelding" back={back} action={<Save save={enrol}>{BUTTON[as]}</Save>}>
    <p>Borger <strong><Code code={codeOf(citizen)} /></strong>
      {!given && <> · <button type="button" class="button button-tertiary" onClick={() => pick('')}>Vælg en anden</button></>}</p>
    <Runs chosen={chosen} choose={choose} />
    {there && run && <p class="alert alert-warning">Borgeren står allerede på holdet: <a href={`#/tilmelding/${there.id}`}>{standingWords(there)}</a></p>}
    {run && <One legend="Hvordan?" name="as" options={AS} value={as} choose={(value) => want(value as As)} />}
    {run && as === 'ENROLLED' && <p class="bag">Sig: »Du er tilmeldt, hvis der er plads.« Pladsen er foreløbig, til telefonen har haft net.</p>}
  </Screen>
}

function Runs({ chosen, choose }: { chosen: string; choose: (run: string) => void }) {
  const runs = runsAhead()
  if (!runs.length) return <p>Der er ingen hold på telefonen. Koordinatoren opretter dem.</p>
  return <div class="in-rows"><One legend="Hold" name="run" value={chosen} choose={choose} options={runs.map((run) => ({ value: run.id, label: `${runTitle(run)} · ${whenAndSeats(run)}` }))} /></div>
}

const whenAndSeats = (run: Run): string => `${dayWords(run.data.starts_on)}, ${seatWords(run)}`
