// Numbers out of lists of numbers.
const sorted = (list) => [...list].sort((a, b) => a - b)

export const pct = (list, p) => (list.length ? sorted(list)[Math.min(list.length - 1, Math.floor((p / 100) * list.length))] : NaN)
export function median(list) {
  const s = sorted(list), n = s.length
  return n ? (n % 2 ? s[(n - 1) / 2] : (s[n / 2 - 1] + s[n / 2]) / 2) : NaN
}
export const sig = (value, digits = 4) => (Number.isFinite(value) ? Number(value.toPrecision(digits)) : value)
/** {median, min, max, n}, rounded to four significant digits */
export const mmm = (list) => ({ median: sig(median(list)), min: sig(Math.min(...list)), max: sig(Math.max(...list)), n: list.length })
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))
