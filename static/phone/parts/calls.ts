/* Whom to call about how it went: the citizen's first talk, the window that is open, and what they have said yes to. */
import { isOpen } from '../rules/consent'
import { may } from '../rules/gates'
import { callDue, type Due } from '../rules/outcomes'
import { dayOf, today } from './calendar'
import { consentsOf } from './citizens'
import { row, rows, type Shown } from './present'

export interface Call { citizen: Shown<'citizen'>; due: Due; tried: string | null; counts: boolean }

/* The window that closes first comes first. One pass over the talks; consents are looked at only where a window is open. */
export const callsDue = (): Call[] => {
  const first = new Map<string, string>()
  for (const { data: { citizen_id, occurred_at, type } } of rows('talk'))
    if (citizen_id && type !== 'ANONYMOUS' && occurred_at < (first.get(citizen_id) ?? '~')) first.set(citizen_id, occurred_at)
  return [...first].map(([citizen, at]) => callFrom(citizen, dayOf(at))).filter((call) => call !== null).sort((a, b) => a.due.last.localeCompare(b.due.last))
}

export const callOf = (citizen: string): Call | undefined => callsDue().find((call) => call.citizen.id === citizen)

/* Only who has said yes to being contacted; `counts`: and to evaluation. */
function callFrom(id: string, index: string): Call | null {
  const citizen = row('citizen', id)
  const outcomes = rows('outcome').filter(({ data }) => data.citizen_id === id).sort((a, b) => (a.made_at ?? '').localeCompare(b.made_at ?? '')).map(({ data }) => data)
  const due = callDue(outcomes, index, today())
  if (!citizen || citizen.data.status === 'ERASED' || !due) return null
  const consents = consentsOf(id)
  if (!may('CALL_FOR_OUTCOME', consents, today(), today())) return null
  const tried = outcomes.filter(({ point, outcome }) => point === due.point && outcome === 'UNREACHABLE').at(-1)?.answered_on ?? null
  return { citizen, due, tried, counts: isOpen(consents, 'EVALUATION', today(), today()) }
}
