/* Praksisser: found by any way of spelling, longest unseen first, or the nearest; also picks one for a visit or a handout. */
import { useState } from 'preact/hooks'
import { finds, inOrder } from '../rules/alphabet'
import { distance, type Point } from '../rules/route'
import { One } from '../parts/chips'
import { Field } from '../parts/fields'
import { Screen } from '../parts/frame'
import { isMine, type Place, sinceLast, spotOf, stopsToday } from '../parts/places'
import { book, rows } from '../parts/present'
import { label } from '../parts/words'

const TITLES = { '': 'Praksisser', besoeg: 'Log besøg', uddeling: 'Uddeling' }
const TO = { '': 'praksis', besoeg: 'besoeg/ny', uddeling: 'uddeling' }

/* `pick`: what the chosen practice is for; without it the list only leads to the practice. */
export function Practices({ pick = '' }: { pick?: keyof typeof TITLES }) {
  const [sought, seek] = useState('')
  const [whose, choose] = useState(book().setting<string>('practices_whose') ?? 'all')
  const [here, stand] = useState<Point | null>(null)
  const keep = (value: string) => { choose(value); void book().putSetting('practices_whose', value).catch(() => {}) }
  const first = pick && !sought ? stopsToday().map(({ place }) => place.id) : []       // where one is, then where one is going (domain.md 3.2)
  const turn = ({ id }: Place): number => (!first.includes(id) ? first.length : here ? 0 : first.indexOf(id))
  const found = rows('practice')
    .filter(({ data }) => whose === 'all' || isMine(data))
    .filter(({ data }) => finds(sought, data.name, data.address, data.postal_code, data.city, label('district', data.district), data.number))
    .map((place) => ({ place, ...sinceLast(place), metres: away(place, here) }))
    .sort((a, b) => turn(a.place) - turn(b.place) || (here ? (a.metres ?? Infinity) - (b.metres ?? Infinity) : rank(b) - rank(a) || inOrder(a.place.data.name, b.place.data.name)))
  return <Screen title={TITLES[pick]} {...(pick ? { lead: 'Vælg praksis', back: { to: '', label: 'I dag' } } : {})}>
    <div role="search"><Field id="search" label="Søg" type="search" value={sought} change={seek} hint="Navn, vej eller bydel" input={{ autoComplete: 'off', enterKeyHint: 'search' }} /></div>
    <One legend="Vis" name="whose" value={whose} choose={keep} options={[{ value: 'all', label: 'Alle' }, { value: 'mine', label: 'Mine' }]} />
    <Nearest here={here} stand={stand} />
    <p role="status" class="quiet">{found.length === 1 ? '1 praksis' : `${found.length} praksisser`}{first.length ? ', dagens først' : here ? ', nærmeste først' : ', længst siden først'}</p>
    <ul class="list">{found.map(({ place, days, over, metres }) => <li key={place.id}><a href={`#/${TO[pick]}/${place.id}`}>
      <strong>{place.data.name}</strong>
      <span>{label('district', place.data.district)} · {since(place, days, over)}{metres !== null ? ` · ${far(metres)}` : ''}</span></a></li>)}</ul>
  </Screen>
}

const agreed = ({ data }: Place): boolean => data.agreement_status === 'AGREED'
const rank = ({ place, days }: { place: Place; days: number | null }): number => (agreed(place) ? days ?? 10_000 : -1)

function since(place: Place, days: number | null, over: number): string {
  if (!agreed(place)) return label('agreement_status', place.data.agreement_status ?? 'CANDIDATE')
  if (days === null) return 'Ikke besøgt endnu'
  if (days === 0) return 'Besøgt i dag'
  return over ? `Længe siden: ${days} dage` : days === 1 ? '1 dag siden' : `${days} dage siden`
}

const away = (place: Place, here: Point | null): number | null => {
  const spot = spotOf(place)
  return here && spot ? distance(here, spot) : null
}
const far = (metres: number): string => metres < 950 ? `${Math.round(metres / 50) * 50} m` : `${(metres / 1000).toFixed(1).replace('.', ',')} km`

/* The position is used for this list and forgotten with it. */
function Nearest({ here, stand }: { here: Point | null; stand: (here: Point | null) => void }) {
  const [words, put] = useState('')
  const ask = () => {
    put('Finder, hvor du er …')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { put(''); stand({ lat: coords.latitude, lon: coords.longitude }) },
      () => put('Telefonen kunne ikke finde, hvor du er. Listen virker uden.'), { timeout: 8_000, maximumAge: 60_000 })
  }
  if (!('geolocation' in navigator)) return null
  return <>
    <button type="button" class="button button-secondary wide" onClick={() => here ? stand(null) : ask()}>{here ? 'Længst siden først' : 'Nærmeste først'}</button>
    <p role="status" class="quiet">{words}</p>
  </>
}
