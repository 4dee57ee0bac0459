/* What was agreed: by when, what is late, what stops when a consent is withdrawn (domain.md 2.8, 2.6). */
import type { NextStep } from '../generated/records'
import type { Scope } from './consent'
import { addDays, type Day, daysBetween } from './dates'
import { stepScopes } from './gates'
import { type DaysOff, workingDayFrom } from './working_days'

const USUAL_DAYS = 14
export const MOST_STEPS = 3             // a talk ends in three steps at the most

export type Step = Pick<NextStep, 'step' | 'status' | 'due_on' | 'responsible' | 'needs_scope'>

/* In fourteen days; on the next working day when people do not work then. */
export const stepDueOn = (from: Day, daysOff: DaysOff): Day => workingDayFrom(addDays(from, USUAL_DAYS), daysOff)

/* Nothing agreed is no step: there is nothing to be late with. */
const isAgreed = ({ step, status }: Step): boolean => status === 'OPEN' && step !== 'NONE'

export const isOverdue = (step: Step, today: Day): boolean => isAgreed(step) && step.due_on < today
export const daysOver = (step: Step, today: Day): number => (isOverdue(step, today) ? daysBetween(step.due_on, today) : 0)

/* Open steps that are due today or late, the latest first. */
export const stepsDue = <T extends { data: Step }>(steps: readonly T[], today: Day): T[] =>
  steps.filter(({ data }) => isAgreed(data) && data.due_on <= today).sort((a, b) => a.data.due_on.localeCompare(b.data.due_on))

/* A doctor's or caseworker's step is a reminder to ask, never a task sent to them. */
export const isReminder = ({ responsible }: Pick<NextStep, 'responsible'>): boolean => responsible === 'GP' || responsible === 'CASEWORKER'

/* Open steps that hang on a consent which is withdrawn: they are dropped, at once and without a net. */
export const stoppedBy = <T extends { data: Step }>(steps: readonly T[], scopes: readonly Scope[]): T[] =>
  steps.filter(({ data }) => isAgreed(data) && stepScopes(data).some((scope) => scopes.includes(scope)))
