/* Asks for a place on the home screen before the first record, and for storage that the browser does not empty. */
import { signal } from '@preact/signals'
import { lineState, watched } from './present'

interface InstallEvent extends Event { prompt(): Promise<void>; readonly userChoice: Promise<{ outcome: string }> }
const offered = signal<InstallEvent | null>(null)
export const kept = signal<boolean | null>(null)

export const installed = (): boolean =>
  matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true

export function startInstall(): void {
  addEventListener('beforeinstallprompt', (event) => { event.preventDefault(); offered.value = event as InstallEvent })
  addEventListener('appinstalled', () => { offered.value = null })
}

/* The browser may say no; Status tells which. */
export async function askToKeep(): Promise<void> {
  kept.value = await navigator.storage?.persist?.().catch(() => false) ?? null
}

const isApple = /iPhone|iPad/.test(navigator.userAgent)

export function Install() {
  const notebook = watched()
  if (installed() || !lineState.value || notebook.setting('install_later')) return null
  if (!offered.value && !isApple) return null
  return <aside class="alert alert-info" aria-label="Læg appen på hjemmeskærmen">
    <h2 class="alert-heading">Læg appen på hjemmeskærmen først</h2>
    <p class="alert-text">{isApple ? 'Ellers kan telefonen slette det, du har skrevet, efter syv dage.' : 'Så ligger det, du skriver, mere sikkert på telefonen.'}</p>
    {offered.value
      ? <button type="button" class="button button-primary wide" onClick={() => void offered.value?.prompt()}>Læg på hjemmeskærmen</button>
      : <ol class="steps"><li>Tryk på <strong>Del</strong>: firkanten med en pil op, nederst i Safari.</li>
        <li>Rul ned, og tryk <strong>Føj til hjemmeskærm</strong>.</li><li>Tryk <strong>Tilføj</strong>, og åbn appen fra hjemmeskærmen.</li></ol>}
    <button type="button" class="button button-tertiary wide" onClick={() => void notebook.putSetting('install_later', true)}>Ikke nu</button>
  </aside>
}
