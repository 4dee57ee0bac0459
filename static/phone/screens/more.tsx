/* Mere: the look, the help that works offline, the version, and the way out. */
import { useEffect, useState } from 'preact/hooks'
import { APP_VERSION } from '../line/exact'
import { One } from '../parts/chips'
import { Screen } from '../parts/frame'
import { lockNow } from '../parts/locking'
import { book, user, watched } from '../parts/present'
import { applyTheme, type Theme } from '../parts/theme'
import { passkeyOf } from '../parts/unlocking'

export function More() {
  const theme = watched().setting<Theme>('theme') ?? 'auto'
  const choose = (value: string) => { applyTheme(value as Theme); void book().putSetting('theme', value).catch(() => {}) }
  const [passkey, offers] = useState(false)
  useEffect(() => { void passkeyOf(user.value!).then((there) => offers(there !== false), () => {}) }, [])
  return <Screen title="Mere">
    <p>Logget ind som <strong>{user.value?.name}</strong> ({user.value?.initials})</p>
    <One legend="Udseende" name="theme" value={theme} choose={choose}
      options={[{ value: 'auto', label: 'Som telefonen' }, { value: 'light', label: 'Lys' }, { value: 'dark', label: 'Mørk' }]} />
    <ul class="list">
      <li><a href="#/kurser"><strong>Kurser</strong><span>Hold, ledige pladser og fremmøde</span></a></li>
      <li><a href="#/opfoelgning"><strong>Opfølgning</strong><span>Opkald efter 3, 6 og 12 måneder</span></a></li>
      <li><a href="#/tid"><strong>Tid</strong><span>Dagens forslag og måneden</span></a></li>
      <li><a href="#/taske"><strong>Taske og lager</strong><span>Fyld, giv retur, tæl op</span></a></li>
      <li><a href="#/soeg"><strong>Søg</strong><span>I alt på telefonen</span></a></li>
      <li><a href="#/hjaelp"><strong>Hjælp</strong><span>Virker også uden net</span></a></li>
      <li><a href="#/status"><strong>Status</strong><span>Hvad er sendt, og hvad venter</span></a></li>
      {passkey && <li><a href="#/passkey"><strong>Passkey</strong><span>Lås op med finger, ansigt eller telefonens kode</span></a></li>}
      <li><a href="/konto/sessioner"><strong>Enheder</strong><span>Hvor du er logget ind. Kræver net</span></a></li>
      <li><a href="#/log-ud"><strong>Log ud</strong><span>Intet bliver slettet, medmindre du selv siger det</span></a></li>
    </ul>
    <button type="button" class="button button-secondary wide" onClick={lockNow}>Lås</button>
    <p class="quiet">Rådgiver på hjul, version {APP_VERSION}</p>
  </Screen>
}
