/** @file Overlap of two candidates' damage against naive definitions, and the bins of equal count. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalCountBins } from '../../src/statistics/equal-count.ts'
import type { ActiveFeatures } from '../../src/statistics/features/active-features.ts'
import { overlapOf } from '../../src/statistics/overlap/overlap.ts'
import { midRanks, spearman } from '../../src/statistics/overlap/ranks.ts'

const THRESHOLDS = { survived: 0.9, damaged: 0.5 }

function features(rho: readonly number[], rate = rho.map((_, k) => 0.01 * (k + 1))): ActiveFeatures {
  return {
    ids: Int32Array.from(rho.keys()),
    rho: Float64Array.from(rho),
    firingRate: Float64Array.from(rate),
    mean: Float64Array.from(rate),
    peak: Float64Array.from(rate),
    halves: null,
  }
}

/** One plus how many are smaller, and half of how many others are equal. */
const naiveRank = (values: readonly number[], k: number): number =>
  1 +
  values.filter((one) => one < (values[k] ?? 0)).length +
  (values.filter((one) => one === values[k]).length - 1) / 2

function naivePearson(a: readonly number[], b: readonly number[]): number {
  const n = a.length
  const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0)
  const cross = sum(a.map((one, k) => one * (b[k] ?? 0))) - (sum(a) * sum(b)) / n
  const square = (values: readonly number[]) => sum(values.map((one) => one * one)) - sum(values) ** 2 / n
  return cross / Math.sqrt(square(a) * square(b))
}

const tied = fc.array(
  fc.integer({ min: -10, max: 10 }).map((n) => n / 10),
  { minLength: 3, maxLength: 40 },
)

describe('midRanks', () => {
  it('gives equal values the mean of their ranks', () => {
    expect([...midRanks([3, 1, 3, 2, 3])]).toEqual([4, 1, 4, 2, 4])
    fc.assert(
      fc.property(tied, (values) => {
        expect([...midRanks(values)]).toEqual(values.map((_, k) => naiveRank(values, k)))
      }),
    )
  })

  it('is what Spearman correlates', () => {
    fc.assert(
      fc.property(tied, tied, (left, right) => {
        const n = Math.min(left.length, right.length)
        const [a, b] = [left.slice(0, n), right.slice(0, n)]
        fc.pre(new Set(a).size > 1 && new Set(b).size > 1)
        const ranks = (values: readonly number[]) => values.map((_, k) => naiveRank(values, k))
        expect(spearman(a, b)).toBeCloseTo(naivePearson(ranks(a), ranks(b)), 10)
      }),
    )
  })
})

describe('equalCountBins', () => {
  it('closes bins above and drops edges that coincide', () => {
    const bins = equalCountBins([5, 1, 1, 1, 2, 3, 4, 1], 4)
    // Quartiles 1, 1, 1.5, 3.25, 5: the first two edges are one.
    expect(bins.map(({ low, high }) => [low, high])).toEqual([
      [1, 1.5],
      [1.5, 3.25],
      [3.25, 5],
    ])
    expect(bins.map(({ members }) => members)).toEqual([
      [1, 2, 3, 7],
      [4, 5],
      [0, 6],
    ])
  })

  it('deals every value to one bin, as many to each where none are equal', () => {
    const values = Array.from({ length: 100 }, (_, i) => ((i * 37) % 101) ** 2)
    const bins = equalCountBins(values, 10)
    expect(bins.map(({ members }) => members.length)).toEqual(Array(10).fill(10))
    expect(equalCountBins([7, 7, 7], 10).map(({ members }) => members.length)).toEqual([3])
    expect(equalCountBins([], 10)).toEqual([])
  })
})

describe('overlapOf', () => {
  it('counts what is lost in each, in both and in either', () => {
    const a = [0.95, 0.9, 0.8, 0.2, Number.NaN, 0.99]
    const b = [0.95, 0.89, 0.95, 0.3, 0.1, 0.4]
    const overlap = overlapOf({ a: features(a), b: features(b) }, THRESHOLDS, 0.95)
    expect(overlap.nonSurvived).toMatchObject({
      a: 3,
      b: 4,
      both: 2,
      either: 5,
      jaccard: { value: 2 / 5, ci: null },
    })
    expect(overlap.damaged).toMatchObject({ a: 2, b: 3, both: 2, either: 3, jaccard: { value: 2 / 3 } })
    expect(overlap.quadrants).toEqual({ both: 1, onlyA: 2, onlyB: 1, neither: 2 })
    expect(overlap.acrossHalves).toBeNull()
    const counted = a.map((rho) => (Number.isNaN(rho) ? 0 : rho))
    expect(overlap.pearson.value).toBeCloseTo(naivePearson(counted, b), 12)
    // Of two random sets of 3 and 4 of 6.
    expect(overlap.nonSurvived.jaccardExpected).toBeCloseTo(1 / 3 / (0.5 + 2 / 3 - 1 / 3), 12)
  })

  it('has no Jaccard of two empty sets, and no correlation of what does not vary', () => {
    const all = features([1, 1, 1])
    const overlap = overlapOf({ a: all, b: all }, THRESHOLDS, 0.95)
    expect(overlap.damaged).toMatchObject({ jaccard: { value: null, ci: null }, jaccardExpected: null })
    expect(overlap.pearson).toEqual({ value: null, ci: null })
  })

  it('takes intervals from the halves of both, and correlates across halves that share nothing', () => {
    const rho = Array.from({ length: 60 }, (_, k) => 0.4 + 0.01 * k)
    // 8 groups: 14 halves; the candidates' noise is the same within a half, and its opposite in the other of the pair.
    const noisy = (seed: number) =>
      Array.from({ length: 14 }, (_, r) =>
        rho.map((one, k) => one + (r % 2 ? -1 : 1) * 0.3 * Math.sin(7 * k + seed)),
      )
    const resampling = { method: 'half-samples', documents: 1000, sizes: new Float64Array(8) } as const
    const side = { ...features(rho), halves: { resampling, rho: noisy(1) } }
    const overlap = overlapOf({ a: side, b: side }, THRESHOLDS, 0.95)
    expect(overlap.pearson.value).toBeCloseTo(1, 12)
    expect(overlap.nonSurvived.jaccard.ci).not.toBeNull()
    const [plus, minus] = side.halves.rho
    expect(overlap.acrossHalves?.pearson).toBeCloseTo(naivePearson(plus ?? [], minus ?? []), 10)
    expect(overlap.acrossHalves?.pearson).toBeLessThan(0.5)
  })

  it('says non-survival by tenths of the firing rate', () => {
    const rate = Array.from({ length: 40 }, (_, k) => 0.002 * (k + 1))
    const lostBelow = (limit: number) =>
      features(
        rate.map((one) => (one < limit ? 0.3 : 1)),
        rate,
      )
    const { deciles } = overlapOf({ a: lostBelow(0.041), b: lostBelow(0.0) }, THRESHOLDS, 0.95)
    expect(deciles.map(({ features: n }) => n)).toEqual(Array(10).fill(4))
    expect(deciles.map(({ nonSurvivedA }) => nonSurvivedA)).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
    expect(deciles.every(({ nonSurvivedB }) => nonSurvivedB === 0)).toBe(true)
    expect(deciles[0]?.meanRate).toBeCloseTo(0.005, 12)
  })
})

describe('Jaccard by chance', () => {
  it('is nearly the mean over sets that are drawn', () => {
    const [all, ofA, ofB] = [1000, 100, 200]
    const lost = (count: number) => features(Array.from({ length: all }, (_, k) => (k < count ? 0.6 : 0.95)))
    const { nonSurvived } = overlapOf({ a: lost(ofA), b: lost(ofB) }, THRESHOLDS, 0.95)
    // The mean over the hypergeometric distribution of how many they share.
    let [weight, total, mean] = [1, 0, 0]
    for (let both = 0; both <= ofA; both++) {
      total += weight
      mean += (weight * both) / (ofA + ofB - both)
      weight *= ((ofA - both) * (ofB - both)) / ((both + 1) * (all - ofA - ofB + both + 1))
    }
    expect(mean / total).toBeCloseTo(0.0716, 4)
    expect(nonSurvived.jaccardExpected).toBeCloseTo(0.0714, 4)
  })
})
