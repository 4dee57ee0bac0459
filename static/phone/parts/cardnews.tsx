/* A citizen has another code now, and needs a new card: two phones made the same one, or the office exchanged it for a card that was lost.
   Goes when the new card has been shown. */
import { addDays, today } from './calendar'
import { Code } from './code'
import { book, row, rows, watched } from './present'

const SEEN = 'cards_shown'
const NEWS_DAYS = 60      // on a phone that is new an old exchange is none
interface News { citizen: string; mark: string; lost: boolean }

/* Exchanges whose new card has not been shown here; `mark` is what is kept of one that has. */
function exchanged(): News[] {
  const made = watched().ops().filter(({ kind, notice }) => kind === 'citizen' && notice).map(({ id, op_id }): News => ({ citizen: id, mark: op_id, lost: false }))
  const lost = rows('citizen').flatMap(({ id, data }) => (data.former_codes ?? []).filter((former) => (former['until'] ?? '') >= addDays(today(), -NEWS_DAYS))
    .map((former): News => ({ citizen: id, mark: former['code'] ?? '', lost: true })))
  return [...made, ...lost]
}
const seen = (): string[] => watched().setting<string[]>(SEEN) ?? []

export function cardShown(citizen: string): void {
  const news = exchanged().filter((one) => one.citizen === citizen && !seen().includes(one.mark))
  if (news.length) void book().putSetting(SEEN, [...seen(), ...news.map(({ mark }) => mark)]).catch(() => {})
}

export function CardNews() {
  const fresh = exchanged().filter(({ mark }) => !seen().includes(mark))
  const each = [...new Map(fresh.map((one) => [one.citizen, one])).values()]
  return <>{each.map(({ citizen, lost }) => <p class="alert alert-warning" key={citizen}>
    {lost ? 'Et samtalekort er meldt tabt' : 'Koden på et nyt samtalekort var optaget'}. Borgeren hedder nu <Code code={row('citizen', citizen)?.data.code ?? ''} /> og skal have et nyt kort.{' '}
    <a href={`#/borger/${citizen}/kort`}>Vis det nye kort</a></p>)}</>
}
