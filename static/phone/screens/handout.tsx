/* Uddeling: several materials and languages at once, without a visit. */
import { useState } from 'preact/hooks'
import { added, ShelfRow } from '../parts/handouts'
import { useHandOut } from '../parts/handoutnow'
import { One } from '../parts/chips'
import { Screen } from '../parts/frame'
import { batchWords, shelves } from '../parts/materials'
import { say } from '../parts/message'
import { row } from '../parts/present'
import { go } from '../parts/route'
import type { HandoutLine, Receiver } from '../parts/visiting'
import { choices } from '../parts/words'
import { Missing } from './missing'

const RECEIVERS: readonly Receiver[] = ['PRACTICE', 'CITIZEN', 'EVENT']

export function Handout({ practice }: { practice: string }) {
  const [lines, put] = useState<HandoutLine[]>([])
  const [to, give] = useState<Receiver>('PRACTICE')
  const hand = useHandOut(practice)
  const place = row('practice', practice)
  if (!place) return <Missing what="Praksis" />
  const save = async () => {
    if (!lines.length) return say('Tryk på det, du har delt ud.', { bad: true })
    if (await hand(lines, lines.map(({ batch_id, quantity }) => `${batchWords(batch_id)} ${quantity}`).join(', '), to)) go(`praksis/${practice}`, true)
  }
  return <Screen title="Uddeling" lead={place.data.name} back={{ to: `praksis/${practice}`, label: 'Praksis' }}
    action={<button type="button" class="button button-primary main-button" onClick={() => void save()}>Gem</button>}>
    <One legend="Til" name="to" options={choices('stock_place').filter(({ value }) => RECEIVERS.includes(value as Receiver))} value={to}
      hint={to === 'CITIZEN' ? 'Der skrives ikke, hvilken borger.' : undefined} choose={(place) => give(place as Receiver)} />
    {shelves().map((shelf) => <ShelfRow key={shelf.id} shelf={shelf} lines={lines} add={(batch, n) => put((was) => added(was, batch, n))} />)}
    {lines.length > 0 && <ul class="lines" aria-label="Delt ud">{lines.map(({ batch_id, quantity }) => <li key={batch_id}>
      <span>{batchWords(batch_id)}: <strong>{quantity}</strong></span>
      <button type="button" class="button button-tertiary" aria-label={`Fjern ${batchWords(batch_id)}`}
        onClick={() => put((was) => was.filter((line) => line.batch_id !== batch_id))}>Fjern</button></li>)}</ul>}
  </Screen>
}
