/* What a citizen says of their situation: chips, all optional, nothing preset. */
import type { Citizen } from '../generated/records'
import { inOrder } from '../rules/alphabet'
import { Many, One } from './chips'
import type { Problems } from './fields'
import { isMine } from './places'
import { rows } from './present'
import { choices } from './words'

export interface Said {
  benefit: Citizen['benefit'] | ''; sickness_state: Citizen['sickness_state'] | ''; came_via: Citizen['came_via'] | ''; interpreter: boolean; practice_id: string
  age_band?: Citizen['age_band'] | ''
}
interface Part { form: Said; change: (news: Partial<Said>) => void; wrong: Problems }

/* `aged`: the citizen has said yes to evaluation, so that an age band may be kept (domain.md 2.6). */
export function PersonFields({ form, change, wrong, aged }: Part & { aged: boolean }) {
  return <>
    <p class="quiet">Kun det, borgeren selv siger. Alt må stå tomt.</p>
    <One legend="Ydelse" name="benefit" options={choices('benefit')} value={form.benefit || null} error={wrong['benefit']} choose={(benefit) => change({ benefit: benefit as Said['benefit'] })} />
    <One legend="Status" name="sickness_state" options={choices('sickness_state')} value={form.sickness_state || null} choose={(state) => change({ sickness_state: state as Said['sickness_state'] })} />
    <One legend="Kom via" name="came_via" options={choices('came_via')} value={form.came_via || null} choose={(via) => change({ came_via: via as Said['came_via'] })} />
    {aged && <One legend="Alder, hvis borgeren vil sige den" name="age_band" options={choices('age_band')} value={form.age_band || null} choose={(band) => change({ age_band: band as NonNullable<Citizen['age_band']> })} />}
    <Many legend="Næste samtale" name="interpreter" options={[{ value: 'yes', label: 'Med tolk' }]} value={form.interpreter ? ['yes'] : []} choose={(chosen) => change({ interpreter: chosen.length > 0 })} />
  </>
}

/* The practice one stands in first; the rest behind one tap. */
export function FirstPractice({ form, change, wrong }: Part) {
  const mine = rows('practice').filter(({ id, data }) => id === form.practice_id || isMine(data)).sort((a, b) => inOrder(a.data.name, b.data.name))
  const options = mine.map(({ id, data }) => ({ value: id, label: data.name }))
  const chips = <One legend="Første praksis" name="practice_id" options={options} value={form.practice_id || null} error={wrong['practice_id']} choose={(practice_id) => change({ practice_id })} />
  const name = mine.find(({ id }) => id === form.practice_id)?.data.name
  return name && !wrong['practice_id'] ? <details class="more"><summary>{name} · Ret praksis</summary>{chips}</details> : chips
}
