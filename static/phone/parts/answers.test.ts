/* What was answered becomes one fact each: of its own day, with where the paper lies, and a yes that knew of the no. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '../rules/dates'
import { answerProblems, type Answered, consentChanges, unanswered } from './answers'
import { today } from './calendar'

const answered = (news: Partial<Answered>): Answered => ({ ...unanswered(), form: 'ORAL_NOTED', ...news })
const facts = (form: Answered, events: Parameters<typeof consentChanges>[2] = []) => consentChanges('c', form, events).map((change) => (change as { set: Record<string, unknown> }).set)

test('a paper signed yesterday is of yesterday, runs out from then, and says where it lies', () => {
  const given_on = addDays(today(), -1)
  const [notes, doctor] = facts(answered({ said: { TALK_RECORD: 'GIVEN', GP_EXCHANGE: 'GIVEN' }, other: { GP_EXCHANGE: 'WRITTEN_PAPER' }, given_on, paper_held: 'OFFICE' }))
  assert.deepEqual([notes!['given_on'], notes!['valid_until'], notes!['paper_held']], [given_on, addDays(given_on, 365), undefined])
  assert.deepEqual([doctor!['form'], doctor!['given_on'], doctor!['paper_held']], ['WRITTEN_PAPER', given_on, 'OFFICE'])
})

test('nothing is preset, a no has no end, and a yes names the withdrawal it knew of', () => {
  assert.deepEqual([unanswered().said, unanswered().form, facts(unanswered())], [{}, '', []])
  const no = { id: 'w', scope: 'STUEGANG' as const, event: 'WITHDRAWN' as const, given_on: today() }
  const [yes, refused] = facts(answered({ said: { STUEGANG: 'GIVEN', EVALUATION: 'REFUSED' } }), [no])
  assert.equal(yes!['follows_id'], 'w')
  assert.deepEqual([refused!['event'], refused!['valid_until'], refused!['follows_id']], ['REFUSED', undefined, undefined])
})

test('an answer of tomorrow, of long ago or of no day is not taken', () => {
  const on = (given_on: string) => Object.keys(answerProblems(answered({ said: { TALK_RECORD: 'GIVEN' }, given_on })))
  assert.deepEqual([on(today()), on(addDays(today(), -29))], [[], []])
  for (const day of [addDays(today(), 1), addDays(today(), -30), '']) assert.deepEqual(on(day), ['given_on'], day)
})
