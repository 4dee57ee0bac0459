/* An address that leads nowhere: says so, and shows the way back. */
import { Screen } from '../parts/frame'

export function Missing({ what }: { what: string }) {
  return <Screen title="Findes ikke her" back={{ to: '', label: 'I dag' }}>
    <p>{what} findes ikke på telefonen. Det kan være flyttet eller slettet på kontoret.</p>
    <a class="button button-primary wide" href="#/">Til I dag</a>
  </Screen>
}
