/* How long it took, and when: chips for what is usual, typing for the rest. */
import { useState } from 'preact/hooks'
import { dayWords, today } from './calendar'
import { One } from './chips'
import { Field, type Problems } from './fields'

interface Lasting { day: string; time: string; minutes: string }
interface Part { form: Lasting; change: (news: Partial<Lasting>) => void; wrong: Problems }

export function Minutes({ form, change, wrong, usual }: Part & { usual: readonly number[] }) {
  const [first] = useState(Number(form.minutes))
  const offered = [...new Set([...usual, first])].filter((n) => n > 0).sort((a, b) => a - b)
  const [exact, askExact] = useState(!offered.includes(Number(form.minutes)) || 'minutes' in wrong)
  const options = [...offered.map((n) => ({ value: String(n), label: String(n) })), { value: 'exact', label: 'Andet' }]
  return <>
    <One legend="Hvor mange minutter?" name="minutes_choice" options={options} value={exact ? 'exact' : form.minutes}
      choose={(value) => { askExact(value === 'exact'); if (value !== 'exact') change({ minutes: value }) }} />
    {exact && <Field id="minutes" label="Minutter, helt tal" value={form.minutes} change={(minutes) => change({ minutes: minutes.trim() })}
      error={wrong['minutes']} input={{ inputMode: 'numeric', autoComplete: 'off' }} />}
  </>
}

export function Moment({ form, change, wrong }: Part) {
  const open = 'day' in wrong || 'time' in wrong
  const day = form.day === today() ? 'I dag' : form.day ? dayWords(form.day) : 'Dato mangler'
  return <details class="more" open={open || undefined}>
    <summary>{day} kl. {form.time.replace(/^0/, '').replace(':', '.')} · Ret tidspunkt</summary>
    <div class="pair">
      <Field id="day" label="Dato" type="date" value={form.day} change={(value) => change({ day: value })} error={wrong['day']} input={{ max: today() }} />
      <Field id="time" label="Klokken" type="time" value={form.time} change={(time) => change({ time })} error={wrong['time']} />
    </div>
  </details>
}
