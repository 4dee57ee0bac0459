/* What the server could not take: the reason in Danish, the way to the field, or on to the coordinator. */
import { useState } from 'preact/hooks'
import type { TrayItem } from '../notebook'
import { fieldTitle, recordWords } from '../parts/fieldwords'
import { canMend } from '../parts/mending'
import { say } from '../parts/message'
import { book, line, row, watched } from '../parts/present'

export function Tray() {
  const items = watched().tray()
  if (!items.length) return null
  return <section aria-labelledby="tray">
    <h2 id="tray">Skal rettes ({items.length})</h2>
    <ul class="cards">{items.map((item) => <li key={item.op_id} class="case"><Item item={item} /></li>)}</ul>
  </section>
}

export const dataOf = ({ op }: TrayItem): Record<string, unknown> =>
  ({ ...(row(op.kind, op.id)?.data as unknown as Record<string, unknown>), ...op.base, ...op.set })

function Item({ item }: { item: TrayItem }) {
  const [busy, work] = useState(false)
  const handOver = async () => {
    work(true)
    const taken = await line().handOver([item.op_id]).catch(() => false)
    work(false)
    say(taken ? 'Givet videre til koordinatoren.' : 'Serveren svarede ikke. Den ligger stadig her.', { bad: !taken })
  }
  const fields = Object.entries(item.fields)
  return <>
    <h3>{recordWords(item.op.kind, dataOf(item))}</h3>
    {!(item.code === 'INVALID' && fields.length) && <p>{item.message || 'Serveren kunne ikke tage imod den.'}</p>}
    {fields.length > 0 && <ul>{fields.map(([field, why]) => <li key={field}><strong>{fieldTitle(item.op.kind, field)}:</strong> {why}</li>)}</ul>}
    <div class="doings">
      {canMend(item) && <a class="button button-primary" href={`#/ret/${item.op_id}${fields[0] ? `?felt=${fields[0][0]}` : ''}`}>Ret og send igen</a>}
      {item.stuck && <button type="button" class="button button-primary" onClick={() => void book().sendAgain(item.op_id)}>Prøv igen</button>}
      <button type="button" class="button button-secondary" aria-disabled={busy} onClick={() => void handOver()}>Giv videre til koordinator</button>
    </div>
  </>
}
