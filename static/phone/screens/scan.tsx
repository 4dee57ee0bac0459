/* Finds a citizen by the card: the code typed, or read by the camera. The picture is looked at on the phone and thrown away. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { Field } from '../parts/fields'
import { Screen } from '../parts/frame'
import { watch } from '../parts/camera'
import { people, whyNotHere } from '../parts/citizens'
import { go, query } from '../parts/route'
import { readCode } from '../rules/code'

/* The way on when the code is known here; else words. */
function follow(typed: string): string | null {
  const { code, problem } = readCode(typed)
  if (problem) return problem.words
  const person = people().find(({ data }) => data.code === code)
  if (!person) return whyNotHere(code)
  go(query('til') === 'samtale' ? `samtale/ny/${person.id}?besoeg=${query('besoeg') ?? ''}` : `borger/${person.id}`, true)
  return null
}

export function Scan() {
  const [typed, type] = useState('')
  const [wrong, say] = useState<string | null>(null)
  const submit = () => say(follow(typed))
  return <Screen title="Scan kort" back={{ to: 'borgere', label: 'Borgere' }}
    action={<button type="button" class="button button-primary main-button" onClick={submit}>Find borger</button>}>
    <form noValidate onSubmit={(event) => { event.preventDefault(); submit() }}>
      <Field id="code" label="Kode" value={typed} change={(value) => { type(value); say(null) }} error={wrong ?? undefined} hint="Fem tegn fra samtalekortet"
        input={{ autoComplete: 'off', enterKeyHint: 'go', maxLength: 9 }} />
    </form>
    <Camera read={(text) => say(follow(text))} />
  </Screen>
}

function Camera({ read }: { read: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const stop = useRef<() => void>(() => {})
  const gone = useRef(false)
  const [on, turn] = useState(false)
  const [words, put] = useState('')
  useEffect(() => () => { gone.current = true; stop.current() }, [])
  const start = async () => {
    turn(true)
    put('Hold kortets QR foran kameraet.')
    try {
      stop.current = await watch(video.current!, read)
      if (gone.current) stop.current()
    } catch {
      if (gone.current) return
      turn(false)
      put('Kameraet kunne ikke åbnes. Skriv koden i stedet.')
    }
  }
  if (!navigator.mediaDevices) return <p class="quiet">Telefonen giver ikke adgang til et kamera her. Skriv koden.</p>
  return <>
    {!on && <button type="button" class="button button-secondary wide" onClick={() => void start()}>Tænd kameraet</button>}
    <p role="status" class="quiet">{words}</p>
    <video ref={video} class="camera" hidden={!on} playsInline muted aria-label="Kameraets billede" />
  </>
}
