// The chart of README: for each work, how long everybody took, ours as the measure. Drawn from the medians of one run.
import { sig } from './stats.mjs'

const ROWS = [
  ['W1', 'p50 ms', 'Save one record', 'ms'], ['W2', 's', 'Push 1,000', 's'], ['W2n', 's', 'Push 1,000, slow net', 's'],
  ['W3', 's found', 'Pull 10,000', 's'], ['W3n', 's found', 'Pull 10,000, slow net', 's'], ['W4', 'cold 4× ms', 'Cold start, slow phone', 'ms'],
  ['W5', 'bytes', 'Nothing new', 'bytes'], ['W7', 'gzip kB', 'Size of the library', 'kB'],
]
const SHOWN = [['ours', 'Rådgiver på hjul', '#0b5c4f'], ['pouchdb', 'PouchDB', '#b3671e'], ['rxdb', 'RxDB', '#8d3f7d'], ['rxdb-enc', 'RxDB encrypted', '#c07fb4'], ['dexie', 'Dexie, by hand', '#5a6b8c']]
const WIDTH = 760, LEFT = 190, RIGHT = 110, BAR = 9, GAP = 16, TOP = 62

/** An SVG. Each work has its own scale: the longest bar is the slowest contestant. */
export function chart(summary, meta) {
  let y = TOP
  const parts = []
  for (const [work, metric, title, unit] of ROWS) {
    const bars = SHOWN.map(([who, , colour]) => [summary[work]?.[who]?.[metric]?.median, colour]).filter(([value]) => value !== undefined)
    if (bars.length < 2) continue
    const most = Math.max(...bars.map(([value]) => value))
    parts.push(text(LEFT - 12, y + (bars.length * (BAR + 2)) / 2 + 3, title, 'end', 13))
    for (const [value, colour] of bars) {
      const width = Math.max(1.5, ((WIDTH - LEFT - RIGHT) * value) / most)
      parts.push(`<rect x="${LEFT}" y="${y}" width="${sig(width)}" height="${BAR}" fill="${colour}"/>`, text(LEFT + width + 6, y + BAR - 0.5, `${sig(value, 3)} ${unit}`, 'start', 10))
      y += BAR + 2
    }
    y += GAP
  }
  const legend = SHOWN.map(([, name, colour], i) => `<rect x="${20 + i * 146}" y="34" width="10" height="10" fill="${colour}"/>${text(35 + i * 146, 43, name, 'start', 12)}`)
  const { machine, begun, commit } = meta
  const where = `Medians of ${meta.runs} runs on ${machine.cores} cores, ${machine.chromium}, ${begun.slice(0, 10)}, ${commit}. Shorter is better.`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 24}" viewBox="0 0 ${WIDTH} ${y + 24}" role="img" font-family="system-ui, sans-serif">
<title>The same work by Rådgiver på hjul and its peers</title>
<rect width="100%" height="100%" fill="#fff"/>
${text(20, 22, 'The same work, side by side', 'start', 15, 600)}
${legend.join('\n')}
${parts.join('\n')}
${text(20, y + 10, where, 'start', 10)}
</svg>
`
}

/** README with the chart and the goals of this run between its two marks. */
export function readme(text_, verdict) {
  const rows = verdict.filter(({ value }) => value !== null).map(({ work, text, value, goal, met }) => `| ${work} | ${text} | ${value} | ${goal} | ${met ? 'yes' : 'no'} |`)
  const section = ['![The same work by us and by the peers](docs/bench.svg)', '', '| Work | | Measured | Goal | Met |', '|---|---|---:|---:|---|', ...rows].join('\n')
  return text_.replace(/(<!-- measured -->\n)[^]*?(<!-- \/measured -->)/, (_, open, close) => `${open}${section}\n${close}`)
}

const escaped = (words) => words.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const text = (x, y, words, anchor, size, weight = 400) =>
  `<text x="${sig(x)}" y="${sig(y)}" text-anchor="${anchor}" font-size="${size}" font-weight="${weight}" fill="#1a1a1a">${escaped(words)}</text>`
