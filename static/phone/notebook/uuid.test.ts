import assert from 'node:assert/strict'
import test from 'node:test'
import { idMaker } from './uuid'

test('ids are UUIDs of version 7 and variant 2', () => {
  const id = idMaker()()
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.ok(Math.abs(parseInt(id.replaceAll('-', '').slice(0, 12), 16) - Date.now()) < 5_000)
})

test('ids grow when the clock stands still, and when it goes back ten years', () => {
  let time = Date.UTC(2026, 10, 22)
  const next = idMaker(() => time)
  const made: string[] = []
  for (let i = 0; i < 10_000; i++) { if (i === 5_000) time -= 10 * 365 * 86_400_000; made.push(next()) }
  assert.deepEqual([...made].sort(), made)
  assert.equal(new Set(made).size, made.length)
})
