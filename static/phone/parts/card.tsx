/* One practice on today's list: why today, when it is welcome, and the three things that happen at a door. */
import { useState } from 'preact/hooks'
import { clock } from './calendar'
import { arrive, begun } from './arrival'
import { Closed } from './closed'
import type { Stop } from './places'
import { hours } from './words'

export function Card({ stop: { place, why, planned } }: { stop: Stop }) {
  const [closing, close] = useState(false)
  const { name, address, visit_window } = place.data
  const start = begun(place.id)
  const log = start?.kind === 'draft' ? 'Fortsæt besøg' : 'Log besøg'
  return <li class="place">
    <h3><a href={`#/praksis/${place.id}`}>{name}</a></h3>
    <p class="quiet">{address}</p>
    <p><span class={`tag${planned ? ' tag-strong' : ''}`}>{why}</span>{visit_window && <>{' '}<span class="quiet whole">Bedste tid {hours(visit_window)}</span></>}</p>
    {start?.kind === 'arrived' && <p class="arrived"><strong>Ankommet kl. {clock(start.at)}</strong></p>}
    {start?.kind === 'draft' && <p class="arrived"><strong>Kladde venter</strong></p>}
    <div class="doings">
      <a class={`button ${start ? 'button-primary' : 'button-secondary'}`} href={`#/besoeg/ny/${place.id}`} aria-label={`${log} hos ${name}`}>{log}</a>
      {!start && <button type="button" class="button button-primary" aria-label={`Ankommet hos ${name}`} onClick={() => void arrive(place.id)}>Ankommet</button>}
      <button type="button" class="button button-secondary" aria-label={`Lukket hos ${name}`} onClick={() => close(true)}>Lukket</button>
    </div>
    {closing && <Closed practice={place.id} name={name} close={() => close(false)} />}
  </li>
}
