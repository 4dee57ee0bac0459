/* Tid: the day's proposal, taken in one tap or changed by quarters; the adviser's own only. */
import { useState } from 'preact/hooks'
import { addDays, dayWords, today } from '../parts/calendar'
import { One } from '../parts/chips'
import { Save } from '../parts/form'
import { Screen } from '../parts/frame'
import { useKept, useSave } from '../parts/kept'
import { say } from '../parts/message'
import { user } from '../parts/present'
import { go } from '../parts/route'
import { linesOn, ownEntries, sheetOf, wholeDay } from '../parts/worked'
import { choices, label } from '../parts/words'
import { longDay, hoursWords, toStep, type Activity } from '../rules/timesheet'
import { type TimeLine, written } from '../rules/timeday'

const BACK = 6

export function Time({ day }: { day: string }) {
  const days = Array.from({ length: BACK + 1 }, (_, i) => addDays(today(), -i))
  const options = (days.includes(day) ? days : [...days, day]).map((one, i) => ({ value: one, label: i === 0 ? 'I dag' : i === 1 ? 'I går' : dayWords(one) }))
  return <Day key={`${user.value!.id}:${day}`} day={day} pick={<One legend="Dag" name="day" options={options} value={day} choose={(one) => go(`tid/${one}`, true)} />} />
}

function Day({ day, pick }: { day: string; pick: preact.ComponentChildren }) {
  const key = `time:${day}`
  const { form: { wanted }, change, keeping } = useKept<{ wanted: Partial<Record<Activity, number>> }>(key, () => ({ wanted: {} }))
  const [sure, ask] = useState(false)
  const save = useSave()
  const lines = linesOn(day)
  const more = (Object.keys(wanted) as Activity[]).filter((activity) => !lines.some((line) => line.activity === activity))
  const all: TimeLine[] = [...lines, ...more.map((activity) => ({ activity, saved: 0, proposed: 0, because: '' }))]
  const minutesOf = ({ activity, saved, proposed }: TimeLine) => wanted[activity] ?? saved + proposed
  const put = (activity: Activity, minutes: number) => { ask(false); change({ wanted: { ...wanted, [activity]: Math.max(0, minutes) } }) }
  const entries = written(day, lines, new Map(Object.entries(wanted) as [Activity, number][]))
  const question = longDay(ownEntries().map(({ data }) => data), day, entries.map((entry) => ({ ...entry, because: '' })))
  const submit = () => {
    if (!entries.length) return say(lines.some(({ saved }) => saved) ? 'Tiden er gemt på telefonen' : 'Der er ikke noget nyt at gemme.')
    if (question && !sure) return ask(true)
    void save(entries.map((set) => ({ kind: 'time_entry', action: 'create', set })), { draft: key, keeping, stays: true, done: 'Tiden er gemt på telefonen', then: () => { ask(false); change({ wanted: {} }) } })
  }
  const rest = choices('time_activity').filter(({ value }) => !all.some(({ activity }) => activity === value))
  const sheet = sheetOf(day.slice(0, 7))
  return <Screen title="Tid" lead={day === today() ? 'I dag' : dayWords(day)} back={{ to: 'mere', label: 'Mere' }}
    action={<Save save={submit}>{sure && question ? 'Ja, gem' : 'Gem tiden'}</Save>}>
    {sheet && sheet.data.status !== 'OPEN' && <p class="alert alert-info">Månedens timeseddel er {label('time_sheet_status', sheet.data.status).toLowerCase()}. En ændring her kommer med som rettelse.</p>}
    {sure && question && <p class="alert alert-warning" role="alert">{question}</p>}
    {all.length ? <ul class="list">{all.map((line) => <Row key={line.activity} line={line} minutes={minutesOf(line)} put={(minutes) => put(line.activity, minutes)} />)}</ul>
      : <p>Der er ingen besøg, samtaler eller mødegange at foreslå tid ud fra.</p>}
    <p><strong>I alt {hoursWords(all.filter(({ activity }) => activity !== 'AWAY').reduce((sum, line) => sum + minutesOf(line), 0))}</strong>{entries.length > 0 && <> · ikke gemt endnu</>}</p>
    <fieldset class="form-group"><legend class="form-label">Tid på andet</legend>
      <div class="chips">{rest.map(({ value, label: words }) => <button type="button" class="chip-button" key={value}
        onClick={() => put(value as Activity, value === 'AWAY' ? toStep(wholeDay()) : 15)}>{words}</button>)}</div></fieldset>
    {pick}
    <a class="button button-secondary wide" href={`#/tid/maaned/${day.slice(0, 7)}`}>Se måneden</a>
    <p class="quiet">Kun du og koordinatoren ser din tid.</p>
  </Screen>
}

function Row({ line: { activity, saved, proposed, because }, minutes, put }: { line: TimeLine; minutes: number; put: (minutes: number) => void }) {
  const name = label('time_activity', activity)
  return <li class="counter">
    <div class="counter-name"><strong>{name}</strong>
      <span>{proposed ? `Forslag: ${because}` : saved ? 'Gemt' : 'Skrevet selv'}{proposed && saved ? ` · ${hoursWords(saved)} gemt` : ''}</span></div>
    <div class="counter-steps">
      <button type="button" class="chip-button" aria-label={`−15 minutter på ${name}`} onClick={() => put(minutes - 15)}>−15</button>
      <output>{hoursWords(minutes)}</output>
      <button type="button" class="chip-button" aria-label={`+15 minutter på ${name}`} onClick={() => put(minutes + 15)}>+15</button>
      <button type="button" class="chip-button" aria-label={`+1 t. på ${name}`} onClick={() => put(minutes + 60)}>+1 t.</button>
    </div>
  </li>
}
