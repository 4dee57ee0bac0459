/* Picks one of the user's citizens by code: the latest met first, or typed from the card. */
import { useState } from 'preact/hooks'
import { finds } from '../rules/alphabet'
import { readCode } from '../rules/code'
import { citizenLines, whyNotHere } from './citizens'
import { Code } from './code'
import { Field } from './fields'

const SHOWN = 8

export function CitizenPick({ pick }: { pick: (citizen: string) => void }) {
  const [typed, type] = useState('')
  const own = citizenLines().map(({ person }) => person).filter(({ data }) => !['CLOSED', 'ERASED'].includes(data.status ?? 'ACTIVE'))
  const found = typed ? own.filter(({ data }) => finds(typed, data.code, data.code.slice(2))) : own
  const read = readCode(typed)
  const whole = typed.replace(/[^a-z0-9]/gi, '').length >= 5
  const here = read.code ? own.find(({ data }) => data.code === read.code) : undefined
  return <>
    <Field id="code" label="Kode" value={typed} change={type} hint="Fem tegn fra samtalekortet, eller vælg herunder" error={whole && !here ? read.problem ? read.problem.words : whyNotHere(read.code) : undefined}
      input={{ autoComplete: 'off', enterKeyHint: 'search', maxLength: 9 }} />
    {!own.length && <p>Der er ingen borgere på telefonen. Den første samtale opretter en borger.</p>}
    <div class="chips" role="group" aria-label="Borgere">{(here ? [here] : found.slice(0, SHOWN)).map(({ id, data }) =>
      <button type="button" class="chip-button" key={id} onClick={() => pick(id)}><Code code={data.code} /></button>)}</div>
    {found.length > SHOWN && !here && <p class="quiet">{found.length - SHOWN} flere. Skriv koden.</p>}
  </>
}
