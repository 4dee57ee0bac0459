/* The citizen's code: made here, read however it is typed, scanned or dictated, spoken sign by sign (domain.md 2.5). */

const SYMBOLS = '23456789BCDFGHJKMNPQRTVWX'
const WEIGHTS = [4, 3, 2, 1]
const LENGTH = 5
const LOOKS_LIKE: Record<string, string> = {
  S: '5', Z: '2', U: 'V', O: 'Q eller D', 0: 'Q eller D', I: '7 eller T', 1: '7 eller T', L: '7 eller T' }

/* (4a + 3b + 2c + d) mod 25: catches every single typo and every swap of neighbours. */
export const checkCharacter = (four: string): string =>
  SYMBOLS[[...four].reduce((sum, symbol, i) => sum + WEIGHTS[i]! * SYMBOLS.indexOf(symbol), 0) % SYMBOLS.length]!

export type Random = (bytes: Uint8Array<ArrayBuffer>) => unknown
const fromTheBrowser: Random = (bytes) => crypto.getRandomValues(bytes)

/* A new random code, none of those that this phone knows. The server exchanges one that a colleague's phone made as well. */
export function newCode(taken: ReadonlySet<string> = new Set(), random: Random = fromTheBrowser): string {
  for (;;) {
    let four = ''
    while (four.length < LENGTH - 1) four += symbolFrom(random)
    const code = `B-${four}${checkCharacter(four)}`
    if (!taken.has(code)) return code
  }
}

/* Bytes beyond the last whole 25 are thrown away: no symbol comes up more often than another. */
function symbolFrom(random: Random): string {
  const one = new Uint8Array(1)
  do random(one); while (one[0]! >= 256 - (256 % SYMBOLS.length))
  return SYMBOLS[one[0]! % SYMBOLS.length]!
}

/* `words` say in Danish what is wrong; `at` is the place among the five, from 1. */
export interface CodeProblem { kind: 'EMPTY' | 'SHORT' | 'LONG' | 'SYMBOL' | 'CHECK'; words: string; at?: number }
export type Reading = { code: string; problem?: undefined } | { code?: undefined; problem: CodeProblem }

/* The code in "7k3mb", "B 7K3MB", "b–7k3mb" or what a camera read. */
export function readCode(typed: string): Reading {
  const text = typed.normalize('NFKC').toUpperCase().replace(/[^\p{L}\p{N}\p{M}?!*#]/gu, '')
  const body = [...(text.startsWith('B') && [...text].length > LENGTH) || /^\s*b\s*[-–]/i.test(typed) ? text.slice(1) : text]
  if (!text) return { problem: { kind: 'EMPTY', words: 'Skriv koden fra samtalekortet.' } }
  const at = body.slice(0, LENGTH).findIndex((symbol) => !SYMBOLS.includes(symbol)) + 1
  if (at) return { problem: { kind: 'SYMBOL', words: wrong(body[at - 1]!, at), at } }
  if (body.length !== LENGTH)
    return { problem: { kind: body.length < LENGTH ? 'SHORT' : 'LONG', words: `Koden har fem tegn efter B. Der står ${body.length}.` } }
  if (body[LENGTH - 1] !== checkCharacter(body.slice(0, LENGTH - 1).join('')))
    return { problem: { kind: 'CHECK', words: 'Koden passer ikke. Et tegn er forkert, eller to er byttet om. Tjek kortet.' } }
  return { code: `B-${body.join('')}` }
}

function wrong(symbol: string, at: number): string {
  const like = LOOKS_LIKE[symbol]
  return `Tegn ${at} efter B er «${symbol}». Det bruges ikke i koder.${like ? ` Er det ${like}?` : ' Tjek kortet.'}`
}

/* For a screen reader, sign by sign: "B, 7, K, 3, M, B". */
export const spokenCode = (code: string): string => [...code.replace('-', '')].join(', ')
