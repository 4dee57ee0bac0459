/* The place on the home screen, before the first record, and storage that the browser does not empty. */
import { batch, signal } from '@preact/signals'
import { INVENTED } from '../generated/records'
import { Screen } from './frame'
import { lineState, rows, watched } from './present'
import { go } from './route'

interface InstallEvent extends Event { prompt(): Promise<void>; readonly userChoice: Promise<{ outcome: string }> }
const offered = signal<InstallEvent | null>(null)
export const kept = signal<boolean | null>(null)

export const installed = (): boolean =>
  matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true

export function startInstall(): void {
  addEventListener('beforeinstallprompt', (event) => { event.preventDefault(); offered.value = event as InstallEvent })
  addEventListener('appinstalled', () => { batch(() => { offered.value = null; placed.value = true }) })
}

/* The browser may say no; Status tells which. */
export async function askToKeep(): Promise<void> {
  kept.value = await navigator.storage?.persist?.().catch(() => false) ?? null
}

/* Where it is done by hand in a menu, if the browser does not offer it: Apple's phones in Safari, Chromium in its own. */
const isApple = (/iPhone|iPad/.test(navigator.userAgent) || navigator.maxTouchPoints > 1 && navigator.userAgent.includes('Mac')) && 'standalone' in navigator
const isChromium = 'onbeforeinstallprompt' in window
const placed = signal(false)

/* Before the first record of a real project the app must lie on the home screen (domain.md 3.3). Whoever has written on this phone already, or
   has a browser that cannot, is not shut out from it. */
export const mustInstall = (): boolean => !installed() && isReal() && !watched().ops().length && !watched().setting('install_not_possible')
const isReal = (): boolean => { const project = rows('project')[0]?.data; return Boolean(project && project.reference !== INVENTED) }

/* Asked, where it is not demanded. */
export function Install() {
  const notebook = watched()
  if (installed() || !lineState.value || notebook.setting('install_later')) return null
  if (!offered.value && !isApple) return null
  return <aside class="alert alert-info" aria-label="Læg appen på hjemmeskærmen">
    <h2 class="alert-heading">Læg appen på hjemmeskærmen først</h2>
    <p class="alert-text">{isApple ? 'Ellers kan telefonen slette det, du har skrevet, efter syv dage.' : 'Så ligger det, du skriver, mere sikkert på telefonen.'}</p>
    <How />
    <button type="button" class="button button-tertiary wide" onClick={() => void notebook.putSetting('install_later', true)}>Ikke nu</button>
  </aside>
}

/* In place of every screen that writes. */
export function InstallFirst() {
  const action = offered.value ? <How /> : <button type="button" class="button button-secondary main-button" onClick={() => go('hjaelp')}>Hjælp</button>
  return <Screen title="Læg appen på hjemmeskærmen først" action={action}>
    <p>{isApple ? 'Ellers kan telefonen slette det, du har skrevet, efter syv dage.' : 'Ellers kan browseren tømme det, du har skrevet, når den mangler plads.'} Derfor begynder arbejdet først, når appen ligger på hjemmeskærmen.</p>
    {placed.value ? <p class="alert alert-info" role="status">Appen ligger på hjemmeskærmen nu. Åbn den derfra.</p> : !offered.value && <How />}
    {!placed.value && !offered.value && !isApple && <WayOut />}
    <ul class="list">
      {offered.value && <li><a href="#/hjaelp"><strong>Hjælp</strong><span>Virker også uden net</span></a></li>}
      <li><a href="#/log-ud"><strong>Log ud</strong><span>Der er ikke skrevet noget på telefonen endnu</span></a></li>
    </ul>
  </Screen>
}

function How() {
  if (offered.value) return <button type="button" class="button button-primary wide main-button" onClick={() => void offered.value?.prompt()}>Læg på hjemmeskærmen</button>
  if (isApple) return <ol class="steps"><li>Tryk på <strong>Del</strong>: firkanten med en pil op, nederst i Safari.</li>
    <li>Rul ned, og tryk <strong>Føj til hjemmeskærm</strong>.</li><li>Tryk <strong>Tilføj</strong>, åbn appen fra hjemmeskærmen, og log ind der.</li></ol>
  return isChromium ? <ol class="steps"><li>Åbn browserens menu: de tre prikker.</li>
    <li>Tryk <strong>Føj til startskærm</strong> eller <strong>Installér</strong>.</li><li>Åbn appen fra hjemmeskærmen.</li></ol>
    : <p>Denne browser kan ikke lægge appen på hjemmeskærmen. Åbn adressen i Safari på iPhone eller i Chrome på Android, hvis du kan.</p>
}

/* Only where the browser does not offer it; the office sees in its list of phones that the app is not on the home screen. */
function WayOut() {
  return <details class="more"><summary>Kan det ikke lade sig gøre her?</summary>
    <p>Så kan du skrive i browseren. Den kan tømme det, der ikke er sendt endnu, og det kan ikke hentes igen. Send hver dag, og se på Status, at alt er modtaget. Brug en telefon med appen på hjemmeskærmen, så snart du kan.</p>
    <button type="button" class="button button-secondary wide" onClick={() => void watched().putSetting('install_not_possible', true)}>Skriv i browseren alligevel</button>
  </details>
}
