/* Said once it is known: the browser has emptied this phone, and not all that lay on it had been sent. */
import { LOST } from '../line'
import { watched } from './present'
import { waitingWords } from './state'

export function Lost() {
  const notebook = watched()
  const lost = notebook.setting<number>(LOST)
  if (!lost) return null
  return <aside class="alert alert-error" aria-label="Kan være gået tabt">
    <h2 class="alert-heading">{waitingWords(lost)} kan være gået tabt</h2>
    <p class="alert-text">De ventede på denne telefon, og browseren har tømt den, før de blev sendt. Skriv dem igen, hvis du kan. Koordinatoren kan også se det.</p>
    <button type="button" class="button button-secondary wide" onClick={() => void notebook.putSetting(LOST, null)}>Jeg har set det</button>
  </aside>
}
