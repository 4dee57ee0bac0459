import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hereToday, talkBegan, talkType, usuallyBy } from './talk_defaults'

const NOON = Date.parse('2026-11-25T11:00:00Z')
const visit = (id: string, practice_id: string, occurred_at: string, outcome: 'COMPLETED' | 'CLOSED' = 'COMPLETED') => ({ id, data: { practice_id, occurred_at, outcome } })

test('the first talk is the first only once', () => {
  assert.equal(talkType([]), 'FIRST')
  assert.equal(talkType([{ id: 'a', data: { type: 'FIRST', occurred_at: '2026-11-01T09:00:00Z' } }]), 'FOLLOW_UP')
})

test('a talk has just ended, and never began yesterday', () => {
  assert.deepEqual(talkBegan(NOON, 'known'), { minutes: 30, occurred_at: '2026-11-25T10:30:00.000Z' })
  assert.equal(talkBegan(NOON, 'anonymous').minutes, 15)
  const night = Date.parse('2026-11-24T23:10:00Z')                     // 0.10 in Copenhagen
  assert.equal(talkBegan(night, 'known').occurred_at, '2026-11-24T23:10:00.000Z')
})

test('it belongs to the practice whose door was entered, else to the latest visit of today', () => {
  const visits = [visit('v1', 'halmtorvet', '2026-11-25T08:00:00Z'), visit('v2', 'valby', '2026-11-25T09:00:00Z'), visit('v0', 'syd', '2026-11-24T09:00:00Z')]
  assert.deepEqual(hereToday(NOON, visits, []), { practice_id: 'valby', visit_id: 'v2' })
  assert.deepEqual(hereToday(NOON, visits, ['syd']), { practice_id: 'syd' })
  assert.deepEqual(hereToday(NOON, visits.slice(2), []), {})
  assert.deepEqual(hereToday(NOON, [...visits, visit('shut', 'syd', '2026-11-25T10:59:00Z', 'CLOSED')], []), { practice_id: 'valby', visit_id: 'v2' }, 'nobody talks behind a shut door')
})

test('what is ours to do is ours, the rest is the citizen\'s', () => {
  assert.equal(usuallyBy('BRIDGE_JOBCENTER'), 'ADVISER')
  assert.equal(usuallyBy('SELF_JOBCENTER'), 'CITIZEN')
})
