/* The Danish alphabet: in which order words stand, and what a search takes for the same (domain.md 4.6). */

const FOLDED: Record<string, string> = { å: 'aa', æ: 'ae', ä: 'ae', ø: 'oe', ö: 'oe', ü: 'y', ð: 'd', þ: 'th', ß: 'ss', œ: 'oe' }
/* Places that people call by two names; folded. */
const ALSO: readonly (readonly [RegExp, string])[] = [
  [/kgs\.? enghave|kongens enghave/, 'sydhavnen kgs. enghave kongens enghave'], [/sydhavn/, 'kgs. enghave kongens enghave'],
]

/* One spelling for what a person may type in several: å = aa, ø = oe, æ = ae, é = e. */
export function fold(text: string | null | undefined): string {
  if (!/[^\x00-\x7f]/.test(text ?? '')) return (text ?? '').toLowerCase()      // most of what is searched is folded already
  return [...(text ?? '').normalize('NFC').toLowerCase()].map((letter) => FOLDED[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '')).join('')
}

/* True when every word that was typed stands somewhere in the texts. */
export function finds(wanted: string, ...texts: readonly (string | null | undefined)[]): boolean {
  const place = texts.map(fold).join(' ')
  const all = [place, ...ALSO.filter(([name]) => name.test(place)).map(([, names]) => names)].join(' ')
  return fold(wanted).split(/\s+/).every((word) => all.includes(word))
}

const collator = new Intl.Collator('da')

/* Adam, Wagner, Zebra, Ærtebjerg, Øresund, Aagaard, Ålholm (INV-18). */
export const inOrder = (a: string, b: string): number => collator.compare(a, b)
export const sortedBy = <T>(things: readonly T[], name: (thing: T) => string): T[] => [...things].sort((a, b) => inOrder(name(a), name(b)))
