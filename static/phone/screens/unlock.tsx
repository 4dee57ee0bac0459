/* Lås op: the owner's initials, passkey or passphrase, and the ways out. Knows nothing else, and needs no net. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { handIn, signOut } from '../line'
import { type Owner, wrapOf } from '../notebook'
import { canWrite, waitingHere } from '../parts/lockeddesk'
import { Field } from '../parts/fields'
import { mustInstall } from '../parts/install'
import { later } from '../parts/later'
import { Messages } from '../parts/message'
import { forget, heed } from '../parts/present'
import { go } from '../parts/route'
import { waitingWords } from '../parts/state'
import { unlock, unlockByPasskey } from '../parts/unlocking'
import { SignIn } from './signin'

const LockedVisit = later(async () => (await import('./lockedwriting')).LockedVisit)
const LockedTalk = later(async () => (await import('./lockedwriting')).LockedTalk)
const LockedRescue = later(async () => (await import('./rescue')).LockedRescue)
const ASK_EVERY_MS = 60_000

export function Unlock({ owner }: { owner: Owner }) {
  const [passphrase, putPassphrase] = useState('')
  const [error, putError] = useState('')
  const [trying, tries] = useState(false)
  const [online, chooseOnline] = useState(false)
  const [passkey, hasPasskey] = useState(false)
  const [writing, write] = useState<'visit' | 'talk' | 'rescue' | null>(null)
  const [here, look] = useState<Awaited<ReturnType<typeof waitingHere>> | null>(null)
  const count = () => void waitingHere(owner).then(look, () => {})
  const written = () => { write(null); count() }
  const heading = useRef<HTMLHeadingElement>(null)
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (writing) return
    document.title = 'Lås op – Rådgiver på hjul'
    heading.current?.focus()
  }, [writing])
  useEffect(() => {
    const ask = () => {
      void heed(owner).catch(() => {})
      void handIn().catch(() => {}).finally(count)
    }
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
  if (writing === 'rescue') return <LockedRescue owner={owner} done={written} />
  if (writing && here) return writing === 'visit' ? <LockedVisit owner={owner} desk={here.desk} done={written} /> : <LockedTalk owner={owner} desk={here.desk} done={written} />
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
      {here && <Waits {...here} />}
      {here && canWrite(here.desk) && !mustInstall() && <section aria-labelledby="without">
        <h2 id="without">Uden at låse op</h2>
        <button type="button" class="button button-secondary wide" onClick={() => write('visit')}>Nyt besøg</button>
        <button type="button" class="button button-secondary wide" onClick={() => write('talk')}>Ny samtale</button>
      </section>}
      {here && here.desk.waiting > here.sent && <button type="button" class="button button-tertiary wide" onClick={() => write('rescue')}>Kan du ikke låse op? Lav en redningspakke</button>}
      <button type="button" class="button button-tertiary wide" onClick={() => chooseOnline(true)}>Ny adgangssætning? Log ind med net</button>
      <button type="button" class="button button-tertiary wide" onClick={() => void away()}>Ikke dig? Log ud</button>
    </main>
    <div class="foot"><Messages /></div>
  </div>
}

/* A count, and nothing of what is counted. */
function Waits({ desk: { waiting }, sent }: Awaited<ReturnType<typeof waitingHere>>) {
  if (!waiting) return null
  return <p class="quiet" role="status">{waitingWords(waiting)} venter på, at du låser op.{sent > 0 && <> {sent === waiting ? 'Serveren har modtaget alt.' : `Serveren har modtaget ${sent}.`}</>}</p>
}

/* What is unsent stays, encrypted, and is counted on the next screen. */
async function away(): Promise<void> {
  void signOut().catch(() => false)
  await forget()
  go('', true)
}
