/* The month on one line to copy into the municipality's own time system, and the sheet that is handed in once. */
import { useRef } from 'preact/hooks'
import { today } from '../parts/calendar'
import { Screen } from '../parts/frame'
import { useSave } from '../parts/kept'
import { say } from '../parts/message'
import { user } from '../parts/present'
import { choices, label } from '../parts/words'
import { ownEntries, sheetOf } from '../parts/worked'
import { dayWords } from '../parts/calendar'
import { longDay as longDate } from '../rules/dates'
import { monthLine } from '../rules/monthline'
import { decimalHours, monthSums, nextSheetStatuses } from '../rules/timesheet'

const monthWords = (month: string): string => longDate(`${month}-01`).split(' ').slice(2).join(' ')
const moved = (month: string, by: number): string => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 1 + by, 1)).toISOString().slice(0, 7)

export function TimeMonth({ month }: { month: string }) {
  const line = useRef<HTMLParagraphElement>(null)
  const save = useSave()
  const sums = monthSums(ownEntries().map(({ data }) => data), month)
  const rows = choices('time_activity').filter(({ value }) => sums.get(value as never)).map(({ value, label: name }) => ({ name, minutes: sums.get(value as never)!, counts: value !== 'AWAY' }))
  const text = monthLine(monthWords(month), user.value!.initials, rows)
  const sheet = sheetOf(month)
  const status = sheet?.data.status ?? 'OPEN'
  const copy = () => navigator.clipboard.writeText(text).then(() => say('Måneden er kopieret.'), () => {
    getSelection()?.selectAllChildren(line.current!)
    say('Linjen er markeret. Hold fingeren på den, og vælg Kopiér.')
  })
  const submit = () => {
    const set = { month, status: 'SUBMITTED' as const, submitted_on: today() }
    void save([sheet ? { kind: 'time_sheet', action: 'update', id: sheet.id, seen: { ...sheet.data }, set } : { kind: 'time_sheet', action: 'create', set }], { done: 'Timesedlen er indsendt, når telefonen har haft net' })
  }
  return <Screen title={`Tid i ${monthWords(month)}`} back={{ to: 'tid', label: 'Tid' }}>
    <p><span class="tag">{label('time_sheet_status', status)}</span>{sheet?.data.submitted_on ? ` ${dayWords(sheet.data.submitted_on)}` : ''}</p>
    {rows.length ? <dl class="facts">{rows.map(({ name, minutes }) => <div key={name}><dt>{name}</dt><dd>{decimalHours(minutes)} timer</dd></div>)}</dl> : <p>Der er ikke skrevet tid i måneden.</p>}
    {rows.length > 0 && <>
      <p class="copy-line" ref={line}>{text}</p>
      <button type="button" class="button button-primary wide" onClick={() => void copy()}>Kopiér måneden</button>
      {nextSheetStatuses(status).includes('SUBMITTED') && <button type="button" class="button button-secondary wide" onClick={submit}>Indsend timeseddel</button>}
    </>}
    <div class="doings">
      <a class="button button-secondary" href={`#/tid/maaned/${moved(month, -1)}`}>{monthWords(moved(month, -1))}</a>
      {month < today().slice(0, 7) && <a class="button button-secondary" href={`#/tid/maaned/${moved(month, 1)}`}>{monthWords(moved(month, 1))}</a>}
    </div>
  </Screen>
}
