/* Wrong passphrases on a locked phone: each costs more time than the one before, and after ten only the server opens (security.md, Keys). */

export const MOST_TRIES = 10
const FREE = 2
const FIRST_WAIT_MS = 5_000

export interface Tries { wrong: number; last_at: number }

/* What is left to wait. A clock that was put back makes nobody wait longer than the rule says. */
export function waitMs({ wrong, last_at }: Tries, now: number): number {
  const whole = wrong <= FREE ? 0 : FIRST_WAIT_MS * 2 ** (wrong - FREE - 1)
  return Math.min(whole, Math.max(0, last_at + whole - now))
}
