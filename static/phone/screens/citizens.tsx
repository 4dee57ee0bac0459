/* Borgere: the adviser's own, by code only; found by what stands on the card, typed or read by the camera. */
import { useState } from 'preact/hooks'
import { finds } from '../rules/alphabet'
import { readCode } from '../rules/code'
import { standsAs } from '../rules/resting'
import { dayOf, dayWords, today } from '../parts/calendar'
import { citizenLines, type Line, whyNotHere } from '../parts/citizens'
import { One } from '../parts/chips'
import { Code } from '../parts/code'
import { Field } from '../parts/fields'
import { Screen } from '../parts/frame'
import { query } from '../parts/route'
import { count, label } from '../parts/words'

const SHOWN = 30
const WHICH: Record<string, (line: Line) => boolean> = { all: () => true, steps: ({ open }) => open > 0, expiring: ({ expiring }) => expiring }

/* `pick`: the chosen citizen is for a talk; without it the list leads to their page. */
export function Citizens({ pick = false }: { pick?: boolean }) {
  const [sought, seek] = useState('')
  const [which, choose] = useState('all')
  const [every, showAll] = useState(false)
  const all = citizenLines()
  const code = readCode(sought).code
  const found = all.filter(({ person: { data } }) => data.code === code || finds(sought, data.code, data.code.slice(2))).filter(sought ? () => true : WHICH[which]!)
  const shown = every ? found : found.slice(0, SHOWN)
  const to = pick ? 'samtale/ny' : 'borger'
  const visit = query('besoeg')
  const at = pick && visit ? `besoeg=${visit}` : ''
  return <Screen title={pick ? 'Ny samtale' : 'Borgere'} {...(pick ? { lead: 'Hvem talte du med?', back: { to: '', label: 'I dag' } } : {})}>
    <div role="search"><Field id="search" label="Kode" type="search" value={sought} change={seek} error={notHere(sought, found.length)} hint="Fem tegn fra samtalekortet"
      input={{ autoComplete: 'off', enterKeyHint: 'search', maxLength: 9 }} /></div>
    <div class="doings">
      <a class="button button-secondary" href={`#/scan${pick ? `?til=samtale&${at}` : ''}`}>Scan kort</a>
      <a class="button button-secondary" href="#/borger/ny">Ny borger</a>
      <a class="button button-secondary" href="#/samtale/anonym">Anonym samtale</a>
    </div>
    {!sought && all.length > 0 && <One legend="Vis" name="which" value={which} choose={choose}
      options={[{ value: 'all', label: 'Alle' }, { value: 'steps', label: 'Åbne skridt' }, { value: 'expiring', label: 'Samtykke udløber' }]} />}
    <p role="status" class="quiet">{all.length ? `${count(found.length, 'borger', 'borgere')}, senest talt med først` : 'Du har ingen borgere på telefonen endnu. De kommer med den første samtale.'}</p>
    <ul class="list">{shown.map((line) => <li key={line.person.id}><a href={`#/${to}/${line.person.id}${at && `?${at}`}`}>
      <strong><Code code={line.person.data.code} /></strong><span>{words(line)}</span></a></li>)}</ul>
    {found.length > shown.length && <button type="button" class="button button-tertiary wide" onClick={() => showAll(true)}>Vis alle {found.length}</button>}
  </Screen>
}

function words({ person, last, open, expiring }: Line): string {
  const day = last && dayOf(last)
  const met = !day ? 'Ikke talt med endnu' : day === today() ? 'Talt med i dag' : `Sidst ${dayWords(day)}`
  const status = standsAs(person.data.status, day, today())
  const resting = status === 'ACTIVE' ? '' : label('citizen_status', status)
  return [met, open ? count(open, 'åbent skridt', 'åbne skridt') : '', expiring ? 'Samtykke udløber' : '', resting].filter(Boolean).join(' · ')
}

/* Only when a whole code has been typed: half a code is no mistake. */
function notHere(sought: string, found: number): string | undefined {
  if (found || sought.replace(/[^\p{L}\p{N}]/gu, '').length < 5) return undefined
  const { code, problem } = readCode(sought)
  return problem ? problem.words : whyNotHere(code)
}
