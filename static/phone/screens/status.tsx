/* Status: where each record is, counted from the server's own list. Nothing waits unseen, nothing is called sent that is not. */
import { useEffect, useState } from 'preact/hooks'
import { dayOf, today, when } from '../parts/calendar'
import type { OpTrace } from '../notebook'
import { Lost } from '../parts/lost'
import { recordWords } from '../parts/fieldwords'
import { Screen } from '../parts/frame'
import { line, lineState, row, watched } from '../parts/present'
import { inWords, waitingWords } from '../parts/state'
import { Storage } from '../parts/storage'
import { traceWords } from '../parts/words'
import { Settle } from './settle'
import { Tray } from './tray'

export function Status() {
  const state = lineState.value
  if (!state) return null
  const all = watched().ops()
  const waiting = all.filter(({ where }) => where === 'outbox')
  const held = all.filter(({ status }) => status === 'held')
  const sent = all.filter(({ where, status, made_at }) => where === 'journal' && status !== 'held' && dayOf(made_at) === today())
  const { text, tone } = inWords(state)
  return <Screen title="Status" stated>
    <p class={`state-row state-${tone}`}>{text}</p>
    <Lost />
    <Hints />
    <SendNow />
    <Received />
    <Tray />
    <Settle />
    <Traces id="waiting" title={`Venter (${waiting.length})`} traces={waiting} none="Der venter ikke noget på telefonen." />
    {waiting.length > 0 && <p><a href="#/redning">Kan telefonen ikke sende? Lav en redningspakke</a></p>}
    {held.length > 0 && <Traces id="held" title={`Venter på en anden telefon (${held.length})`} traces={held} />}
    {sent.length > 0 && <Traces id="sent" title={`Sendt i dag (${sent.length})`} traces={sent} />}
    <Storage />
  </Screen>
}

function Hints() {
  const state = lineState.value!
  return <>
    {state.phase === 'SIGN_IN' && <div class="alert alert-warning">
      <p class="alert-text">Log ind for at sende {waitingWords(state.waiting)}. De ligger sikkert på telefonen.</p>
      <a class="button button-primary wide" href="#/log-ind">Log ind</a></div>}
    {state.phase === 'ASKS_REMOVAL' && <div class="alert alert-warning">
      <p class="alert-text">Serveren vil fjerne {waitingWords(state.removal)} fra telefonen. Det er mange. Er du i tvivl, så ring til koordinatoren først.</p>
      <button type="button" class="button button-secondary wide" onClick={() => void line().confirmRemoval()}>Ja, fjern dem</button></div>}
    {(state.phase === 'REVOKED' || state.phase === 'UPDATE_APP') && <p class="alert alert-warning">{state.message ?? 'Ring til koordinatoren.'} Det, du har skrevet, bliver liggende.</p>}
    {(state.phase === 'NO_ANSWER' || state.phase === 'TROUBLE') && <p class="quiet">{state.message ?? 'Ingen forbindelse til serveren lige nu.'} Telefonen prøver igen af sig selv.</p>}
  </>
}

/* Apple's browser wakes no page when the net is back (domain.md 3.3). */
const sleeps = 'standalone' in navigator

function SendNow() {
  const [words, put] = useState('')
  const send = async () => {
    put('Sender …')
    const after = await line().sync('tap')
    put(after.waiting ? `${waitingWords(after.waiting)} venter stadig på telefonen.` : after.phase === 'IDLE' ? 'Alt er sendt.' : 'Serveren svarede ikke.')
  }
  const last = lineState.value!.last_ok_at
  return <>
    <button type="button" class="button button-primary wide main-button" onClick={() => void send()}>Send nu</button>
    {sleeps && lineState.value!.waiting > 0 && <p class="quiet">En iPhone sender kun, mens appen er åben. Åbn appen, når du har net.</p>}
    <p role="status" class="quiet">{words || (last ? `Sidste kontakt med serveren: ${when(last)}` : 'Ingen kontakt med serveren siden appen blev åbnet.')}</p>
  </>
}

/* "12 af 12 modtaget": the phone names what it made today, the server says which of them it has. */
function Received() {
  const made = watched().ops().filter(({ made_at }) => dayOf(made_at) === today())
  const asked = made.map(({ op_id }) => op_id).join()
  const heard = lineState.value!.last_ok_at
  const [got, put] = useState<{ n: number; of: number } | null>(null)
  useEffect(() => {
    let current = true
    if (!made.length) { put(null); return }
    void line().receipts(made.map(({ op_id }) => op_id)).then((list) => {
      if (current) put(list && { n: list.filter(({ status }) => !['unknown', 'retry'].includes(status)).length, of: made.length })
    }, () => { if (current) put(null) })
    return () => { current = false }
  }, [asked, heard])
  if (!made.length) return <p>Du har ikke skrevet noget i dag.</p>
  if (!got) return <p class="receipt">I dag: {made.length} skrevet. Serveren kan ikke spørges lige nu.</p>
  const all = got.n === got.of
  const left = watched().tray().length
  return <p class={`receipt${all && !left ? ' receipt-all' : ''}`}><strong>{got.n} af {got.of} modtaget</strong> i dag, talt på serverens egen liste.
    {left ? ` ${left} skal rettes, før du går hjem.` : all ? ' Gå trygt hjem.' : ''}</p>
}

function Traces({ id, title, traces, none }: { id: string; title: string; traces: readonly OpTrace[]; none?: string }) {
  return <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {!traces.length && <p class="quiet">{none}</p>}
    <ul class="list">{traces.map((trace) => <li key={trace.op_id} class="list-plain"><strong>{words(trace)}</strong><span>{traceWords(trace)}</span>{trace.notice && <span>{trace.notice}</span>}</li>)}</ul>
  </section>
}

function words(trace: OpTrace): string {
  const what = recordWords(trace.kind, row(trace.kind, trace.id)?.data as unknown as Record<string, unknown>)
  return trace.action === 'create' ? what : trace.action === 'delete' ? `Slettet: ${what}` : `Rettet: ${what}`
}
