/* How safely the phone keeps things, who is signed in on it, and which version it runs. */
import { useEffect, useState } from 'preact/hooks'
import { APP_VERSION } from '../line/exact'
import { askToKeep, installed, kept } from './install'
import { user } from './present'

export function Storage() {
  const [used, put] = useState<number | null>(null)
  useEffect(() => {
    void navigator.storage?.persisted?.().then((yes) => { kept.value = yes }, () => {})
    void navigator.storage?.estimate?.().then(({ usage }) => put(usage ?? null), () => {})
  }, [])
  return <section aria-labelledby="storage">
    <h2 id="storage">Telefonen</h2>
    <dl class="facts">
      <div><dt>Bruger</dt><dd>{user.value?.name}, {user.value?.initials}</dd></div>
      <div><dt>Hjemmeskærm</dt><dd>{installed() ? 'Appen ligger på hjemmeskærmen' : 'Appen ligger ikke på hjemmeskærmen'}</dd></div>
      <div><dt>Lager</dt><dd>{kept.value ? 'Browseren har lovet ikke at tømme det' : 'Browseren har ikke lovet at beholde det'}{used === null ? '' : ` · ${megabytes(used)} i brug`}</dd></div>
      <div><dt>Version</dt><dd>{APP_VERSION}</dd></div>
    </dl>
    {kept.value === false && <button type="button" class="button button-secondary wide" onClick={() => void askToKeep()}>Bed browseren om at beholde alt</button>}
  </section>
}

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1).replace('.', ',')} MB`
