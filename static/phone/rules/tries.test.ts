import assert from 'node:assert/strict'
import test from 'node:test'
import { waitMs } from './tries'

test('the first two wrong tries cost nothing, each further one twice as much as the one before', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 9].map((wrong) => waitMs({ wrong, last_at: 0 }, 0)), [0, 0, 0, 5_000, 10_000, 320_000])
})

test('time passes, and a clock that was put back ten years does not stop anybody for ten years', () => {
  assert.equal(waitMs({ wrong: 3, last_at: 1_000 }, 4_000), 2_000)
  assert.equal(waitMs({ wrong: 3, last_at: 1_000 }, 60_000), 0)
  assert.equal(waitMs({ wrong: 3, last_at: 10 * 365 * 86_400_000 }, 0), 5_000)
})
