/* Two phones made the same code: the citizen has another one now, and needs a new card. Goes when the new card has been shown. */
import { Code } from './code'
import { book, row, watched } from './present'

const SEEN = 'cards_shown'

/* Citizens whose code the server exchanged, and whose new card has not been shown here. */
const exchanged = (): string[] => {
  const seen = watched().setting<string[]>(SEEN) ?? []
  return [...new Set(watched().ops().filter(({ kind, notice, op_id }) => kind === 'citizen' && notice && !seen.includes(op_id)).map(({ id }) => id))]
}

export function cardShown(citizen: string): void {
  const news = watched().ops().filter(({ kind, id, notice }) => kind === 'citizen' && id === citizen && notice).map(({ op_id }) => op_id)
  if (news.length) void book().putSetting(SEEN, [...book().setting<string[]>(SEEN) ?? [], ...news]).catch(() => {})
}

export function CardNews() {
  return <>{exchanged().map((citizen) => <p class="alert alert-warning" key={citizen}>
    Koden på et nyt samtalekort var optaget. Borgeren hedder nu <Code code={row('citizen', citizen)?.data.code ?? ''} /> og skal have et nyt kort.{' '}
    <a href={`#/borger/${citizen}/kort`}>Vis det nye kort</a></p>)}</>
}
