/* I dag: what has been saved, where to go and why, what has been written down. Opens with and without a net. */
import { useEffect } from 'preact/hooks'
import { begun } from '../parts/arrival'
import { clock, dayOf, today, when } from '../parts/calendar'
import { longDay } from '../rules/dates'
import { Card } from '../parts/card'
import { CardNews } from '../parts/cardnews'
import { codeOf } from '../parts/citizens'
import { Code } from '../parts/code'
import { Screen } from '../parts/frame'
import { SeatNews } from '../parts/seatnews'
import { CallsToday } from '../parts/callstoday'
import { SessionsToday } from '../parts/sessionstoday'
import { Install } from '../parts/install'
import { Lost } from '../parts/lost'
import { batchWords, danish, shelves } from '../parts/materials'
import { type Stop, stopsToday } from '../parts/places'
import { book, lineState, now, row, rows, type Shown, user } from '../parts/present'
import { firstFetch, inWords } from '../parts/state'
import { StepsToday } from '../parts/steplist'
import { label, shortMaterial, stateWords } from '../parts/words'

export function Today() {
  void now.value
  const stops = stopsToday()
  const known = { day: today(), practices: stops.map(({ place }) => ({ id: place.id, begun: begun(place.id) !== null })) }
  useEffect(() => { void book().readyToLock(known).catch(() => {}) }, [JSON.stringify(known)])
  return <Screen title="I dag" stated lead={longDay(today())}>
    <State />
    <Lost />
    <Install />
    <SeatNews />
    <CardNews />
    <section aria-labelledby="stops">
      <h2 id="stops">Praksisser</h2>
      <Bag stops={stops} />
      {stops.length ? <ul class="places">{stops.map((stop, i) => <Card key={stop.place.id} stop={stop} number={i + 1} />)}</ul> : <NoStops />}
    </section>
    <StepsToday />
    <SessionsToday />
    <CallsToday />
    <Logged />
  </Screen>
}

function State() {
  const state = lineState.value
  if (!state) return null
  const { text, tone } = inWords(state)
  const late = state.oldest && Date.now() - Date.parse(state.oldest) > 48 * 3_600_000
  return <>
    <a class={`state-row state-${tone}`} href="#/status">{text}<span aria-hidden="true"> ›</span></a>
    {late && <p class="alert alert-warning">Noget har ventet siden {when(state.oldest!)}. Åbn appen, når du har net.</p>}
    {Math.abs(state.clock_off_minutes) > 10 && <p class="alert alert-warning">Telefonens ur går {Math.abs(state.clock_off_minutes)} minutter
      {state.clock_off_minutes > 0 ? ' for stærkt' : ' for langsomt'}. Ret det i telefonens indstillinger.</p>}
  </>
}

function NoStops() {
  if (rows('practice').length) return <p>Ingen praksisser at besøge i dag. <a href="#/praksisser">Se alle praksisser</a></p>
  return lineState.value && firstFetch(lineState.value)
    ? <p role="status">Henter dine praksisser. Det tager et øjeblik.</p>
    : <p>Praksisserne er ikke hentet endnu. De kommer, når telefonen har haft net.</p>
}

/* Only where the past says something: what these practices took last time, less what is in the bag. */
function Bag({ stops }: { stops: readonly Stop[] }) {
  const moves = rows('stock_move').filter(({ data }) => data.move === 'HANDED_OUT')
  const take = shelves().filter(({ material }) => PACKED.includes(material.type)).map((shelf) => {
    const { batch_id, bag } = danish(shelf)
    const last = stops.map(({ place }) => lastHandout(moves.filter(({ data }) => data.practice_id === place.id && data.batch_id === batch_id)))
    const wanted = last.reduce((sum, n) => sum + n, 0)
    return { name: (PLURAL[shelf.material.type] ?? shortMaterial(shelf.material)).toLowerCase(), wanted, bag, missing: Math.ceil((wanted - Math.max(0, bag)) / 5) * 5 }
  }).filter(({ missing }) => missing > 0)
  if (!take.length) return null
  const each = (words: (one: (typeof take)[number]) => string | number) => take.map(words).join(' og ')
  return <p class="bag">Tag {each(({ name, missing }) => `${missing} ${name}`)} med. Sidst tog dagens praksisser {each(({ wanted }) => wanted)}, og i tasken ligger {each(({ bag }) => Math.max(0, bag))}.</p>
}

const PACKED: readonly string[] = ['PATIENT_FLYER', 'TALK_CARD']
const PLURAL: Record<string, string> = { PATIENT_FLYER: 'Foldere' }

function lastHandout(moves: readonly Shown<'stock_move'>[]): number {
  const days = moves.map(({ data }) => dayOf(data.occurred_at ?? ''))
  const latest = days.sort().at(-1)
  return moves.filter(({ data }) => dayOf(data.occurred_at ?? '') === latest).reduce((sum, { data }) => sum + data.quantity, 0)
}

function Logged() {
  const mine = <T extends { author_id: string | null; data: { occurred_at?: string } }>(all: T[]) =>
    all.filter(({ author_id, data }) => author_id === user.value!.id && data.occurred_at && dayOf(data.occurred_at) === today())
  const visits = mine(rows('visit')).sort((a, b) => b.data.occurred_at.localeCompare(a.data.occurred_at))
  const talks = mine(rows('talk'))
  const handouts = mine(rows('stock_move')).filter(({ data }) => data.move === 'HANDED_OUT')
  if (!visits.length && !talks.length && !handouts.length) return null
  const name = (id?: string) => (id && row('practice', id)?.data.name) || 'Praksis'
  return <section aria-labelledby="logged">
    <h2 id="logged">Logget i dag</h2>
    <ul class="list">
      {visits.map(({ id, data, state }) => <li key={id}><a href={`#/besoeg/${id}`}>
        <strong>Kl. {clock(data.occurred_at)} · {name(data.practice_id)}</strong>
        <span>{label('visit_outcome', data.outcome)}, {data.minutes} min. · {stateWords(state)}</span></a></li>)}
      {talks.map(({ id, data, state }) => <li key={id}><a href={`#/samtale/${id}`}>
        <strong>Kl. {clock(data.occurred_at)} · {data.citizen_id ? <>Samtale, <Code code={codeOf(data.citizen_id)} /></> : 'Anonym samtale'}</strong>
        <span>{data.minutes} min. · {stateWords(state)}</span></a></li>)}
      {handouts.map(({ id, data, state }) => <li key={id} class="list-plain">
        <strong>{batchWords(data.batch_id)}: {data.quantity}</strong><span>{name(data.practice_id)} · {stateWords(state)}</span></li>)}
    </ul>
  </section>
}
