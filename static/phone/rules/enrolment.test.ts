import assert from 'node:assert/strict'
import test from 'node:test'
import { isProvisional, type Mark, marksFor, marksOf, nextStatuses, type Placed, placeInLine, progress, seatsFree, type Session, statusAfter,
  type Status, waitingList } from './enrolment'

const placed = (id: string, status: Status, minute = 0, course_run_id = 'run'): Placed =>
  ({ id, data: { course_run_id, status, enrolled_at: `2026-11-25T10:${String(minute).padStart(2, '0')}:00Z` } })

test('the status machine is that of the page, and nothing leads out of an end', () => {
  const edges = (['INTERESTED', 'ENROLLED', 'WAITLISTED', 'OFFERED', 'STARTED'] as const).map((from) => `${from}: ${nextStatuses(from).join(' ')}`)
  assert.deepEqual(edges, ['INTERESTED: ENROLLED WAITLISTED DECLINED', 'ENROLLED: STARTED CANCELLED NO_SHOW MOVED', 'WAITLISTED: OFFERED DECLINED',
    'OFFERED: ENROLLED DECLINED WAITLISTED', 'STARTED: COMPLETED DROPPED_OUT MOVED'])
  for (const end of ['COMPLETED', 'DROPPED_OUT', 'NO_SHOW', 'CANCELLED', 'DECLINED', 'MOVED'] as const) assert.deepEqual(nextStatuses(end), [])
  assert.deepEqual(nextStatuses(null), ['INTERESTED', 'ENROLLED', 'WAITLISTED'])
})

test('an offer holds a seat, a wish does not', () => {
  const all = [placed('a', 'ENROLLED'), placed('b', 'STARTED'), placed('c', 'OFFERED'), placed('d', 'INTERESTED'), placed('e', 'WAITLISTED'),
    placed('f', 'CANCELLED'), placed('g', 'ENROLLED', 0, 'another')]
  assert.equal(seatsFree({ id: 'run', seats: 12 }, all), 9)
})

test('the waiting list goes by when one was put down, then by id', () => {
  const late = placed('a', 'WAITLISTED', 9)
  const all = [late, placed('c', 'WAITLISTED', 5), placed('b', 'WAITLISTED', 5), placed('x', 'ENROLLED', 0), placed('y', 'WAITLISTED', 0, 'another')]
  all.push({ id: 'z', data: { ...late.data, enrolled_at: '2026-11-25T11:04:00+01:00' } })
  assert.deepEqual(waitingList('run', all).map(({ id }) => id), ['z', 'b', 'c', 'a'])
  assert.deepEqual([placeInLine(late, all), placeInLine(all[3]!, all)], [4, undefined])
})

test('a seat is provisional until the server has answered', () => {
  assert.ok(isProvisional({ status: 'ENROLLED' }, 'WAITING') && isProvisional({ status: 'ENROLLED' }, 'SENT'))
  assert.ok(!isProvisional({ status: 'ENROLLED' }, 'SAVED') && !isProvisional({ status: 'WAITLISTED' }, 'WAITING'))
})

const session = (number: number, status: Session['data']['status'] = 'HELD', id = `s${number}`): Session =>
  ({ id, data: { number, status, starts_at: `2026-12-${String(number).padStart(2, '0')}T12:00:00Z` } })
const marks = (...given: (Mark | '')[]) => new Map(given.flatMap((mark, i) => (mark ? [[`s${i + 1}`, mark] as const] : [])))
const six = (last: Session['data']['status'] = 'HELD') => [1, 2, 3, 4, 5].map((n) => session(n)).concat(session(6, last))

test('completed is three quarters of the held sessions, rounded up, once the last is held', () => {
  const [P, A] = ['PRESENT', 'ABSENT'] as const
  assert.equal(statusAfter('STARTED', six(), marks(P, P, 'LATE', P, P, A)), 'COMPLETED')
  assert.equal(statusAfter('STARTED', six(), marks(P, P, P, P, A, A)), undefined, 'four of six; five are needed')
  assert.equal(statusAfter('STARTED', six('PLANNED'), marks(P, P, P, P, P)), undefined, 'the last is not held')
  assert.equal(statusAfter('STARTED', six('CANCELLED'), marks(P, P, P, P, A)), 'COMPLETED', 'a cancelled one is left out: four of five')
  const moved = [session(1), session(2, 'MOVED'), session(2, 'HELD', 'new')]
  assert.equal(statusAfter('STARTED', moved, new Map([['s1', P], ['new', P]])), 'COMPLETED')
  assert.equal(statusAfter('STARTED', [session(1), session(2, 'MOVED')], marks(P, P)), undefined, 'moved and not yet held')
  assert.deepEqual([4, 5, 8, 10].map((n) => progress(Array.from({ length: n }, (_, i) => session(i + 1)), marks()).needed), [3, 4, 6, 8])
})

test('who comes has started; two held sessions without is a no-show, but only when somebody wrote it down', () => {
  assert.equal(statusAfter('ENROLLED', six('PLANNED'), marks('ABSENT', 'LATE')), 'STARTED')
  assert.equal(statusAfter('ENROLLED', [session(1), session(2)], marks('ABSENT', 'EXCUSED')), 'NO_SHOW')
  assert.equal(statusAfter('ENROLLED', [session(1), session(2)], marks('ABSENT')), undefined)
  assert.equal(statusAfter('ENROLLED', [session(1), session(2)], marks('ABSENT', 'UNKNOWN')), undefined)
  assert.equal(statusAfter('ENROLLED', [session(1), session(2, 'CANCELLED')], marks('ABSENT', 'ABSENT')), undefined)
  assert.equal(statusAfter('WAITLISTED', six(), marks('PRESENT')), undefined)
})

test('the newest mark counts, whoever made it', () => {
  const made = (id: string, hour: number, mark: Mark, enrolment_id = 'e') =>
    ({ id, made_at: `2026-12-01T${hour}:00:00Z`, data: { session_id: 's1', enrolment_id, mark } })
  const all = [made('2', 14, 'LATE'), made('1', 13, 'PRESENT'), made('3', 15, 'ABSENT', 'other')]
  assert.deepEqual([...marksOf('e', all)], [['s1', 'LATE']])
})

test('everyone is present but those who were tapped', () =>
  assert.deepEqual(marksFor('s1', ['a', 'b'], new Map([['b', 'ABSENT']])), [
    { session_id: 's1', enrolment_id: 'a', mark: 'PRESENT' }, { session_id: 's1', enrolment_id: 'b', mark: 'ABSENT' }]))
