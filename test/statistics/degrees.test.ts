import { describe, expect, it } from 'vitest'
import { degreesOf, documentDegrees, sharedPart } from '../../src/statistics/intervals/degrees.ts'
import { samplingOf, spreadOf } from '../../src/statistics/intervals/resampling.ts'
import { hadamardSign } from './hadamard.ts'

/** Values on the 30 halves of 16 groups whose half differences are the sum of these rows of H, times their factors. */
function halvesOf(rows: readonly (readonly [row: number, factor: number])[]) {
  const values: number[] = []
  for (let r = 1; r < 16; r++) {
    // Row 15 of the sum is left out, so that the rows of H used here are orthogonal over what is summed.
    const d = rows.reduce((sum, [row, factor]) => sum + factor * hadamardSign(row, r), 0)
    values.push(3 + d, 3 - d)
  }
  return { values }
}

describe('the part of a variance that features share', () => {
  it('is all of it where the parts move as one, and none where each moves by itself', () => {
    const same = Array.from({ length: 4 }, () => halvesOf([[5, 0.1]]))
    expect(sharedPart(same)).toBe(1)
    // Any two rows of H without their first entry, which is 1 in all, have product −1 over 15: clipped at 0.
    expect(sharedPart([1, 2, 4, 8].map((row) => halvesOf([[row, 0.1]])))).toBe(0)
  })

  it('is the variance of what is common over the variance of the mean', () => {
    // Own errors in opposite pairs: their covariances add up to minus half of their variances.
    const parts = [1, -1, 1, -1].map((sign, i) =>
      halvesOf([
        [6, 0.2],
        [i < 2 ? 1 : 2, 0.3 * sign],
      ]),
    )
    // Products over the 15 entries: a row with itself 15, two rows −1. The mean of the parts is 0.2 · row 6.
    const [common, own] = [15 * 0.04, 15 * 0.09]
    // All 16 entries: 16 · common (own ones cancel). Off the diagonal: less 4 · (common + own), whose cross terms cancel too.
    const expected = (16 * common - 4 * (common + own)) / 12 / common
    expect(sharedPart(parts)).toBeCloseTo(Math.max(0, expected), 12)
    expect(expected).toBeCloseTo(0.25, 12)
  })

  it('is taken to be all of it where nothing tells', () => {
    expect(sharedPart(null)).toBe(1)
    expect(sharedPart(undefined)).toBe(1)
    const still = Array.from({ length: 4 }, () => halvesOf([]))
    expect(sharedPart(still)).toBe(1)
    expect(sharedPart([...still.slice(1), { values: [Number.NaN, 1] }])).toBe(1)
  })
})

describe('degrees of freedom', () => {
  it.each([
    // Shared whole: a twentieth of the documents, from 3 to 8, and fewer than groups.
    { groups: 32, documents: 1000, shared: 1, expected: 8 },
    { groups: 32, documents: 80, shared: 1, expected: 4 },
    { groups: 32, documents: 21, shared: 1, expected: 3 },
    { groups: 8, documents: 1000, shared: 1, expected: 7 },
    // Not shared: 8, whatever the documents.
    { groups: 32, documents: 21, shared: 0, expected: 8 },
    // Two halves known with 8 each: (1/4 + 1/4)/8 of nothing shared twice. And the same with 4: 1/(1/16 + 1/32).
    { groups: 32, documents: 1000, shared: 0.5, expected: 16 },
    { groups: 32, documents: 80, shared: 0.5, expected: 32 / 3 },
    { groups: 8, documents: 1000, shared: 0.5, expected: 7 },
  ])(
    'of $groups groups and $documents documents are $expected where $shared of the variance is shared',
    ({ groups, documents, shared, expected }) => {
      expect(degreesOf(groups, documents, shared)).toBeCloseTo(expected, 12)
    },
  )

  it('of older reports are G − 1, and no more than a seventh of the documents, 3.5 at least', () => {
    const halves = Float64Array.from({ length: 62 }, (_, i) => (i % 2 === 0 ? 1 : -1))
    const of = (documents: number) => {
      const resampling = { method: 'half-samples', documents, sizes: new Float64Array(32) } as const
      return spreadOf(resampling, 0, halves)!.degrees
    }
    expect([10_000, 140, 21].map(of)).toEqual([31, 20, 3.5])
    expect(documentDegrees(140, undefined)).toBe(20)
    expect(documentDegrees(140, 'shared-part')).toBe(7)
  })
})

describe('how a report was sampled', () => {
  it('is told by what it says: by nothing, by half-samples alone, by both', () => {
    const documents = { count: 9, tokens: 500, by: 'titles' } as const
    expect(
      samplingOf({ resampling: 'half-samples', degrees: 'shared-part', tokens: 6000, documents }),
    ).toEqual({ method: 'half-samples', degrees: 'shared-part', documents: 12 })
    expect(samplingOf({ resampling: 'half-samples', tokens: 6000, documents })).toEqual({
      method: 'half-samples',
      documents: 12,
    })
    // Documents not seen: 2,000 tokens each.
    expect(samplingOf({ tokens: 6000 })).toEqual({ method: 'delete-one', documents: 3 })
  })
})
