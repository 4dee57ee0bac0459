/* Puts right the very fields that were refused, whatever the record; saved, it goes off as a new op. */
import { useRef, useState } from 'preact/hooks'
import { type FieldInfo, FIELDS } from '../generated/records'
import type { TrayItem } from '../notebook'
import { clockField, dayOf, instantOf, today } from '../parts/calendar'
import { Many, One } from '../parts/chips'
import { ErrorSummary, Field, type Problems } from '../parts/fields'
import { fieldTitle, recordWords } from '../parts/fieldwords'
import { Save } from '../parts/form'
import { Screen } from '../parts/frame'
import { say, sayNotSaved } from '../parts/message'
import { Note, stopping } from '../parts/note'
import { book } from '../parts/present'
import { go } from '../parts/route'
import { choices } from '../parts/words'
import { dataOf } from './tray'

const SHAPES = ['code', 'codes', 'day', 'instant', 'text', 'whole', 'flag']
const info = (item: TrayItem, field: string): FieldInfo | undefined => FIELDS[item.op.kind]?.[field]
export const mendable = (item: TrayItem): string[] => Object.keys(item.fields).filter((field) => SHAPES.includes(info(item, field)?.shape ?? ''))

/* Saves once; `also` follows when the new op stands. */
export function useMend(item: TrayItem): (set: Record<string, unknown>, also?: () => Promise<unknown>) => void {
  const saving = useRef(false)
  return (set, also) => {
    if (saving.current) return
    saving.current = true
    book().correctTray(item.op_id, set).then(() => also?.()).then(() => {
      go('status', true)
      say('Rettet. Gemt på telefonen og klar til at blive sendt.')
    }, (error) => { saving.current = false; sayNotSaved(error) })
  }
}

export function FixFields({ item }: { item: TrayItem }) {
  const fields = mendable(item)
  const data = dataOf(item)
  const [set, put] = useState<Record<string, unknown>>(() => Object.fromEntries(fields.map((field) => [field, data[field] ?? null])))
  const mend = useMend(item)
  const [wrong, show] = useState<Problems>({})
  const save = () => {
    const found = Object.fromEntries(fields.map((field) => [field, problem(info(item, field)!, set[field])]).filter(([, words]) => words))
    show(found)
    if (!Object.keys(found).length) mend(Object.fromEntries(fields.map((field) => [field, valueOf(info(item, field)!, set[field])])))
  }
  return <Screen title="Ret og send igen" lead={recordWords(item.op.kind, data)} back={{ to: 'status', label: 'Status' }} action={<Save save={save} />}>
    <ErrorSummary problems={wrong} />
    {fields.map((field) => <Mend key={field} item={item} field={field} value={set[field]} change={(value) => put((was) => ({ ...was, [field]: value }))} />)}
  </Screen>
}

function problem({ shape, least = -Infinity, most = Infinity }: FieldInfo, value: unknown): string | null {
  if (shape === 'text' && stopping(String(value ?? ''), []).length) return 'Teksten har et CPR-nummer. Det bruges ikke her.'
  const n = Number(value)
  return shape === 'whole' && (value === '' || !Number.isInteger(n) || n < least || n > most) ? `Skriv et helt tal${least > 0 ? `, mindst ${least}` : ''}.` : null
}

const valueOf = ({ shape }: FieldInfo, value: unknown): unknown => shape === 'whole' ? Number(value) : value === '' ? null : value

interface MendProps { item: TrayItem; field: string; value: unknown; change: (value: unknown) => void }

function Mend({ item, field, value, change }: MendProps) {
  const { shape, codes = '', most = 140 } = info(item, field)!
  const named = { legend: fieldTitle(item.op.kind, field), name: field, error: item.fields[field] }
  const typed = { id: field, label: named.legend, value: String(value ?? ''), change }
  switch (shape) {
    case 'code': return <One {...named} options={choices(codes)} value={value as string | null} choose={change} />
    case 'codes': return <Many {...named} options={choices(codes)} value={(value as string[] | null) ?? []} choose={change} />
    case 'flag': return <One {...named} options={[{ value: 'yes', label: 'Ja' }, { value: 'no', label: 'Nej' }]} value={value === null ? null : value ? 'yes' : 'no'} choose={(said) => change(said === 'yes')} />
    case 'text': return <Note {...typed} hint={item.fields[field]!} most={most} not_cpr={[]} clear={() => {}} />
    case 'instant': return <div class="pair">
      <Field {...typed} type="date" value={value ? dayOf(String(value)) : ''} error={item.fields[field]} change={(day) => change(instantOf(day, value ? clockField(String(value)) : '12:00'))} input={{ max: today() }} />
      <Field {...typed} id={`${field}-time`} label="Klokken" type="time" value={value ? clockField(String(value)) : ''} change={(time) => change(instantOf(value ? dayOf(String(value)) : today(), time))} /></div>
    case 'day': return <Field {...typed} type="date" error={item.fields[field]} />
    default: return <Field {...typed} error={item.fields[field]} input={{ inputMode: 'numeric', autoComplete: 'off' }} />
  }
}
