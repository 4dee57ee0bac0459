/* One practice: call, go in, hand out; when it is open and what has happened there. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Practice as Data } from '../generated/records'
import { clock, dayOf, dayWords, today } from '../parts/calendar'
import { arrive, begun } from '../parts/arrival'
import { Closed } from '../parts/closed'
import { Screen } from '../parts/frame'
import { HandOutNow } from '../parts/handoutnow'
import { type Visited, visitsAt } from '../parts/places'
import { Plans } from '../parts/planvisit'
import { row } from '../parts/present'
import { hours, label, phoneLink, phoneWords, stateWords } from '../parts/words'
import { Missing } from './missing'

export function Practice({ id }: { id: string }) {
  const [closing, close] = useState(false)
  const place = row('practice', id)
  if (!place) return <Missing what="Praksis" />
  const { data } = place
  const visits = visitsAt(id)
  const start = begun(id)
  const phone = data.contacts?.find((contact) => contact['phone'])?.['phone']
  return <Screen title={data.name} lead={`${data.address}, ${data.postal_code} ${data.city}`} back={{ to: 'praksisser', label: 'Praksisser' }}>
    <p><span class="tag">{label('agreement_status', data.agreement_status ?? 'CANDIDATE')}</span> {next(visits)}</p>
    {start?.kind === 'arrived' && <p class="arrived"><strong>Ankommet kl. {clock(start.at)}</strong></p>}
    <div class="doings">
      <a class="button button-primary" href={`#/besoeg/ny/${id}`}>{start?.kind === 'draft' ? 'Fortsæt besøg' : 'Log besøg'}</a>
      {!start && <button type="button" class="button button-secondary" onClick={() => void arrive(id)}>Ankommet</button>}
      <button type="button" class="button button-secondary" onClick={() => close(true)}>Lukket</button>
    </div>
    <div class="doings">
      <a class="button button-secondary" href="#/ny/samtale">Samtale</a>
      <a class="button button-secondary" href={`#/borger/ny?praksis=${id}`}>Ny borger</a>
      <a class="button button-secondary" href={`#/samtale/anonym?praksis=${id}`}>Anonym samtale</a>
    </div>
    <HandOutNow practice={id} />
    <Plans practice={id} />
    {phone && <a class="button button-secondary wide" href={phoneLink(phone)}>Ring {phoneWords(phone)}</a>}
    <Facts data={data} />
    <History visits={visits} />
    {closing && <Closed practice={id} name={data.name} close={() => close(false)} />}
  </Screen>
}

function next(visits: readonly Visited[]): string {
  const on = visits[0]?.data.next_visit_on
  return on ? `Næste besøg ${dayWords(on)}${on < today() ? ' (overskredet)' : ''}` : ''
}

const span = (entry: Record<string, string>): string => hours([entry['from'], entry['to']].filter(Boolean).join('-'))

const WEEK = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']
const NAMES = ['man.', 'tirs.', 'ons.', 'tors.', 'fre.', 'lør.', 'søn.']

/* "man.–ons. 8.00–15.00, tors. 8.00–17.00": days that follow each other with the same hours are one. */
function openingWords(opening: Data['opening']): string {
  const runs: { from: number; to: number; span: string }[] = []
  const rank = (entry: Record<string, string>) => WEEK.indexOf(entry['weekday'] ?? '')
  for (const entry of [...opening ?? []].sort((a, b) => rank(a) - rank(b))) {
    const last = runs.at(-1)
    if (last?.span === span(entry) && rank(entry) === last.to + 1) last.to = rank(entry)
    else runs.push({ from: rank(entry), to: rank(entry), span: span(entry) })
  }
  return runs.map(({ from, to, span: open }) => `${NAMES[from] ?? ''}${to > from ? `–${NAMES[to]}` : ''} ${open}`.trim()).join(', ')
}

function Facts({ data }: { data: Data }) {
  const day = today()
  const closures = data.closures?.filter((closure) => (closure['to'] ?? '9999') >= day).slice(0, 2)
  return <dl class="facts">
    <Fact name="Bedste tid">{data.visit_window && hours(data.visit_window)}</Fact>
    <Fact name="Undgå">{data.avoid && hours(data.avoid)}</Fact>
    <Fact name="Åbent">{openingWords(data.opening)}</Fact>
    <Fact name="Telefontid">{data.phone_hours?.map(span).join(', ')}</Fact>
    <Fact name="Lukket">{closures?.map((closure) => `${closed(closure['from'])} – ${closed(closure['to'])}`).join(', ')}</Fact>
    <Fact name="Lokale">{data.talk_room === undefined ? '' : data.talk_room ? 'Der er et lokale til samtaler' : 'Intet lokale til samtaler'}</Fact>
    <Fact name="Adgang">{data.access_note}</Fact>
    <Fact name="Cykel">{data.bike_note}</Fact>
    <Fact name="Læger">{data.doctors?.map((doctor) => doctor['name']).join(', ')}</Fact>
    {data.contacts?.map((contact, i) => <Fact name={contact['role'] || 'Kontakt'} key={i}>{contact['name']}{contact['call_time'] ? `, ring ${hours(contact['call_time'])}` : ''}</Fact>)}
  </dl>
}

const closed = (day: string | undefined): string => day && /^\d{4}-\d\d-\d\d$/.test(day) ? dayWords(day) : day ?? ''

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  if (!children || (Array.isArray(children) && !children.some(Boolean))) return null
  return <div><dt>{name}</dt><dd>{children}</dd></div>
}

const FIRST = 8

function History({ visits }: { visits: readonly Visited[] }) {
  const [all, show] = useState(false)
  if (!visits.length) return <p class="quiet">Ingen besøg endnu.</p>
  return <section aria-labelledby="history">
    <h2 id="history">Besøg</h2>
    <ul class="list">{visits.slice(0, all ? undefined : FIRST).map(({ id, data, state }) => <li key={id}><a href={`#/besoeg/${id}`}>
      <strong>{dayWords(dayOf(data.occurred_at))} · {label('visit_outcome', data.outcome)}</strong>
      <span>{data.minutes} min. · {data.met_roles.map((role) => label('met_role', role, dayOf(data.occurred_at)).toLowerCase()).join(', ')}{state === 'SAVED' ? '' : ` · ${stateWords(state)}`}</span>
      {data.note && <span>{data.note}</span>}</a></li>)}</ul>
    {!all && visits.length > FIRST && <button type="button" class="button button-tertiary wide" onClick={() => show(true)}>Vis alle {visits.length} besøg</button>}
  </section>
}
