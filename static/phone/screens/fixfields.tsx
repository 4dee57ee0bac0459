/* Puts right the very fields that were refused, whatever the record; saved, it goes off as a new op. */
import { useRef, useState } from 'preact/hooks'
import type { Kind } from '../generated/records'
import type { TrayItem } from '../notebook'
import { clockField, dayOf, instantOf, today } from '../parts/calendar'
import { Many, One } from '../parts/chips'
import { CitizenPick } from '../parts/citizenpick'
import { codeOf } from '../parts/citizens'
import { Code } from '../parts/code'
import { ErrorSummary, Field, type Problems } from '../parts/fields'
import { fieldTitle, recordWords, refWords } from '../parts/fieldwords'
import { Save } from '../parts/form'
import { Screen } from '../parts/frame'
import { fieldProblem, fieldValue, infoOf, mendable, unknownFields } from '../parts/mending'
import { say, sayNotSaved } from '../parts/message'
import { Note, stopping } from '../parts/note'
import { book, rows } from '../parts/present'
import { go } from '../parts/route'
import { choices } from '../parts/words'
import { dataOf } from './tray'

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
    const found = Object.fromEntries(fields.map((field) => [field, problem(item, field, set[field])]).filter(([, words]) => words))
    show(found)
    if (Object.keys(found).length) return
    mend(Object.fromEntries([...unknownFields(item).map((field) => [field, null]), ...fields.map((field) => [field, fieldValue(infoOf(item, field)!, set[field])])]))
  }
  return <Screen title="Ret og send igen" lead={recordWords(item.op.kind, data)} back={{ to: 'status', label: 'Status' }} action={<Save save={save} />}>
    <ErrorSummary problems={wrong} />
    {!Object.keys(item.fields).length && <p>{item.message}</p>}
    {fields.map((field) => <Mend key={field} item={item} field={field} value={set[field]} wrong={wrong[field] ?? item.fields[field]} change={(value) => put((was) => ({ ...was, [field]: value }))} />)}
  </Screen>
}

function problem(item: TrayItem, field: string, value: unknown): string | null {
  const info = infoOf(item, field)!
  return info.shape === 'text' && stopping(String(value ?? ''), []).length ? 'Teksten har et CPR-nummer. Det bruges ikke her.' : fieldProblem(info, value)
}

interface MendProps { item: TrayItem; field: string; value: unknown; wrong: string | undefined; change: (value: unknown) => void }

function Mend({ item, field, value, wrong, change }: MendProps) {
  const { shape, codes = '', most = 140, to } = infoOf(item, field)!
  const named = { legend: fieldTitle(item.op.kind, field), name: field, error: wrong }
  const typed = { id: field, label: named.legend, value: String(value ?? ''), change }
  switch (shape) {
    case 'code': return <One {...named} options={choices(codes)} value={value as string | null} choose={change} />
    case 'codes': return <Many {...named} options={choices(codes)} value={(value as string[] | null) ?? []} choose={change} />
    case 'flag': return <One {...named} options={[{ value: 'yes', label: 'Ja' }, { value: 'no', label: 'Nej' }]} value={value === null ? null : value ? 'yes' : 'no'} choose={(said) => change(said === 'yes')} />
    case 'ref': return <Pointed {...named} to={to!} value={value as string | null} change={change} />
    case 'text': return <Note {...typed} {...(wrong ? { hint: wrong } : {})} most={most} not_cpr={[]} clear={() => {}} />
    case 'instant': return <div class="pair">
      <Field {...typed} type="date" value={value ? dayOf(String(value)) : ''} error={wrong} change={(day) => change(instantOf(day, value ? clockField(String(value)) : '12:00'))} input={{ max: today() }} />
      <Field {...typed} id={`${field}-time`} label="Klokken" type="time" value={value ? clockField(String(value)) : ''} change={(time) => change(instantOf(value ? dayOf(String(value)) : today(), time))} /></div>
    case 'day': return <Field {...typed} type="date" error={wrong} />
    default: return <Field {...typed} error={wrong} input={{ inputMode: 'numeric', autoComplete: 'off' }} />
  }
}

const FEW = 8
interface PointedProps { legend: string; name: string; error: string | undefined; to: Kind; value: string | null; change: (value: string) => void }

/* Another record: a citizen by code, a few as chips, many in a list. */
function Pointed({ to, value, change, ...named }: PointedProps) {
  if (to === 'citizen') return <PointedCitizen {...named} value={value} change={change} />
  const options = rows(to).map(({ id }) => ({ value: id, label: refWords(to, id) })).sort((a, b) => a.label.localeCompare(b.label, 'da'))
  if (options.length <= FEW) return <One {...named} options={options} value={value} choose={change} />
  const { legend, name, error } = named
  return <div class={`form-group${error ? ' form-error' : ''}`}>
    <label class="form-label" for={name}>{legend}</label>
    {error && <span class="form-error-message" id={`${name}-error`}><span class="sr-only">Fejl: </span>{error}</span>}
    <select class="form-select" id={name} name={name} aria-invalid={error ? true : undefined} aria-describedby={error ? `${name}-error` : undefined}
      onChange={(event) => change(event.currentTarget.value)}>
      <option value="" selected={!options.some((option) => option.value === value)}>Vælg</option>
      {options.map((option) => <option key={option.value} value={option.value} selected={option.value === value}>{option.label}</option>)}
    </select>
  </div>
}

function PointedCitizen({ legend, name, error, value, change }: Omit<PointedProps, 'to'>) {
  return <section id={name} tabIndex={-1} class={`form-group${error ? ' form-error' : ''}`} aria-labelledby={`${name}-title`}>
    <h2 id={`${name}-title`}>{legend}: {value ? <Code code={codeOf(value)} /> : 'ikke valgt'}</h2>
    {error && <p class="form-error-message"><span class="sr-only">Fejl: </span>{error}</p>}
    <CitizenPick pick={change} />
  </section>
}
