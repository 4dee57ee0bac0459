/* What the ＋ offers: everything that can be written down, one tap each. */
import { Sheet } from './sheet'
import { go } from './route'

export function New({ close }: { close: () => void }) {
  const to = (place: string) => () => { close(); go(place) }
  return <Sheet title="Ny registrering" close={close}>
    <button type="button" class="button button-primary wide" onClick={to('ny/besoeg')}>Log besøg</button>
    <button type="button" class="button button-secondary wide" onClick={to('ny/samtale')}>Samtale</button>
    <button type="button" class="button button-secondary wide" onClick={to('borger/ny')}>Ny borger</button>
    <button type="button" class="button button-secondary wide" onClick={to('samtale/anonym')}>Anonym samtale</button>
    <button type="button" class="button button-secondary wide" onClick={to('ny/uddeling')}>Uddeling</button>
    <button type="button" class="button button-secondary wide" onClick={to('tilmeld')}>Tilmelding</button>
    <button type="button" class="button button-secondary wide" onClick={to('fremmoede')}>Fremmøde</button>
    <button type="button" class="button button-secondary wide" onClick={to('soeg')}>Søg</button>
  </Sheet>
}
