// The page of every contestant. A client calls shell(contestant) with
//   open()          opens the local store; must also work without net
//   save(record)    one new record, durable, together with whatever marks it as unsent
//   bulkSave(list)  the same for many; never timed
//   push()          resolves when the server has acknowledged every local record
//   settled()       if there is one: resolves when what goes on behind a push is over
//   pull()          resolves when all that is on the server lies in the local store
//   sync()          one whole round "is anything new?" both ways
//   newest(n)       the n newest by occurred_at, out of the local store
//   count()         how many records the local store holds
import { records } from './records.mjs'

const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))

async function draw(bench, most) {
  const rows = await bench.newest(most)
  const list = document.createDocumentFragment()
  for (const row of rows) {
    const item = document.createElement('li')
    for (const name of ['occurred_at', 'practice_id', 'outcome', 'note']) {
      const part = document.createElement('span')
      part.textContent = `${row[name]} `
      item.append(part)
    }
    list.append(item)
  }
  document.getElementById('list').replaceChildren(list)
  return rows.length
}

export function shell(contestant) {
  const bench = window.bench = contestant
  bench.ready = bench.open()
  bench.fill = async (count, seed) => {
    await bench.ready
    const all = records(count, seed)
    for (let i = 0; i < count; i += 500) await bench.bulkSave(all.slice(i, i + 500))
  }
  bench.timeSaves = async (count, seed) => {
    await bench.ready
    const taken = []
    for (const record of records(count, seed)) {
      const begun = performance.now()
      await bench.save(record)
      taken.push(performance.now() - begun)
    }
    return taken
  }
  if (location.search.includes('list')) bench.listed = bench.ready.then(() => draw(bench, 50)).then(async (n) => ({ n, t: await painted() }))
}
