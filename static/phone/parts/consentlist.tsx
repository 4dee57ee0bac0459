/* How each of the eight consents stands, in words and until when, with the way to ask again. */
import { numericDay } from '../rules/dates'
import type { Consent } from './citizens'
import { label } from './words'

interface ConsentListProps { citizen: string; consents: readonly Consent[]; informed: boolean }

export function ConsentList({ citizen, consents, informed }: ConsentListProps) {
  return <section aria-labelledby="consents"><h2 id="consents">Samtykker</h2>
    {!informed && <p class="alert alert-warning">Borgeren er ikke oplyst endnu. <a href={`#/oplysning/${citizen}`}>Giv oplysningen</a></p>}
    <ul class="list">{consents.map(({ scope, standing, until, paper }) => <li key={scope} class="consent">
      <div class="list-plain"><strong>{label('consent_scope', scope)}</strong>
        <span class={standing === 'EXPIRING' || standing === 'EXPIRED' ? 'strong' : ''}>{label('consent_status', standing)}{until ? ` · ${standing === 'EXPIRED' ? 'udløb' : 'til'} ${numericDay(until)}` : ''}{until && paper ? ` · papir ${label('paper_place', paper).toLowerCase()}` : ''}</span></div>
      <a class="button button-tertiary" href={`#/samtykke/${citizen}?formaal=${scope}`}
        aria-label={`${verb(standing)}: ${label('consent_scope', scope)}`}>{verb(standing)}</a>
    </li>)}</ul>
    <a class="button button-secondary wide" href={`#/oplysning/${citizen}`}>Vis oplysningen</a>
  </section>
}

const verb = (standing: Consent['standing']): string =>
  standing === 'NOT_ASKED' ? 'Spørg' : ['VALID', 'EXPIRING', 'EXPIRED'].includes(standing) ? 'Forny' : 'Spørg igen'
