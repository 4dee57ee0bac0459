/* The project's own words and when they held: an old record keeps the words of its day (app/rules/terms.py says the same). */
import type { Day } from './dates'

type Term = Readonly<Record<string, string>>
const JOBCENTER = /\b([Jj])obcent(?:er|ret|eret)\b/g     // the term is definite, "kommunen", so it fits where either form stood

export const holds = (term: Term, on: Day): boolean => (term['valid_from'] ?? '') <= on && on <= (term['valid_to'] || '9999-12-31')

export function said(terms: readonly Term[] | null | undefined, list: string, code: string, label: string, on: Day): string {
  const word = (key: string) => terms?.find((term) => term['key'] === key && holds(term, on))?.['label']
  const own = word(`${list}.${code}`)
  if (own) return own
  const name = word('jobcenter')
  return name ? label.replace(JOBCENTER, (_, first: string) => first === 'J' ? name[0]!.toUpperCase() + name.slice(1) : name) : label
}
