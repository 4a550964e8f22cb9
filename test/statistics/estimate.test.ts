import { describe, expect, it } from 'vitest'
import {
  bareEstimate,
  difference,
  type Estimate,
  intervalOf,
  isUnpaired,
  linear,
  percentChange,
  type Scale,
} from '../../src/statistics/intervals/estimate.ts'

/** A figure over equal groups, given on its scale. */
function over(centre: number, values: readonly number[], scale: Scale = linear): Estimate {
  const resampling = { method: 'delete-one', documents: 200, sizes: values.map(() => 7) } as const
  return {
    ...bareEstimate(scale(centre)),
    error: { kind: 'replicates', resampling, scale, centre, values },
  }
}

describe('an estimate', () => {
  const values = [1, 2, 3, 4, 5]

  it('of perplexity change has its interval on the log scale', () => {
    const logs = [0.01, 0.02, 0.03, 0.04, 0.05]
    const ends = intervalOf(over(0.03, logs), 0.95)!
    const change = intervalOf(over(0.03, logs, percentChange), 0.95)!
    expect(change[0]).toBeCloseTo(100 * (Math.exp(ends[0]) - 1), 10)
    expect(change[1]).toBeCloseTo(100 * (Math.exp(ends[1]) - 1), 10)
  })

  it('is kept inside the values that it can have, and around its own', () => {
    expect(intervalOf({ ...over(3, values), range: [2, 3.5] }, 0.95)).toEqual([2, 3.5])
    expect(intervalOf({ ...over(3, values), range: [4, 5] }, 0.95)![0]).toBe(3)
  })

  it('without replicates has no interval, unless one was kept', () => {
    expect(intervalOf(bareEstimate(3), 0.95)).toBeNull()
    expect(intervalOf({ ...bareEstimate(3), error: { kind: 'kept', interval: [1, 4] } }, 0.95)).toEqual([
      1, 4,
    ])
  })

  it('less another is paired, group by group, in the figures’ own unit', () => {
    expect(difference(over(5, values), over(3, values))).toMatchObject({
      value: 2,
      error: { values: [0, 0, 0, 0, 0] },
    })
    const doubled: Scale = (value) => 2 * value
    expect(difference(over(5, values, doubled), over(3, values))).toMatchObject({
      value: 7,
      error: { centre: 7, values },
    })
  })

  it('less one of other groups adds both intervals by squares, each side of its own', () => {
    const [one, other] = [over(3, values), over(2, [0, 1, 2, 3, 4, 2])]
    const [a, b] = [intervalOf(one, 0.95)!, intervalOf(other, 0.95)!]
    const both = difference(one, other)
    expect(isUnpaired(both)).toBe(true)
    const ends = intervalOf(both, 0.95)!
    expect(ends[0]).toBeCloseTo(1 - Math.sqrt((3 - a[0]) ** 2 + (b[1] - 2) ** 2), 12)
    expect(ends[1]).toBeCloseTo(1 + Math.sqrt((a[1] - 3) ** 2 + (2 - b[0]) ** 2), 12)
    expect(isUnpaired(difference(one, one))).toBe(false)
  })

  it('less a number without an interval has none', () => {
    expect(difference(over(3, values), bareEstimate(1))).toEqual(bareEstimate(2))
    expect(intervalOf(difference(over(3, values), over(3, [1, 2])), 0.95)).toBeNull()
  })
})
