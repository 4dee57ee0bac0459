/* Lås op: the owner's initials, passkey or passphrase, and the ways out. Knows nothing else, and needs no net. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { signOut } from '../line'
import { type Owner, wrapOf } from '../notebook'
import { Field } from '../parts/fields'
import { forget, heed } from '../parts/present'
import { go } from '../parts/route'
import { unlock, unlockByPasskey } from '../parts/unlocking'
import { SignIn } from './signin'

const ASK_EVERY_MS = 60_000

export function Unlock({ owner }: { owner: Owner }) {
  const [passphrase, putPassphrase] = useState('')
  const [error, putError] = useState('')
  const [trying, tries] = useState(false)
  const [online, chooseOnline] = useState(false)
  const [passkey, hasPasskey] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    document.title = 'Lås op – Rådgiver på hjul'
    heading.current?.focus()
  }, [])
  useEffect(() => {
    const ask = () => void heed(owner).catch(() => {})
    const timer = setInterval(ask, ASK_EVERY_MS)
    addEventListener('online', ask)
    ask()
    return () => { clearInterval(timer); removeEventListener('online', ask) }
  }, [owner.id])
  useEffect(() => { if (error) box.current?.focus() }, [error])
  useEffect(() => { void wrapOf(owner.id).then((wrap) => hasPasskey(Boolean(wrap?.passkey)), () => {}) }, [owner.id])
  const submit = () => passphrase ? attempt(() => unlock(owner, passphrase)) : putError('Skriv din adgangssætning.')
  const attempt = async (open: () => Promise<string | null>) => {
    if (trying) return
    putError('')
    tries(true)
    const words = await open().catch(() => 'Telefonen kan ikke åbne sin notesbog. Intet er slettet. Luk andre faner med appen, og prøv igen.')
    tries(false)
    if (words) { putPassphrase(''); putError(words) }
  }
  if (online) return <SignIn />
  return <div class="screen">
    <header class="bar"><span class="bar-name">Rådgiver på hjul</span></header>
    <main class="main" id="indhold">
      <h1 tabIndex={-1} ref={heading}>Lås op</h1>
      <p>Telefonen er låst for <strong>{owner.initials}</strong>. Det, du har skrevet, ligger krypteret på den. Du behøver ikke net for at låse op.</p>
      {error && <div class="alert alert-error" role="alert" tabIndex={-1} ref={box}><p class="alert-text">{error}</p></div>}
      {passkey && <button type="button" class="button button-primary wide main-button" aria-disabled={trying} onClick={() => void attempt(() => unlockByPasskey(owner))}>Lås op med passkey</button>}
      <form noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
        <Field id="passphrase" label="Adgangssætning" type="password" value={passphrase} change={putPassphrase} input={{ autoComplete: 'current-password' }} />
        <button type="submit" class={`button button-${passkey ? 'secondary' : 'primary'} main-button`} aria-disabled={trying}>{trying ? 'Låser op …' : 'Lås op'}</button>
      </form>
      <button type="button" class="button button-tertiary wide" onClick={() => chooseOnline(true)}>Ny adgangssætning? Log ind med net</button>
      <button type="button" class="button button-tertiary wide" onClick={() => void away()}>Ikke dig? Log ud</button>
    </main>
  </div>
}

/* What is unsent stays, encrypted, and is counted on the next screen. */
async function away(): Promise<void> {
  void signOut().catch(() => false)
  await forget()
  go('', true)
}
