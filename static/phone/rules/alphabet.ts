/* The Danish alphabet: in which order words stand, and what a search takes for the same (domain.md 4.6). */

const FOLDED: Record<string, string> = { å: 'aa', æ: 'ae', ä: 'ae', ø: 'oe', ö: 'oe', ü: 'y', ð: 'd', þ: 'th', ß: 'ss', œ: 'oe' }
/* Places that people call by two names; folded. */
const ALSO: readonly (readonly [RegExp, string])[] = [
  [/kgs\.? enghave|kongens enghave/, 'sydhavnen kgs. enghave kongens enghave'], [/sydhavn/, 'kgs. enghave kongens enghave'],
]

/* One spelling for what a person may type in several: å = aa, ø = oe, æ = ae, é = e. */
export const fold = (text: string | null | undefined): string =>
  (text ?? '').normalize('NFC').toLowerCase().replace(/[^\x00-\x7f]/g, (letter) => FOLDED[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, ''))

/* The texts of one thing as they are searched: folded, and with the other name of a place that has two. */
export function searched(...texts: readonly (string | null | undefined)[]): string {
  const place = texts.map(fold).join(' ')
  return [place, ...ALSO.filter(([name]) => name.test(place)).map(([, names]) => names)].join(' ')
}

/* True when every word that was typed stands somewhere in the texts. */
export function wanting(wanted: string): (place: string) => boolean {
  const words = fold(wanted).split(/\s+/)
  return (place) => words.every((word) => place.includes(word))
}
export const finds = (wanted: string, ...texts: readonly (string | null | undefined)[]): boolean => wanting(wanted)(searched(...texts))

const collator = new Intl.Collator('da')

/* Adam, Wagner, Zebra, Ærtebjerg, Øresund, Aagaard, Ålholm (INV-18). */
export const inOrder = (a: string, b: string): number => collator.compare(a, b)
export const sortedBy = <T>(things: readonly T[], name: (thing: T) => string): T[] => [...things].sort((a, b) => inOrder(name(a), name(b)))
