/* How safely the phone keeps things, who is signed in on it, and which version it runs. */
import { useEffect, useState } from 'preact/hooks'
import { APP_VERSION } from '../line/exact'
import { when } from './calendar'
import { askToKeep, installed, kept } from './install'
import { openedBefore, user } from './present'
import { isWhole } from './worker'

const NEARLY_FULL = 0.8

export function Storage() {
  const [used, put] = useState<{ bytes: number; of: number } | null>(null)
  const [whole, is] = useState<boolean | null>(null)
  useEffect(() => {
    void navigator.storage?.persisted?.().then((yes) => { kept.value = yes }, () => {})
    void navigator.storage?.estimate?.().then(({ usage, quota }) => put(usage === undefined || !quota ? null : { bytes: usage, of: quota }), () => {})
    void isWhole().then(is, () => is(false))
  }, [])
  const full = used !== null && used.bytes > used.of * NEARLY_FULL
  return <section aria-labelledby="storage">
    <h2 id="storage">Telefonen</h2>
    {full && <p class="alert alert-warning">Telefonen er næsten fuld. Slet billeder eller apps, så der er plads til det, du skriver.</p>}
    <dl class="facts">
      <div><dt>Bruger</dt><dd>{user.value?.name}, {user.value?.initials}</dd></div>
      <div><dt>Hjemmeskærm</dt><dd>{installed() ? 'Appen ligger på hjemmeskærmen' : 'Appen ligger ikke på hjemmeskærmen'}</dd></div>
      <div><dt>Uden net</dt><dd>{whole === null ? 'Ser efter …' : whole ? 'Appen ligger hel på telefonen' : 'Appen er ikke hentet helt. Åbn den med net'}</dd></div>
      <div><dt>Lager</dt><dd>{kept.value ? 'Browseren har lovet ikke at tømme det' : 'Browseren har ikke lovet at beholde det'}{used && ` · ${sizeWords(used.bytes)} i brug af ${sizeWords(used.of)}`}</dd></div>
      <div><dt>Åbnet før</dt><dd>{openedBefore.value ? when(openedBefore.value) : 'Ikke før nu'}</dd></div>
      <div><dt>Version</dt><dd>{APP_VERSION}</dd></div>
    </dl>
    {kept.value === false && <button type="button" class="button button-secondary wide" onClick={() => void askToKeep()}>Bed browseren om at beholde alt</button>}
  </section>
}

const GB = 1_024 ** 3
const sizeWords = (bytes: number): string => `${(bytes / (bytes < GB ? 1_024 ** 2 : GB)).toFixed(1).replace('.', ',')} ${bytes < GB ? 'MB' : 'GB'}`
