/** @file Windows that begin with a BOS: the same targets in the same order, each window as long as before. */
import { expect, it } from 'vitest'
import { sequenceIds, slidingPlan, slidingScores } from '../../src/audit/text/sequences.ts'

const STREAM = Int32Array.from({ length: 23 }, (_, i) => 100 + i)
const BOS = 7

it.each([
  [8, 3],
  [8, 7],
  [8, 8],
  [40, 5],
])('windows of %d with stride %d give the model a BOS and score what they scored', (window, stride) => {
  const plain = slidingPlan(STREAM, { window, stride }, null)
  const begun = slidingPlan(STREAM, { window, stride }, BOS)
  expect(slidingScores(begun, 4)).toEqual(slidingScores(plain, 4))
  expect(begun.longest).toBe(plain.longest)
  for (const [i, sequence] of begun.sequences.entries()) {
    const [first, ...rest] = sequenceIds(begun, sequence)
    const [, ...own] = STREAM.slice(plain.sequences[i]?.begin, plain.sequences[i]?.end)
    expect(first).toBe(BOS)
    expect(rest).toEqual(own)
  }
  expect([...STREAM]).toEqual(Array.from({ length: 23 }, (_, i) => 100 + i))
})
