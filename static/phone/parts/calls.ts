/* Whom to call about how it went: the citizen's index date, the window that is open, and what they have said yes to. */
import { isOpen } from '../rules/consent'
import { may } from '../rules/gates'
import { callDue, type Due, indexOn } from '../rules/outcomes'
import { dayOf, today } from './calendar'
import { consentsOf, talksOf } from './citizens'
import { rows, type Shown } from './present'

export interface Call { citizen: Shown<'citizen'>; due: Due; tried: string | null; counts: boolean }

export const outcomesOf = (citizen: string): Shown<'outcome'>[] =>
  rows('outcome').filter(({ data }) => data.citizen_id === citizen).sort((a, b) => (a.made_at ?? '').localeCompare(b.made_at ?? ''))

export function indexOf(citizen: string): string | undefined {
  return indexOn(talksOf(citizen).filter(({ data }) => data.type !== 'ANONYMOUS').map(({ data }) => dayOf(data.occurred_at)))
}

/* Only who has said yes to being contacted; `counts`: and to evaluation. */
export function callOf(citizen: Shown<'citizen'>): Call | null {
  const index = indexOf(citizen.id)
  const outcomes = outcomesOf(citizen.id)
  const open = index && citizen.data.status !== 'ERASED' ? callDue(outcomes.map(({ data }) => data), index, today()) : undefined
  const consents = consentsOf(citizen.id)
  if (!open || !may('CALL_FOR_OUTCOME', consents, today(), today())) return null
  const tried = outcomes.filter(({ data }) => data.point === open.point && data.outcome === 'UNREACHABLE').at(-1)?.data.answered_on ?? null
  return { citizen, due: open, tried, counts: isOpen(consents, 'EVALUATION', today(), today()) }
}

/* The window that closes first comes first. */
export const callsDue = (): Call[] =>
  rows('citizen').map(callOf).filter((call) => call !== null).sort((a, b) => a.due.last.localeCompare(b.due.last))
