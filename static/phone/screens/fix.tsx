/* Opens what was refused at the field that is wrong; saved, it goes off as a new op. */
import { useRef, useState } from 'preact/hooks'
import type { Visit } from '../generated/records'
import type { TrayItem } from '../notebook'
import { Field, type Problems } from '../parts/fields'
import { recordWords } from '../parts/fieldwords'
import { Screen } from '../parts/frame'
import { say, sayNotSaved } from '../parts/message'
import { book, watched } from '../parts/present'
import { go } from '../parts/route'
import { visitOf, written } from '../parts/visiting'
import { Missing } from './missing'
import { dataOf } from './tray'
import { Editor } from './visit'

export function Fix({ op_id }: { op_id: string }) {
  const [item] = useState(watched().tray().find((other) => other.op_id === op_id))
  if (!item) return <Missing what="Registreringen" />
  return item.op.kind === 'visit' ? <FixVisit item={item} /> : <FixHandout item={item} />
}

/* The form's own names for the fields that a person sees in another shape. */
const AT: Record<string, string> = { occurred_at: 'time' }
const inForm = (fields: Record<string, string>): Problems =>
  Object.fromEntries(Object.entries(fields).map(([field, why]) => [AT[field] ?? field, why]))

function FixVisit({ item }: { item: TrayItem }) {
  const was = dataOf(item) as unknown as Visit
  const key = `fix:${item.op_id}`
  return <Editor draft={key} title="Ret og send igen" start={written(item.op.id, was)} wrong={inForm(item.fields)} done="Rettet. Gemt på telefonen og klar til at blive sendt."
    save={async (form) => {
      const saved = await book().correctTray(item.op_id, changed(was, visitOf(form)))
      await book().dropDraft(key)
      return saved
    }} />
}

function changed(was: Visit, wanted: Visit): Record<string, unknown> {
  const before = was as unknown as Record<string, unknown>
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
  return Object.fromEntries(Object.entries(wanted).filter(([field, value]) => !same(before[field], value)).map(([field, value]) => [field, value ?? null]))
}

function FixHandout({ item }: { item: TrayItem }) {
  const [quantity, put] = useState(String(dataOf(item)['quantity'] ?? ''))
  const [wrong, show] = useState(item.fields['quantity'])
  const saving = useRef(false)
  const save = async () => {
    const n = Number(quantity)
    if (saving.current) return
    if (!Number.isInteger(n) || n < 1) return show('Skriv et helt antal, mindst 1.')
    saving.current = true
    try {
      await book().correctTray(item.op_id, { quantity: n })
      go('status', true)
      say('Rettet. Gemt på telefonen og klar til at blive sendt.')
    } catch (error) {
      saving.current = false
      sayNotSaved(error)
    }
  }
  return <Screen title="Ret og send igen" lead={recordWords(item.op.kind, dataOf(item))} back={{ to: 'status', label: 'Status' }}
    action={<button type="button" class="button button-primary main-button" onClick={() => void save()}>Gem</button>}>
    <Field id="quantity" label="Antal" value={quantity} change={put} error={wrong} input={{ inputMode: 'numeric', autoComplete: 'off' }} />
  </Screen>
}
