/* Log ind: e-mail and passphrase, errors in words, what others have waiting on this phone, and the former passphrase when there is a new one. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { signIn } from '../line'
import { type User, type Waiting, waitingOf } from '../notebook'
import { Field } from '../parts/fields'
import { askToKeep } from '../parts/install'
import { Messages } from '../parts/message'
import { go } from '../parts/route'
import { waitingWords } from '../parts/state'
import { comeIn, comeInWithFormer } from '../parts/unlocking'

const UNOPENED = 'Telefonen kan ikke åbne sin notesbog. Luk andre faner med appen, og prøv igen.'

const NO_SHARE = 'Serveren gav ikke det, der skal til for at åbne telefonen. Intet er slettet. Prøv igen, eller ring til koordinatoren.'

/* Also shown to somebody whose session has run out: the notebook stays open behind, and `again` leads back. */
export function SignIn({ again }: { again?: boolean }) {
  const [email, putEmail] = useState('')
  const [passphrase, putPassphrase] = useState('')
  const [error, putError] = useState('')
  const [trying, tries] = useState(false)
  const [former, asksFormer] = useState<{ person: User; text: string } | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => { document.title = 'Log ind – Rådgiver på hjul' }, [])
  useEffect(() => { if (error) box.current?.focus() }, [error])
  const submit = async () => {
    if (trying) return
    putError('')
    if (!email.trim() || !passphrase) return putError('Skriv både e-mail og adgangssætning.')
    tries(true)
    const words = await attempt().catch(() => UNOPENED)
    tries(false)
    if (words) putError(words)
  }
  const attempt = async (): Promise<string | void> => {
    if (former) return await comeInWithFormer(former.person, former.text, passphrase) ? arrive() : 'Den passer heller ikke. Prøv igen.'
    const answer = await signIn(email.trim(), passphrase)
    if (!answer.ok) return answer.message
    const how = await comeIn(answer.user, passphrase)
    if (how === 'OPEN') return arrive()
    if (how === 'NO_SHARE') return NO_SHARE
    asksFormer({ person: answer.user, text: passphrase })
    putPassphrase('')
  }
  const arrive = () => {
    void askToKeep()
    go(again ? 'status' : '', true)
  }
  return <div class="screen">
    <header class="bar"><span class="bar-name">Rådgiver på hjul</span>{again && <a class="state" href="#/status">Tilbage</a>}</header>
    <main class="main" id="indhold">
      <h1 tabIndex={-1}>Log ind</h1>
      {again && <p>Det, du har skrevet, ligger sikkert på telefonen. Log ind for at sende det.</p>}
      {error && <div class="alert alert-error" role="alert" tabIndex={-1} ref={box}><p class="alert-text">{error}</p></div>}
      <form noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
        {former ? <p>Din adgangssætning er ny. Skriv den, du brugte før på denne telefon, så åbner det, der ligger på den. Derefter gælder den nye også her.</p>
          : <Field id="email" label="E-mail" type="email" value={email} change={putEmail} input={{ autoComplete: 'username', inputMode: 'email' }} />}
        <Field id="passphrase" label={former ? 'Tidligere adgangssætning' : 'Adgangssætning'} type="password" value={passphrase} change={putPassphrase} input={{ autoComplete: 'current-password' }} />
        <button type="submit" class="button button-primary main-button" aria-disabled={trying}>{trying ? 'Logger ind …' : 'Log ind'}</button>
      </form>
      <Others />
    </main>
    <div class="foot"><Messages /></div>
  </div>
}

function Others() {
  const [waiting, put] = useState<Waiting[]>([])
  useEffect(() => { waitingOf().then(put, () => {}) }, [])
  const unsent = waiting.filter((other) => other.waiting + other.tray > 0)
  if (!unsent.length) return null
  return <section class="alert alert-info" aria-label="Ikke sendt fra denne telefon">
    {unsent.map((other) => <p class="alert-text" key={other.user.id}>
      {waitingWords(other.waiting + other.tray)} fra {other.user.initials} er ikke sendt. De sendes, når {other.user.initials} logger ind.</p>)}
  </section>
}
