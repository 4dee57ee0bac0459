import assert from 'node:assert/strict'
import test from 'node:test'
import { decimalHours, hoursWords, isStep, longDay, monthSums, nextSheetStatuses, proposals, rideMinutes, type Work } from './timesheet'

const SPOTS: Record<string, { lat: number; lon: number }> = {
  skydebanen: { lat: 55.6696, lon: 12.5528 }, boulevarden: { lat: 55.6645, lon: 12.5457 }, valby: { lat: 55.6614, lon: 12.5166 } }
const visit = (time: string, minutes: number, practice_id = 'skydebanen', mode = 'IN_PERSON') =>
  ({ occurred_at: `2026-11-25T${time}:00Z`, minutes, practice_id, mode })
const entry = (activity: Work['entries'][number]['activity'], minutes: number, source: 'AUTO' | 'MANUAL' = 'AUTO', worked_on = '2026-11-25') =>
  ({ activity, minutes, source, worked_on })
const work = (changed: Partial<Work> = {}): Work =>
  ({ day: '2026-11-25', visits: [], talks: [], sessions: [], entries: [], spot: (practice) => SPOTS[practice] ?? null, ...changed })
const minutesOf = (changed: Partial<Work>) => proposals(work(changed)).map(({ activity, minutes }) => `${activity} ${minutes}`)

test('an empty day proposes nothing', () => assert.deepEqual(proposals(work()), []))

test('visits, talks and courses are summed and put in quarters of an hour', () => {
  const visits = [visit('08:40', 20), visit('10:15', 20), visit('11:00', 12)]
  const talks = [{ occurred_at: '2026-11-25T09:10:00Z', minutes: 30 }, { occurred_at: '2026-11-24T09:10:00Z', minutes: 60 }]
  const sessions = [{ starts_at: '2026-11-25T12:00:00Z', minutes: 120 }, { starts_at: '2026-11-26T12:00:00Z', minutes: 120 }]
  assert.deepEqual(minutesOf({ visits, talks, sessions }), ['VISIT 45', 'TALK 30', 'COURSE 120'])
  assert.equal(proposals(work({ visits }))[0]!.because, '3 besøg')
})

test('a talk within a visit is time once, not twice', () => {
  const talks = [{ occurred_at: '2026-11-25T08:45:00Z', minutes: 45 }, { occurred_at: '2026-11-25T09:00:00Z', minutes: 30 }]
  assert.deepEqual(minutesOf({ visits: [visit('08:40', 60)], talks }), ['VISIT 15', 'TALK 45'])
})

test('riding is the straight line and a third at 15 km/h, between practices that follow each other', () => {
  const visits = [visit('08:00', 20), visit('09:00', 20, 'boulevarden'), visit('10:00', 20, 'boulevarden'), visit('11:00', 20, 'valby')]
  assert.ok(Math.abs(rideMinutes(visits.slice(0, 2), work().spot) - (723 * 1.3) / 250) < 0.1)
  assert.deepEqual(minutesOf({ visits: [...visits].reverse() }), ['VISIT 75', 'RIDE 15'])
  assert.equal(rideMinutes([visits[0]!, visit('09:00', 20, 'unknown'), visits[3]!], work().spot), 0, 'an unknown place is not guessed')
  assert.equal(rideMinutes([visits[0]!, visit('09:00', 10, 'valby', 'PHONE')], work().spot), 0, 'nobody rides to a telephone call')
})

test('what was taken over is not proposed again, and what one typed oneself stands', () => {
  const visits = [visit('08:00', 60)]
  assert.deepEqual(minutesOf({ visits, entries: [entry('VISIT', 60)] }), [])
  assert.deepEqual(minutesOf({ visits, entries: [entry('VISIT', 45)] }), ['VISIT 15'])
  assert.deepEqual(minutesOf({ visits, entries: [entry('VISIT', 90, 'MANUAL')] }), [])
  assert.deepEqual(minutesOf({ visits, entries: [entry('VISIT', 90)] }), ['VISIT -30'], 'the visit was shortened afterwards')
  assert.deepEqual(minutesOf({ visits: [], entries: [entry('VISIT', 30), entry('VISIT', 60, 'MANUAL')] }), ['VISIT -30'])
  assert.deepEqual(minutesOf({ visits, entries: [entry('VISIT', 60, 'AUTO', '2026-11-24')] }), ['VISIT 60'])
})

test('the days are those of Copenhagen', () => {
  const late = { occurred_at: '2026-11-24T23:30:00Z', minutes: 30 }
  assert.deepEqual(minutesOf({ talks: [late] }), ['TALK 30'])
})

test('more than ten hours is a question', () => {
  const entries = [entry('VISIT', 585), entry('AWAY', 300), entry('RIDE', 60, 'AUTO', '2026-11-24')]
  assert.equal(longDay(entries, '2026-11-25', [{ activity: 'RIDE', minutes: 15, because: '' }]), undefined)
  assert.equal(longDay(entries, '2026-11-25', [{ activity: 'RIDE', minutes: 60, because: '' }]), 'Du har 10 t. 45 min. på dagen. Passer det?')
})

test('a month can be read off by activity and copied', () => {
  const entries = [entry('VISIT', 90), entry('VISIT', -15), entry('TALK', 30), entry('TALK', 30, 'MANUAL', '2026-12-01')]
  assert.deepEqual([...monthSums(entries, '2026-11')], [['VISIT', 75], ['TALK', 30]])
  assert.deepEqual([0, 45, 60, 450].map(hoursWords), ['0 min.', '45 min.', '1 t.', '7 t. 30 min.'])
  assert.deepEqual([450, 75].map(decimalHours), ['7,5', '1,25'])
  assert.deepEqual([isStep(45), isStep(50), isStep(-15)], [true, false, true])
})

test('a sheet is sent in, approved, corrected, and never skips the approval', () => {
  const chain = (['OPEN', 'SUBMITTED', 'APPROVED', 'CORRECTED'] as const).map((status) => nextSheetStatuses(status).join())
  assert.deepEqual(chain, ['SUBMITTED', 'APPROVED', 'CORRECTED', ''])
})
