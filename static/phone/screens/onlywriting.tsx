/* What a phone still does that has not heard from the server for three days: takes new things down. */
import { lockNow } from '../parts/locking'
import { Messages } from '../parts/message'
import { lineState } from '../parts/present'
import { waitingWords } from '../parts/state'
import { useEffect, useRef } from 'preact/hooks'

export function OnlyWriting() {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = 'Kun nye registreringer – Rådgiver på hjul'
    heading.current?.focus()
  }, [])
  const waiting = lineState.value?.waiting ?? 0
  return <div class="screen">
    <header class="bar"><span class="bar-name">Rådgiver på hjul</span></header>
    <main class="main" id="indhold">
      <h1 tabIndex={-1} ref={heading}>Kun nye registreringer</h1>
      <p>Telefonen har ikke haft kontakt med serveren i tre dage. Du kan skrive nyt, men ikke se det gamle, før du har logget ind.{waiting > 0 && <> {waitingWords(waiting)} venter og ligger sikkert her.</>}</p>
      <a class="button button-primary wide" href="#/log-ind">Log ind</a>
      <a class="button button-secondary wide" href="#/ny/besoeg">Log besøg</a>
      <a class="button button-secondary wide" href="#/samtale/anonym">Anonym samtale</a>
      <button type="button" class="button button-tertiary wide" onClick={lockNow}>Lås</button>
    </main>
    <div class="foot"><Messages /></div>
  </div>
}
