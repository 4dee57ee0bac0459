/* A text that never carries a CPR number: the place is shown, one tap takes it out, and nothing is saved before. */
import { detect, type Hit, redact } from '../rules/text_guard'

interface NoteProps {
  id: string; label: string; hint?: string; most: number; value: string; change: (value: string) => void
  not_cpr: readonly string[]; clear: (text: string) => void; rows?: number; hints?: readonly string[]
}

const textOf = (value: string, { index, length }: Hit): string => value.slice(index, index + length)

/* What still stops a save: HIGH always, MEDIUM until the user has said what it is. */
export function stopping(value: string, not_cpr: readonly string[]): Hit[] {
  return detect(value).hits.filter((hit) => hit.level === 'HIGH' || (hit.level === 'MEDIUM' && !not_cpr.includes(textOf(value, hit))))
}

/* For the draft: what may be a CPR number never reaches the disk. */
export function forDisk(value: string, not_cpr: readonly string[]): string {
  const found = stopping(value, not_cpr)
  return found.length ? forDisk(redact(value, found[0]!), not_cpr) : value
}

export function guardProblem(value: string, not_cpr: readonly string[]): string | null {
  const found = stopping(value, not_cpr)
  if (!found.length) return null
  return found.some(({ level }) => level === 'HIGH') ? 'Teksten har et CPR-nummer. Det bruges ikke her.' : 'Er det et CPR-nummer? Vælg ved feltet.'
}

export function Note({ id, label, hint, most, value, change, not_cpr, clear, rows = 2, hints = [] }: NoteProps) {
  const found = stopping(value, not_cpr)
  const quiet = detect(value).hits.filter(({ level }) => level === 'LOW')
  const left = most - value.length
  return <div class={`form-group${found.length || left < 0 ? ' form-error' : ''}`}>
    <label class="form-label" for={id}>{label}</label>
    {hint && <span class="form-hint" id={`${id}-hint`}>{hint}</span>}
    <textarea class="form-input" id={id} name={id} rows={rows} spellcheck={false} autoComplete="off" autoCapitalize="sentences"
      aria-describedby={`${hint ? `${id}-hint ` : ''}${id}-left${found.length ? ` ${id}-guard` : ''}`} aria-invalid={found.length || left < 0 ? true : undefined}
      value={value} onInput={(event) => change(event.currentTarget.value)} />
    <span class="form-hint" id={`${id}-left`}>{left >= 0 ? `${left} tegn tilbage` : `${-left} tegn for meget`}</span>
    {found[0] && <Stop hit={found[0]} value={value} id={`${id}-guard`} remove={() => change(redact(value, found[0]!))} keep={() => clear(textOf(value, found[0]!))} />}
    {!found.length && quiet[0] && <p class="quiet">Er tallene et tidspunkt eller et kontonummer, er det i orden. CPR-numre bruges ikke her.</p>}
    <div role="status">{!found.length && hints.map((words) => <p class="quiet" key={words}>{words}</p>)}</div>
  </div>
}

function Stop({ hit, value, id, remove, keep }: { hit: Hit; value: string; id: string; remove: () => void; keep: () => void }) {
  const high = hit.level === 'HIGH'
  return <div class="alert alert-error guard" role="alert" id={id}>
    <p class="alert-text">{high ? 'Det ligner et CPR-nummer og kan ikke gemmes:' : 'Kan være et CPR-nummer:'}{' '}
      {value.slice(Math.max(0, hit.index - 12), hit.index)}<mark>{textOf(value, hit)}</mark>{value.slice(hit.index + hit.length).slice(0, 12)}</p>
    {asTime(textOf(value, hit)) && <p class="alert-text">Er det et tidspunkt, så skriv {asTime(textOf(value, hit))}.</p>}
    <div class="pair">
      <button type="button" class="button button-primary" onClick={remove}>{high ? 'Fjern nummeret' : 'Fjern'}</button>
      {!high && <button type="button" class="button button-secondary" onClick={keep}>Ikke et CPR-nummer</button>}
    </div>
  </div>
}

/* "221126-1430" cannot be told from a CPR number; "22-11-26 kl. 14.30" can. */
function asTime(text: string): string | null {
  const [, day, month, year, hour, minute] = /^(\d\d)(\d\d)(\d\d) ?- ?([01]\d|2[0-3])([0-5]\d)$/.exec(text) ?? []
  const recent = Math.abs(Number(year) - new Date().getFullYear() % 100) <= 1
  return day && recent ? `${day}-${month}-${year} kl. ${hour}.${minute}` : null
}
