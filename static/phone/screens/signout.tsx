/* Log ud: tries to send first, says what is left in numbers, and deletes only on a typed word. */
import { useEffect, useState } from 'preact/hooks'
import { emptyPostbox, signOut } from '../line'
import { Field } from '../parts/fields'
import { Screen } from '../parts/frame'
import { hush, say } from '../parts/message'
import { book, forget, line, lineState, user, watched } from '../parts/present'
import { go } from '../parts/route'
import { waitingWords } from '../parts/state'

const WORD = 'slet'

export function SignOut() {
  const [tried, has] = useState(false)
  useEffect(() => { void line().sync('tap').finally(() => has(true)) }, [])
  const waiting = lineState.value?.waiting ?? 0
  const tray = watched().tray().length
  const drafts = watched().drafts().length
  if (!tried) return <Screen title="Log ud" back={{ to: 'mere', label: 'Mere' }}><p role="status">Sender først det, der venter …</p></Screen>
  return <Screen title="Log ud" back={{ to: 'mere', label: 'Mere' }}>
    {waiting + tray + drafts === 0
      ? <><p>Alt er sendt. Der ligger ikke noget på telefonen, som serveren mangler.</p>
        <button type="button" class="button button-primary wide main-button" onClick={() => void away()}>Log ud</button></>
      : <Left waiting={waiting} tray={tray} drafts={drafts} />}
  </Screen>
}

async function away(): Promise<void> {
  await signOut().catch(() => false)
  hush()
  await forget()
  go('', true)
}

function Left({ waiting, tray, drafts }: { waiting: number; tray: number; drafts: number }) {
  const [words, put] = useState('')
  const send = async () => {
    put('Sender …')
    const after = await line().sync('tap')
    put(after.waiting ? `${waitingWords(after.waiting)} venter stadig.` : 'Det er sendt.')
  }
  return <>
    <p>Noget ligger kun på denne telefon:</p>
    <ul>
      {waiting > 0 && <li><strong>{waitingWords(waiting)}</strong> er ikke sendt</li>}
      {tray > 0 && <li><strong>{waitingWords(tray)}</strong> skal rettes</li>}
      {drafts > 0 && <li><strong>{drafts === 1 ? '1 kladde' : `${drafts} kladder`}</strong> er ikke gemt som registrering</li>}
    </ul>
    <button type="button" class="button button-primary wide main-button" onClick={() => void away()}>Behold på telefonen, og log ud</button>
    <p class="quiet">Det ligger her, når du logger ind igen. Ingen anden bruger kan se det.</p>
    <button type="button" class="button button-secondary wide" onClick={() => void send()}>Send nu</button>
    <p role="status" class="quiet">{words}</p>
    {waiting > 0 && <p><a href="#/redning">Kan telefonen ikke sende? Lav en redningspakke</a></p>}
    <Delete />
  </>
}

/* The only way to lose work, and it takes a word. */
function Delete() {
  const [word, put] = useState('')
  const [error, show] = useState('')
  const remove = async () => {
    if (word.trim().toLowerCase() !== WORD) return show(`Skriv ordet ${WORD} for at slette.`)
    try {
      await emptyPostbox(user.value!.id)
      await book().discardUnsent()
      await line().sync('tap').catch(() => null)       // the server hears that it is gone
      await away()
      say('Det, der ventede, er slettet fra telefonen.')
    } catch {
      show('Det kunne ikke slettes. Prøv igen.')
    }
  }
  return <details class="more">
    <summary>Slet det, der ikke er sendt</summary>
    <p>Det kan ikke hentes frem igen, hverken her eller på kontoret.</p>
    <Field id="word" label={`Skriv ordet ${WORD}`} value={word} change={put} error={error || undefined} input={{ autoComplete: 'off' }} />
    <button type="button" class="button button-warning wide" onClick={() => void remove()}>Slet og log ud</button>
  </details>
}
