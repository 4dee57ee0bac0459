/* "Folder +10" on a practice: one tap saves, ten seconds to take it back. */
import { useRef } from 'preact/hooks'
import { bagWords, danish, type Shelf, shelves } from './materials'
import { say, sayNotSaved } from './message'
import { book } from './present'
import { handoutChange, type HandoutLine, type Receiver } from './visiting'
import { quick } from './handouts'
import { languageWord, shortMaterial } from './words'

/* Taps that come while one is being saved are the same wet finger. */
export function useHandOut(practice: string): (lines: readonly HandoutLine[], words: string, to?: Receiver) => Promise<boolean> {
  const saving = useRef(false)
  return async (lines, words, to = 'PRACTICE') => {
    if (saving.current || !lines.length) return false
    saving.current = true
    try {
      const at = new Date().toISOString()
      const saved = await book().save(lines.map((line) => handoutChange(line, practice, at, undefined, to)), { undoable: true })
      say(`Gemt på telefonen: ${words}`, { saved })
      return true
    } catch (error) {
      sayNotSaved(error)
      return false
    } finally {
      saving.current = false
    }
  }
}

export function HandOutNow({ practice }: { practice: string }) {
  const hand = useHandOut(practice)
  const shelf: Shelf | undefined = shelves()[0]
  if (!shelf) return null
  const offer = danish(shelf)
  const name = shortMaterial(shelf.material)
  return <section aria-labelledby="hand-out">
    <h2 id="hand-out">Uddeling</h2>
    <p class="quiet">{name}, {languageWord(offer.language)} · {bagWords(offer.bag)}</p>
    <div class="chips">
      {quick(offer).map((n) => <button type="button" class="chip-button" key={n}
        onClick={() => void hand([{ batch_id: offer.batch_id, quantity: n }], `${name} +${n}`)}>{name} +{n}</button>)}
    </div>
    <a class="button button-tertiary" href={`#/uddeling/${practice}`}>Andet materiale og sprog</a>
  </section>
}
