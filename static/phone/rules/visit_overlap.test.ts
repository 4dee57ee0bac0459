import assert from 'node:assert/strict'
import test from 'node:test'
import { overlapping } from './visit_overlap'

const visit = (clock: string, minutes: number) => ({ data: { occurred_at: `2026-11-25T${clock}:00Z`, minutes } })
const at = (clock: string, minutes: number, ...others: ReturnType<typeof visit>[]) => overlapping(visit(clock, minutes).data, others)

test('ten minutes are nobody\'s mistake, eleven are asked about', () => {
  const earlier = visit('09:00', 30)
  assert.equal(at('09:20', 20, earlier), undefined)
  assert.equal(at('09:19', 20, earlier), earlier)
  assert.equal(at('08:31', 40, earlier), earlier)
})

test('one after the other, and one inside the other', () => {
  const [long, later] = [visit('09:00', 120), visit('11:00', 20)]
  assert.equal(at('11:20', 30, long, later), undefined)
  assert.equal(at('10:00', 15, later, long), long)
})
