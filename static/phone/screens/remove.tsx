/* Takes out of the book what was written by mistake: asks once, can be undone for ten seconds. */
import { useState } from 'preact/hooks'
import { say } from '../parts/message'
import { book } from '../parts/present'
import { go } from '../parts/route'
import { Sheet } from '../parts/sheet'

interface RemoveProps { kind: 'visit' | 'talk'; id: string; seen: object; what: string; more?: string; to?: string }

export function Remove({ kind, id, seen, what, more = '', to = '' }: RemoveProps) {
  const [asking, ask] = useState(false)
  const remove = async () => {
    try {
      const saved = await book().save([{ kind, action: 'delete', id, seen: { ...seen } }], { undoable: true, draft: `${kind}:${id}` })
      go(to, true)
      say(`${what[0]!.toUpperCase()}${what.slice(1)} er slettet.`, { saved })
    } catch {
      ask(false)
      say('IKKE slettet. Prøv igen.', { bad: true })
    }
  }
  return <>
    <button type="button" class="button button-tertiary wide" onClick={() => ask(true)}>Slet {what}</button>
    {asking && <Sheet title={`Slet ${what}?`} close={() => ask(false)}>
      <p>Brug det kun, hvis det er skrevet ved en fejl.{more && ` ${more}`}</p>
      <button type="button" class="button button-warning wide" onClick={() => void remove()}>Slet</button>
    </Sheet>}
  </>
}
