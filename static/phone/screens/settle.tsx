/* Two people have written different things: both versions in plain Danish, one choice a field, nothing overwritten unseen. */
import { useRef, useState } from 'preact/hooks'
import type { Choice, ConflictCard } from '../notebook'
import { One } from '../parts/chips'
import { fieldTitle, recordWords, valueWords } from '../parts/fieldwords'
import { say, sayNotSaved } from '../parts/message'
import { book, row, watched } from '../parts/present'

export function Settle() {
  const cards = watched().conflicts()
  if (!cards.length) return null
  return <section aria-labelledby="settle">
    <h2 id="settle">Skal afklares ({cards.length})</h2>
    <ul class="cards">{cards.map((card) => <li key={card.id} class="case"><Card card={card} /></li>)}</ul>
  </section>
}

const WHY: Record<string, string> = {
  FIELD_CONFLICT: 'Du og en anden har skrevet forskelligt. Begge dele er gemt. Vælg, hvad der skal stå.',
  EDIT_VS_DELETE: 'Du har rettet noget, som en anden har slettet. Begge dele er gemt.',
  DELETE_VS_EDIT: 'Du har slettet noget, som en anden har rettet. Begge dele er gemt.',
  ID_EXISTS: 'Registreringen findes allerede med et andet indhold. Begge dele er gemt.',
}

function Card({ card }: { card: ConflictCard }) {
  const data = row(card.kind, card.record_id)?.data as unknown as Record<string, unknown> | undefined
  const whole = card.code === 'EDIT_VS_DELETE' || card.code === 'DELETE_VS_EDIT'
  return <>
    <h3>{recordWords(card.kind, data ?? mine(card))}</h3>
    <p>{WHY[card.code] ?? WHY['FIELD_CONFLICT']}</p>
    {whole ? <Whole card={card} /> : <Fields card={card} />}
  </>
}

const mine = (card: ConflictCard): Record<string, unknown> =>
  Object.fromEntries(Object.entries(card.fields).map(([field, { mine: own, base }]) => [field, own ?? base]))

function useSettle(card: ConflictCard): (choice: 'mine' | 'theirs' | Record<string, Choice>) => void {
  const working = useRef(false)
  return (choice) => {
    if (working.current) return
    working.current = true
    book().resolveConflict(card.id, choice).then(
      () => say('Afklaret. Gemt på telefonen og klar til at blive sendt.'),
      sayNotSaved).finally(() => { working.current = false })
  }
}

function Whole({ card }: { card: ConflictCard }) {
  const settle = useSettle(card)
  const editing = card.code === 'EDIT_VS_DELETE'
  return <>
    <dl class="facts">{Object.entries(card.fields).map(([field, values]) => <div key={field}><dt>{fieldTitle(card.kind, field)}</dt>
      <dd>{valueWords(card.kind, field, editing ? values.mine : values.theirs ?? values.base)}</dd></div>)}</dl>
    <div class="doings">
      <button type="button" class="button button-secondary" onClick={() => settle(editing ? 'mine' : 'theirs')}>Behold registreringen</button>
      <button type="button" class="button button-secondary" onClick={() => settle(editing ? 'theirs' : 'mine')}>Slet den</button>
    </div>
  </>
}

function Fields({ card }: { card: ConflictCard }) {
  const [chosen, choose] = useState<Record<string, 'mine' | 'theirs'>>({})
  const [error, show] = useState(false)
  const settle = useSettle(card)
  const fields = Object.entries(card.fields)
  const save = () => fields.every(([field]) => chosen[field]) ? settle(chosen) : show(true)
  return <>
    {fields.map(([field, values]) => <One key={field} legend={fieldTitle(card.kind, field)} name={`${card.id}-${field}`} value={chosen[field] ?? null}
      hint={`Før stod der: ${valueWords(card.kind, field, values.base)}`} error={error && !chosen[field] ? 'Vælg den ene.' : undefined}
      choose={(value) => choose({ ...chosen, [field]: value as 'mine' | 'theirs' })}
      options={[{ value: 'mine', label: `Du skrev: ${valueWords(card.kind, field, values.mine)}` },
        { value: 'theirs', label: `På serveren: ${valueWords(card.kind, field, values.theirs)}` }]} />)}
    <button type="button" class="button button-primary wide" onClick={save}>Gem valget</button>
  </>
}
