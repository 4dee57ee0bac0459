/* Takes a wrong visit out of the book: asks once, can be undone for ten seconds. */
import { useState } from 'preact/hooks'
import type { Visit } from '../generated/records'
import { say } from '../parts/message'
import { book } from '../parts/present'
import { go } from '../parts/route'
import { Sheet } from '../parts/sheet'

export function Remove({ visit, seen }: { visit: string; seen: Visit }) {
  const [asking, ask] = useState(false)
  const remove = async () => {
    try {
      const saved = await book().save([{ kind: 'visit', action: 'delete', id: visit, seen: { ...seen } }], { undoable: true, draft: `visit:${visit}` })
      go('', true)
      say('Besøget er slettet.', { saved })
    } catch {
      ask(false)
      say('IKKE slettet. Prøv igen.', { bad: true })
    }
  }
  return <>
    <button type="button" class="button button-tertiary wide" onClick={() => ask(true)}>Slet besøget</button>
    {asking && <Sheet title="Slet besøget?" close={() => ask(false)}>
      <p>Brug det kun, hvis besøget er skrevet ved en fejl. Uddelinger bliver stående.</p>
      <button type="button" class="button button-warning wide" onClick={() => void remove()}>Slet</button>
    </Sheet>}
  </>
}
