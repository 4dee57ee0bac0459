import assert from 'node:assert/strict'
import test from 'node:test'
import { dayOrder, type Stop } from './day_order'

const at = (hour: number, minute = 0) => hour * 60 + minute
const stop = (name: string, lon: number, from = at(9), to = at(15)): Stop & { name: string } => ({ name, lat: 55.67, lon, hours: [{ from, to }] })
const names = (stops: (Stop & { name: string })[], start = at(9), from?: { lat: number; lon: number }) =>
  dayOrder(stops, start, from).map((one) => one.stop.name).join(' ')

test('without hours in the way one rides the shortest way from where one stands', () => {
  const line = [stop('c', 12.53), stop('a', 12.51), stop('d', 12.54), stop('b', 12.52)]
  assert.equal(names(line, at(9), { lat: 55.67, lon: 12.5 }), 'a b c d')
})

test('a practice that takes one at noon is reached at noon', () => {
  const stops = [stop('noon', 12.5, at(12, 15), at(13)), stop('early', 12.53, at(9), at(10)), stop('any', 12.52)]
  const day = dayOrder(stops, at(9), { lat: 55.67, lon: 12.501 })
  assert.equal(day.map((one) => one.stop.name).join(' '), 'early any noon')
  assert.ok(day[2]!.at >= at(12, 15) && day[2]!.at < at(13), String(day[2]!.at))
})

test('nobody is left out: one that is closed by now, and one whose place is not known', () => {
  const stops = [stop('gone', 12.5, at(9), at(10)), { ...stop('unknown', 0), lat: null, lon: null }, stop('open', 12.52)]
  assert.deepEqual(dayOrder(stops, at(11)).map((one) => one.stop.name).sort(), ['gone', 'open', 'unknown'])
  assert.equal(dayOrder(stops, at(11)).at(-1)!.stop.name, 'gone')
  assert.deepEqual(dayOrder([], at(9)), [])
})

/* Numbers that look random and are the same every time. */
function* dice(seed: number): Generator<number, never> { for (let x = seed; ;) yield (x = (x * 16_807) % 2_147_483_647) / 2_147_483_647 }
const roll = dice(7)
const next = () => roll.next().value

function* orders<T>(all: T[]): Generator<T[]> {
  if (all.length < 2) yield all
  else for (const [i, one] of all.entries()) for (const rest of orders(all.filter((_, j) => j !== i))) yield [one, ...rest]
}

test('in a hundred days nobody stands before a shut door where another order would have spared it', () => {
  const open = (way: { stop: Stop; at: number }[]) => way.filter(({ stop: { hours }, at: when }) => when < hours[0]!.to).length
  for (let day = 0; day < 100; day++) {
    const stops = Array.from({ length: 5 }, (_, i) => {
      const from = at(9) + Math.floor(next() * 240)
      return stop(`${i}`, 12.5 + next() * 0.06, from, from + 45 + Math.floor(next() * 90))
    })
    const most = Math.max(...[...orders(stops)].map((way) => open(inThatOrder(way))))
    assert.ok(open(dayOrder(stops, at(9))) >= most, `day ${day}`)
  }
})

/* One at a time: the order is given. */
function inThatOrder(way: Stop[]): { stop: Stop; at: number }[] {
  let [now, here] = [at(9), undefined as { lat: number; lon: number } | undefined]
  return way.map((one) => {
    const when = dayOrder([one], now, here)[0]!.at
    here = { lat: one.lat!, lon: one.lon! }
    now = when + 25
    return { stop: one, at: when }
  })
}
