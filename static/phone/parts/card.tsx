/* One practice on today's list: why today, when it is welcome, and the three things that happen at a door. */
import { useState } from 'preact/hooks'
import { clock } from './calendar'
import { arrive, begun } from './arrival'
import { Closed } from './closed'
import type { Stop } from './places'
import { useSwipe } from './swipe'

/* `number`: what it is called where no name may stand. */
export function Card({ stop: { place, reasons, pressing, hours }, number }: { stop: Stop; number: number }) {
  const [closing, close] = useState(false)
  const swipe = useSwipe(() => close(true))
  const { name, address } = place.data
  const start = begun(place.id)
  const log = start?.kind === 'draft' ? 'Fortsæt besøg' : 'Log besøg'
  return <li class="place" {...swipe}>
    <h3><a href={`#/praksis/${place.id}`}>{name}</a></h3>
    <p class="quiet">Stop {number} · {address}</p>
    {reasons.length > 0 && <p><span class={`tag${pressing ? ' tag-strong' : ''}`}>{reasons[0]}</span>{hours && <>{' '}<span class="quiet whole">{hours}</span></>}</p>}
    {reasons.length > 1 && <p class="quiet">{reasons.slice(1).join(' · ')}</p>}
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
