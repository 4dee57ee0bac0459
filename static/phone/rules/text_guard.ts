/* Finds CPR numbers and their look-alikes in what somebody types, before it reaches the disk (domain.md 4.3). */

export type Level = 'NONE' | 'LOW' | 'MEDIUM' | 'HIGH'
/* `index` and `length` are places in the text as it was typed. */
export interface Hit { index: number; length: number; level: Exclude<Level, 'NONE'>; kind: string }
export interface Finding { level: Level; hits: Hit[] }

const RANK = { NONE: 0, LOW: 1, MEDIUM: 2, HIGH: 3 } as const
const WEIGHTS = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]
const OTHER_NUMBER = /(p-?nr|p-?nummer|produktionsenhed|konto\w*)\.?:? *$/i

/* HIGH cannot be saved. MEDIUM is asked about. LOW is a quiet hint. */
export function detect(text: string, today = new Date()): Finding {
  const { plain, places } = normalised(text)
  const hits: Hit[] = []
  for (const hit of RULES.flatMap((rule) => rule(plain, today))) {
    const over = hits.filter((o) => hit.index < o.index + o.length && o.index < hit.index + hit.length)
    if (over.some((o) => RANK[o.level] >= RANK[hit.level])) continue
    for (const weaker of over) hits.splice(hits.indexOf(weaker), 1)
    hits.push(hit)
  }
  const typed = hits.map((hit) => {
    const index = places[hit.index]!
    return { ...hit, index, length: places[hit.index + hit.length]! - index }
  })
  const level = hits.reduce<Level>((most, hit) => (RANK[hit.level] > RANK[most] ? hit.level : most), 'NONE')
  return { level, hits: typed.sort((a, b) => a.index - b.index) }
}

/* "Fjern nummeret": the text without one hit, and without the gap it would leave. */
export function redact(text: string, hit: Pick<Hit, 'index' | 'length'>): string {
  const [before, after] = [text.slice(0, hit.index), text.slice(hit.index + hit.length)]
  const gap = /\s$/.test(before) && (/^\s/.test(after) || after === '')
  return (gap ? before.slice(0, -1) : before) + (before === '' ? after.trimStart() : after)
}

/* What the server does with what slips through: the same here, so that both can be tested alike. */
export function clean(text: string, today = new Date()): string {
  for (let now = text; ;) {
    const high = detect(now, today).hits.filter(({ level }) => level === 'HIGH')
    if (!high.length) return now
    for (const { index, length } of high.reverse()) now = `${now.slice(0, index)}[fjernet]${now.slice(index + length)}`
  }
}

/* One spelling for dashes, spaces and digits. places[i] = where character i of `plain` stands in the text. */
function normalised(text: string): { plain: string; places: number[] } {
  let plain = ''
  const places: number[] = []
  let end = 0
  for (const { 0: part, index } of text.matchAll(/[^\p{M}]\p{M}*|\p{M}+/gsu)) {
    const one = part.normalize('NFKC')
      .replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '').replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[\u00A0\u2000-\u200A\u202F]/g, ' ')
      .replace(/[\u0660-\u0669]/g, (c) => String(c.charCodeAt(0) - 0x660)).replace(/[\u06F0-\u06F9]/g, (c) => String(c.charCodeAt(0) - 0x6f0))
    for (let i = 0; i < one.length; i++) places.push(index)
    plain += one
    if (one) end = index + part.length
  }
  places.push(end)
  return { plain, places }
}

interface Birth { day: number; month: number; replaced: boolean; mod11: boolean; year: number }

/* Ten digits as a person's number, or null: a real date by the century rule of digit 7, not in the future. */
function birth(digits: string, today: Date): Birth | null {
  let day = Number(digits.slice(0, 2))
  const [month, yy, seventh] = [Number(digits.slice(2, 4)), Number(digits.slice(4, 6)), Number(digits[6])]
  const replaced = day >= 61 && day <= 91
  if (replaced) day -= 60
  const year = yearOf(yy, seventh)
  if (!realDate(year, month, day) || Date.UTC(year, month - 1, day) > today.getTime()) return null
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  return { day, month, replaced, year, mod11: sum % 11 === 0 }
}

function yearOf(yy: number, seventh: number): number {
  if (seventh <= 3) return 1900 + yy
  if (seventh === 4 || seventh === 9) return yy <= 36 ? 2000 + yy : 1900 + yy
  return yy <= 57 ? 2000 + yy : 1800 + yy
}

function realDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

type Rule = (text: string, today: Date) => Hit[]
const timeLike = (digits: string) => Number(digits.slice(0, 2)) <= 23 && Number(digits.slice(2)) <= 59
const recent = (yy: string, clock: string, today: Date) => Math.abs(Number(yy) - (today.getUTCFullYear() % 100)) <= 1 && timeLike(clock)

/* Modulus 11 never clears a number (numbers without it are issued since 2007); it only raises the level. */
const tenDigits: Rule = (text, today) =>
  found(text, /(?<![\d])(?<!\d[-/.])(\d{6})( ?- ?| |\.|\/)?(\d{4})(?![\d])(?![-/.]\d)/g, (m) => {
    const born = birth(m[1]! + m[3]!, today)
    if (!born) return null
    if (OTHER_NUMBER.test(text.slice(Math.max(0, m.index - 14), m.index))) return ['LOW', 'other-number']
    const kind = born.replaced ? 'erstatning+60' : 'cpr'
    const sure = born.mod11 || (born.day === 1 && born.month === 1)
    const separator = (m[2] ?? '').trim() || m[2]
    if (separator === '-') return ['HIGH', kind]
    if (separator && recent(m[1]!.slice(4), m[3]!, today) && !born.replaced) return [born.mod11 ? 'MEDIUM' : 'LOW', 'date+time?']
    return [sure ? 'HIGH' : 'MEDIUM', separator ? 'cpr' : kind]
  })

const spelledDate: Rule = (text, today) =>
  found(text, /(?<![\d])(?<!\d[-/.])(\d{2})([ .\-/])(\d{2})\2((?:18|19|20)?\d{2})( ?- ?| )(\d{4})(?![\d])(?![-/.]\d)/g, (m) => {
    const yy = m[4]!.slice(-2)
    const born = birth(m[1]! + m[3]! + yy + m[6]!, today)
    if (!born || (m[4]!.length === 4 && Number(m[4]) !== born.year)) return null
    if (recent(yy, m[6]!, today)) return ['LOW', 'date+time?']
    return [m[5]!.includes('-') || born.mod11 ? 'HIGH' : 'MEDIUM', 'cpr']
  })

const fullYear: Rule = (text, today) =>
  found(text, /(?<![\d])(\d{4})((?:18|19|20)\d{2}) ?- ?(\d{4})(?![\d])/g, (m) =>
    (birth(m[1]! + m[2]!.slice(2) + m[3]!, today)?.year === Number(m[2]) ? ['HIGH', 'cpr'] : null))

/* DDMMYY C AA G: C is 0, 1, 5 (1900s) or 6, 7. */
const eCpr: Rule = (text) =>
  found(text, /(?<![\dA-Za-zÆØÅæøå])(\d{6})[- ]?([01567])([A-Za-z]{2})\d(?![\dA-Za-zÆØÅæøå])/g, (m) => {
    const [day, month, yy] = [Number(m[1]!.slice(0, 2)), Number(m[1]!.slice(2, 4)), Number(m[1]!.slice(4))]
    if (!realDate(1900 + yy, month, day) && !realDate(2000 + yy, month, day)) return null
    return [m[3] === m[3]!.toUpperCase() ? 'HIGH' : 'MEDIUM', 'eCPR']
  })

const announced: Rule = (text) => [
  ...found(text, /(cpr|personn(?:r|ummer)|pers\.? ?nr)[^\d\n]{0,15}(\d[\d \-]{3,12})/giu, () => ['HIGH', 'announced']),
  ...found(text, /sidste (?:fire|4)(?: cifre)?[^\d\n]{0,10}(\d{4})(?!\d)/giu, () => ['HIGH', 'last4']),
]

const masked: Rule = (text, today) =>
  found(text, /(?<!\d)(\d{6}) ?- ?[xX*•]{2,4}/g, (m) =>
    (birth(`${m[1]}0000`, today) ?? birth(`${m[1]}4000`, today) ? ['MEDIUM', 'masked (birth date)'] : null))

const RULES: readonly Rule[] = [tenDigits, spelledDate, fullYear, eCpr, announced, masked]

function found(text: string, pattern: RegExp, judge: (match: RegExpExecArray) => [Hit['level'], string] | null): Hit[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const verdict = judge(match as RegExpExecArray)
    return verdict ? [{ index: match.index, length: match[0].length, level: verdict[0], kind: verdict[1] }] : []
  })
}
