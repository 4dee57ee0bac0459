/* Taske og lager: what lies in the own bag; filled, given back, scrapped or counted in big numbers. Below zero is said, never blocked. */
import { One } from '../parts/chips'
import { type Act, emptyWords, moveOf, type Pouch, pouches } from '../parts/bag'
import { Field } from '../parts/fields'
import { Save } from '../parts/form'
import { Screen } from '../parts/frame'
import { useKept, useSave } from '../parts/kept'
import { bagWords } from '../parts/materials'
import { say } from '../parts/message'
import { label, languageWord, shortMaterial } from '../parts/words'

const ACTS: readonly { value: Act; label: string }[] = [{ value: 'TO_BAG', label: 'Fyld taske' }, { value: 'RETURNED', label: 'Retur' },
  { value: 'SCRAPPED', label: 'Kasseret' }, { value: 'COUNT', label: 'Optælling' }]
const KEY = 'bag'
interface Form { act: Act; amounts: Record<string, string> }

export function Bag() {
  const { form: { act, amounts }, change, keeping } = useKept<Form>(KEY, () => ({ act: 'TO_BAG', amounts: {} }))
  const save = useSave()
  const all = pouches().filter(({ retired, bag }) => (act === 'TO_BAG' ? !retired : act === 'COUNT' || bag > 0 || !retired))
  const inside = all.filter(({ bag, batch_id }) => bag !== 0 || amounts[batch_id])
  const others = all.filter((pouch) => !inside.includes(pouch))
  const put = (batch_id: string, amount: string) => change({ amounts: { ...amounts, [batch_id]: amount } })
  const submit = () => {
    const typed = all.filter(({ batch_id }) => (amounts[batch_id] ?? '').trim() !== '')
    if (typed.some(({ batch_id }) => !/^\d{1,6}$/.test(amounts[batch_id]!.trim()))) return say('Skriv hele tal.', { bad: true })
    const at = new Date().toISOString()
    const moves = typed.map(({ batch_id, bag }) => moveOf(act, batch_id, bag, Number(amounts[batch_id]), at)).filter((move) => move !== null)
    if (!moves.length) return say(typed.length ? 'Det stemmer. Der er ikke noget at gemme.' : 'Skriv et antal først.', { bad: !typed.length })
    void save(moves.map((set) => ({ kind: 'stock_move', action: 'create', set })), { draft: KEY, keeping,
      done: `${label('stock_move', act)}. Gemt på telefonen`, stays: true, then: () => change({ amounts: {} }) })
  }
  const rowsOf = (pouches: readonly Pouch[]) => <ul class="list">{pouches.map((pouch) =>
    <Row key={pouch.batch_id} act={act} pouch={pouch} amount={amounts[pouch.batch_id] ?? ''} put={(amount) => put(pouch.batch_id, amount)} />)}</ul>
  return <Screen title="Taske og lager" back={{ to: 'mere', label: 'Mere' }} action={<Save save={submit}>Gem</Save>}>
    <One legend="Hvad vil du?" name="act" options={ACTS} value={act} choose={(value) => change({ act: value as Act, amounts: {} })} />
    <h2>I tasken</h2>
    {inside.length ? rowsOf(inside) : <p class="quiet">Tasken er tom.</p>}
    {others.length > 0 && <details class="more" open={!inside.length || undefined}><summary>{act === 'TO_BAG' ? 'Andet materiale' : 'Ikke i tasken'}</summary>{rowsOf(others)}</details>}
  </Screen>
}

function Row({ act, pouch: { batch_id, material, language, name, bag, retired }, amount, put }: { act: Act; pouch: Pouch; amount: string; put: (amount: string) => void }) {
  const title = `${shortMaterial(material)}, ${languageWord(language as Parameters<typeof languageWord>[0])}`
  const sizes = act === 'COUNT' ? [] : [...new Set([...(material.quick?.length ? material.quick : [1, 5]), ...(act === 'TO_BAG' && material.pack ? [material.pack] : [])])].sort((a, b) => a - b).slice(0, 3)
  return <li class="counter">
    <div class="counter-name"><strong>{title}</strong>
      <span>{material.title} · oplag {name}</span>
      {retired && <span><strong>Trukket tilbage.</strong> Kan kun gives retur eller kasseres.</span>}
      <span class={bag < 0 ? '' : 'sr-only'}>{bagWords(bag)}</span></div>
    <span class="big-number" aria-hidden="true">{bag < 0 ? `−${-bag}` : bag}</span>
    <div class="counter-steps">
      {sizes.map((n) => <button type="button" class="chip-button" key={n} aria-label={`+${n} ${title}`} onClick={() => put(String((Number(amount) || 0) + n))}>+{n}</button>)}
      <Field id={`amount-${batch_id}`} label={act === 'COUNT' ? 'Optalt' : 'Antal'} value={amount} change={put} input={{ inputMode: 'numeric', autoComplete: 'off', maxLength: 6 }} />
    </div>
    {act === 'COUNT' && amount.trim() === '0' && emptyWords(bag) && <p class="quiet">{emptyWords(bag)}</p>}
  </li>
}
