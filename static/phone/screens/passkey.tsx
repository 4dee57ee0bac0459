/* Passkey: lets the phone's own lock open the notebook beside the passphrase, and takes it away again. Needs no net. */
import { useEffect, useState } from 'preact/hooks'
import { when } from '../parts/calendar'
import { Field } from '../parts/fields'
import { Screen } from '../parts/frame'
import { say } from '../parts/message'
import { user } from '../parts/present'
import { dropPasskey, passkeyOf, UNABLE, usePasskey } from '../parts/unlocking'

export function Passkey() {
  const owner = user.value!
  const [there, put] = useState<string | boolean | null>(null)
  const look = () => passkeyOf(owner).then(put, () => put(false))
  useEffect(() => { void look() }, [owner.id])
  return <Screen title="Passkey" back={{ to: 'mere', label: 'Mere' }}>
    {there === false && <p>{UNABLE}</p>}
    {there === true && <TurnOn look={look} />}
    {typeof there === 'string' && <TurnOff made_at={there} look={look} />}
  </Screen>
}

function TurnOn({ look }: { look: () => Promise<void> }) {
  const [passphrase, putPassphrase] = useState('')
  const [error, putError] = useState('')
  const [trying, tries] = useState(false)
  const submit = async () => {
    if (trying) return
    putError('')
    if (!passphrase) return putError('Skriv din adgangssætning.')
    tries(true)
    const words = await usePasskey(user.value!, passphrase).catch(() => 'Det lykkedes ikke. Prøv igen. Intet er ændret.')
    tries(false)
    putPassphrase('')
    if (!words) say('Passkeyen er slået til')
    if (!words || words === UNABLE) return look()
    putError(words)
  }
  return <>
    <p>Lås op med finger, ansigt eller telefonens kode i stedet for at skrive. Det virker uden net, og din adgangssætning virker stadig.</p>
    <p>Slå det kun til på en telefon, som ingen andre kan låse op.</p>
    <form noValidate onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <Field id="passphrase" label="Adgangssætning" type="password" value={passphrase} change={putPassphrase} error={error || undefined}
        hint="Den, du låser telefonen op med" input={{ autoComplete: 'current-password' }} />
      <button type="submit" class="button button-primary wide main-button" aria-disabled={trying}>{trying ? 'Vent …' : 'Slå til'}</button>
    </form>
  </>
}

function TurnOff({ made_at, look }: { made_at: string; look: () => Promise<void> }) {
  const remove = async () => {
    await dropPasskey(user.value!)
    say('Passkeyen er slået fra')
    await look()
  }
  return <>
    <p><strong>Slået til</strong> {when(made_at)}. Din adgangssætning virker stadig.</p>
    <button type="button" class="button button-secondary wide" onClick={() => void remove()}>Slå fra</button>
    <p class="quiet">Når den er slået fra, åbner den ingenting. Ligger den stadig på telefonens egen liste over passkeys, kan du slette den der.</p>
  </>
}
