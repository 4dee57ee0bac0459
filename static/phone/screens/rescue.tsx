/* Redningspakke: when to use it, the file itself, and how it leaves the phone. On an open phone and on a locked one. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Rescue as Package, rescue } from '../line'
import { lockedDesk, type Owner } from '../notebook'
import { Screen } from '../parts/frame'
import { book, user } from '../parts/present'
import { waitingWords } from '../parts/state'

export function Rescue() {
  return <Screen title="Redningspakke" back={{ to: 'status', label: 'Status' }}><Make owner={user.value!} /></Screen>
}

export function LockedRescue({ owner, done }: { owner: Owner; done: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = 'Redningspakke – Rådgiver på hjul'
    heading.current?.focus({ preventScroll: true })
  }, [])
  return <div class="screen">
    <header class="bar"><button type="button" class="bar-back" onClick={done}><span aria-hidden="true">‹ </span>Lås op</button></header>
    <main class="main" id="indhold">
      <h1 tabIndex={-1} ref={heading}>Redningspakke</h1>
      <Make owner={owner} />
    </main>
  </div>
}

function Make({ owner }: { owner: Owner }) {
  const [made, put] = useState<Package | null | undefined>(undefined)
  const [words, say] = useState('')
  const make = async () => {
    say('Laver pakken …')
    put(undefined)
    try {
      const found = await rescue(owner, await lockedDesk(owner.id), user.value ? book() : null)
      put(found)
      say(found ? '' : NOTHING)
    } catch {
      say('Pakken blev ikke lavet. Intet er slettet. Prøv igen.')
    }
  }
  return <>
    <p>Brug den, når telefonen ikke kan sende, og det ikke kan vente: intet net i flere dage, en app, der fejler, eller en telefon, der skal afleveres.</p>
    <p>Det, der venter, bliver lagt i en fil, som kun serveren kan åbne. Giv filen til koordinatoren. Det bliver også liggende på telefonen, og sender den selv senere, tæller det kun én gang.</p>
    <button type="button" class={`button button-${made ? 'secondary' : 'primary'} wide main-button`} onClick={() => void make()}>Lav redningspakke</button>
    <p role="status">{words}</p>
    {made && <Made {...made} />}
  </>
}

const NOTHING = 'Der er ikke noget at lægge i en pakke: serveren har alt, eller telefonen har ikke haft kontakt med den siden opdateringen.'

function Made({ file, count, left }: Package) {
  const [words, say] = useState('')
  const shares = navigator.canShare?.({ files: [file] }) ?? false
  const share = () => navigator.share({ files: [file], title: 'Redningspakke' }).then(() => say('Filen er delt.'), () => say('Filen blev ikke delt. Du kan prøve igen eller gemme den.'))
  return <section aria-labelledby="made">
    <h2 id="made">{waitingWords(count)} i pakken</h2>
    {left > 0 && <p class="alert alert-warning">{waitingWords(left)} kan ikke komme med, mens telefonen er låst. De bliver liggende.</p>}
    {shares && <button type="button" class="button button-primary wide" onClick={() => void share()}>Del filen</button>}
    <button type="button" class={`button button-${shares ? 'secondary' : 'primary'} wide`} onClick={() => { saveFile(file); say(`Filen hedder ${file.name} og ligger i Overførsler.`) }}>Gem filen</button>
    <p role="status" class="quiet">{words}</p>
    <p class="quiet">Koordinatoren indlæser den på kontoret under Brugere og telefoner.</p>
  </section>
}

const LASTS_MS = 60_000

function saveFile(file: File): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), LASTS_MS)
}
