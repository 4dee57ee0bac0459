/* Søg: one field over everything on the phone, grouped; nothing that is typed leaves the screen. */
import { useState } from 'preact/hooks'
import { Field } from '../parts/fields'
import { search, type Group } from '../parts/finding'
import { Screen } from '../parts/frame'
import { count } from '../parts/words'
import { ANSWERS } from './help'

const SHOWN = 6

export function Search() {
  const [sought, seek] = useState('')
  const groups = search(sought, ANSWERS)
  const total = groups.reduce((sum, { found }) => sum + found.length, 0)
  return <Screen title="Søg" back={{ to: '', label: 'I dag' }}>
    <div role="search"><Field id="search" label="Søg i alt på telefonen" type="search" value={sought} change={seek} hint="Praksis, kode, note, kursus, materiale eller hjælp"
      input={{ autoComplete: 'off', enterKeyHint: 'search', autoFocus: true }} /></div>
    <p role="status" class="quiet">{!sought.trim() ? 'Virker også uden net.' : total ? count(total, 'fundet', 'fundet') : 'Intet fundet. Prøv færre bogstaver.'}</p>
    {groups.map((group) => <Results key={`${group.name}:${sought}`} group={group} />)}
  </Screen>
}

function Results({ group: { name, found } }: { group: Group }) {
  const [all, show] = useState(false)
  return <section aria-labelledby={`found-${name}`}>
    <h2 id={`found-${name}`}>{name} ({found.length})</h2>
    <ul class="list">{found.slice(0, all ? undefined : SHOWN).map(({ key, to, title, about }) => <li key={key}><a href={`#/${to}`}><strong>{title}</strong><span>{about}</span></a></li>)}</ul>
    {!all && found.length > SHOWN && <button type="button" class="button button-tertiary wide" onClick={() => show(true)}>Vis alle {found.length}</button>}
  </section>
}
