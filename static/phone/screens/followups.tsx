/* Opfølgning: whom to call today, the window that closes first on top. */
import { callsDue } from '../parts/calls'
import { dayWords } from '../parts/calendar'
import { Code } from '../parts/code'
import { Screen } from '../parts/frame'
import { label } from '../parts/words'

export function FollowUps() {
  const calls = callsDue()
  return <Screen title="Opfølgning" lead="Opkald 3, 6 og 12 måneder efter første samtale" back={{ to: 'mere', label: 'Mere' }}>
    {!calls.length && <p>Ingen opkald lige nu. Kun borgere, der har sagt ja til at blive kontaktet, kommer her.</p>}
    <ul class="list">{calls.map(({ citizen: { id, data }, due, tried, counts }) => <li key={id}>
      <a href={`#/opfoelgning/${id}`}>
        <strong><Code code={data.code} /> · {label('outcome_point', due.point)}</strong>
        <span>Senest {dayWords(due.last)}{tried ? ` · ikke truffet ${dayWords(tried)}` : ''}</span>
        {!counts && <span>Intet ja til evaluering: svaret tæller ikke med</span>}</a></li>)}</ul>
  </Screen>
}
