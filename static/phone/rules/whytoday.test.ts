import assert from 'node:assert/strict'
import test from 'node:test'
import { CLOSED_DAYS } from '../generated/records'
import { type Known, whyToday } from './whytoday'

const [TODAY, TEN, FRIDAY] = ['2026-11-25', 600, '2026-11-27']      // a Wednesday, ten o'clock
const visit = (day: string, changed: Partial<Known['visits'][number]> = {}): Known['visits'][number] =>
  ({ occurred_at: `${day}T10:00:00Z`, mode: 'IN_PERSON', outcome: 'COMPLETED', ...changed })
const known = (changed: Partial<Known> = {}, practice: Known['practice'] = {}): Known =>
  ({ practice: { agreement_status: 'AGREED', avoid: '08:00-09:00', ...practice }, visits: [], plans: [], steps: [], handouts: [], ...changed })
const why = (changed: Partial<Known>, practice?: Known['practice'], day = TODAY, minute = TEN) =>
  whyToday(known(changed, practice), day, minute, CLOSED_DAYS)
const words = (...args: Parameters<typeof why>) => why(...args)?.reasons.map((reason) => reason.words) ?? null

test('nothing speaks for it', () => {
  assert.equal(why({}), null)
  assert.equal(why({ visits: [visit('2026-11-20')] }), null)
})

test('planned today, by a plan or by what the last visit said', () => {
  assert.deepEqual(words({ plans: [{ planned_on: TODAY, status: 'PLANNED' }] }), ['Planlagt i dag'])
  assert.deepEqual(words({ visits: [visit('2026-11-04', { next_visit_on: TODAY })] }), ['Planlagt i dag'])
  assert.equal(words({ plans: [{ planned_on: TODAY, status: 'CANCELLED' }] }), null)
  assert.deepEqual(words({ visits: [visit('2026-11-04', { next_visit_on: '2026-11-23' })] }), ['Var planlagt man. 23. nov.'])
  const moved = { visits: [visit('2026-11-04', { next_visit_on: TODAY })], plans: [{ planned_on: '2026-12-01', status: 'PLANNED' as const }] }
  assert.equal(words(moved), null)
})

test('over its interval, but not when one comes there soon anyway', () => {
  assert.deepEqual(words({ visits: [visit('2026-11-03')] }), ['Længe siden: 22 dage'])
  assert.equal(why({ visits: [visit('2026-11-03')] })!.over, 1)
  assert.equal(words({ visits: [visit('2026-11-03', { next_visit_on: '2026-11-30' })] }), null)
  assert.equal(words({ visits: [visit('2026-11-03')] }, { agreement_status: 'PAUSED' }), null)
})

test('a promise that was not kept since, and steps by their number alone', () => {
  const promised = visit('2026-11-12', { follow_up: 'Flere plakater', follow_up_on: '2026-11-24', next_visit_on: '2026-12-03' })
  assert.deepEqual(words({ visits: [promised] }), ['Lovet: Flere plakater'])
  assert.equal(words({ visits: [promised, visit('2026-11-19', { next_visit_on: '2026-12-03' })] }), null, 'one was there in time')
  assert.deepEqual(words({ visits: [promised, visit('2026-11-19', { outcome: 'CLOSED', next_visit_on: '2026-12-03' })] }), ['Lovet: Flere plakater'])
  assert.equal(words({ visits: [{ ...promised, follow_up_by: 'GP' }] }), null)
  assert.equal(words({ visits: [{ ...promised, follow_up_on: '2026-11-26' }] }), null)
  assert.deepEqual(words({ steps: ['2026-11-25', '2026-11-20', '2026-11-26'] }), ['2 skridt er aftalt til nu'])
})

test('a material is used up by the pace at which this practice takes it', () => {
  const folder = (on: string, quantity = 10) => ({ name: 'Folder', on, quantity })
  const handouts = [folder('2026-10-01'), folder('2026-10-15'), folder('2026-10-29'), folder('2026-10-29', 5)]
  const visits = [visit('2026-11-20')]
  assert.deepEqual(words({ visits, handouts }), ['Folder slipper snart op: sidst 15 for 27 dage siden'])
  assert.equal(words({ visits, handouts: [...handouts, folder('2026-11-18')] }), null)
  assert.equal(words({ visits, handouts: handouts.slice(1) }), null, 'twice is no habit')
})

test('all that speaks for it is told, the plan first', () => {
  const visits = [visit('2026-10-20', { follow_up: 'Ny guide', follow_up_on: '2026-11-20' })]
  const all = words({ visits, plans: [{ planned_on: TODAY, status: 'PLANNED' }] })
  assert.deepEqual(all, ['Planlagt i dag', 'Lovet: Ny guide', 'Længe siden: 36 dage'])
})

test('who has been there today is done', () => {
  assert.equal(why({ visits: [visit(TODAY, { outcome: 'CLOSED' })], plans: [{ planned_on: TODAY, status: 'PLANNED' }] }), null)
})

test('never on a Friday after 13, in a closing week, on a closed day or when the day is over', () => {
  const visits = [visit('2026-10-20')]
  assert.deepEqual(why({ visits }, {}, FRIDAY, 600)!.hours, [{ from: 540, to: 780 }])
  assert.equal(why({ visits }, {}, FRIDAY, 780), null)
  assert.equal(why({ visits }, { closures: [{ from: '2026-11-23', to: '2026-11-29' }] }), null)
  assert.equal(why({ visits }, { opening: [{ weekday: 'MON', from: '08:00', to: '15:00' }] }), null)
  assert.equal(why({ visits }, { avoid: 'on' }), null)
  assert.equal(why({ visits }, {}, TODAY, 960), null)
  assert.equal(why({ visits }, {}, '2026-11-28'), null, 'a Saturday')
  assert.deepEqual(why({ visits }, { visit_window: '12:15-13:00' })!.hours, [{ from: 735, to: 780 }])
  assert.deepEqual(why({ visits }, { visit_window: '12:15-13:00' }, TODAY, 800)!.hours, [{ from: 540, to: 960 }], 'the best time is over')
})

test('a plan that cannot be kept is not hidden: it says so', () => {
  const found = why({ plans: [{ planned_on: FRIDAY, status: 'PLANNED' }] }, {}, FRIDAY, 800)!
  assert.deepEqual([found.reasons[0]!.ground, found.hours], ['PLANNED', []])
  assert.equal(found.barred, 'Planlagt i dag, men praksis tager ikke imod nu. Flyt besøget.')
})
