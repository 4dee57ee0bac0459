/* A month of time as one line of text, so that nothing is typed twice (domain.md ch. 6, 24). */
import { decimalHours } from './timesheet'

/* "november 2026; SHL; Besøg 32,5; Samtaler 12,25; I alt 44,75; Fravær 7,5" */
export function monthLine(month: string, initials: string, rows: readonly { name: string; minutes: number; counts: boolean }[]): string {
  const words = ({ name, minutes }: { name: string; minutes: number }) => `${name} ${decimalHours(minutes)}`
  const worked = rows.filter(({ counts }) => counts)
  const sum = worked.reduce((total, { minutes }) => total + minutes, 0)
  return [month, initials, ...worked.map(words), `I alt ${decimalHours(sum)}`, ...rows.filter(({ counts }) => !counts).map(words)].join('; ')
}
