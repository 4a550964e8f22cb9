import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correlations } from '../../src/statistics/features/correlation.ts'
import { correlationIntervals, meanOf } from '../../src/statistics/features/feature-figures.ts'
import { summarizeFeatures } from '../../src/statistics/features/feature-summary.ts'
import { type Estimate, intervalOf, linear } from '../../src/statistics/intervals/estimate.ts'
import { jackknifeError } from '../../src/statistics/intervals/jackknife.ts'
import { studentQuantile } from '../../src/statistics/intervals/student-t.ts'
import { meanDivergence } from '../../src/statistics/losses.ts'
import { momentsOf, naiveCorrelation, type Position, seededNormal, sparsePositions } from './activations.ts'

const THRESHOLDS = { survived: 0.9, damaged: 0.5 }

/** Of a figure that is 1, from its replicates. */
function intervalFrom(values: readonly number[], sizes: readonly number[]) {
  const resampling = { method: 'delete-one', documents: 200, sizes } as const
  const estimate: Estimate = {
    value: 1,
    error: { kind: 'replicates', resampling, scale: linear, centre: 1, values },
    range: [0, 9],
  }
  return intervalOf(estimate, 0.95)
}

/** ρ of a feature that is itself, over groups of the same size. */
function itself(groups: number) {
  const one = Float64Array.of(1)
  const sizes = new Array<number>(groups).fill(9)
  const replicates = new Array<Float64Array>(groups).fill(one)
  const resampling = { method: 'delete-one', documents: 200, sizes } as const
  return correlationIntervals({ rho: one, replicates, resampling, accuracy: Float64Array.of(2e-6) }, 0.95)
}

/** ρ without each group, as older reports hold it. */
function withoutEach(positions: readonly Position[], groups: number, width: number): Float64Array[] {
  return Array.from({ length: groups }, (_, g) => {
    const { reference, candidate } = momentsOf(
      positions.filter(({ group }) => group !== g),
      groups,
      width,
    )
    return correlations(reference, candidate)
  })
}

describe('jackknife error', () => {
  it('is the textbook one for equal groups', () => {
    const replicates = [1.2, 0.9, 1.1, 1.4, 0.7, 1.0]
    const mean = replicates.reduce((s, v) => s + v, 0) / 6
    const variance = (5 / 6) * replicates.reduce((s, v) => s + (v - mean) ** 2, 0)
    expect(jackknifeError(1.05, replicates, new Array(6).fill(10))).toBeCloseTo(Math.sqrt(variance), 12)
  })

  it('is the error of the mean when the statistic is a mean of single observations', () => {
    const normal = seededNormal(3)
    const x = Array.from({ length: 40 }, normal)
    const mean = x.reduce((s, v) => s + v, 0) / 40
    const leftOut = x.map((v) => (mean * 40 - v) / 39)
    const variance = x.reduce((s, v) => s + (v - mean) ** 2, 0) / 39 / 40
    expect(jackknifeError(mean, leftOut, new Array(40).fill(1))).toBeCloseTo(Math.sqrt(variance), 12)
  })

  it('follows the published formula for unequal groups', () => {
    const sizes = [4, 9, 2, 7, 5, 11]
    const replicates = [0.5, 0.62, 0.55, 0.47, 0.51, 0.66]
    const value = 0.56
    const n = sizes.reduce((s, m) => s + m, 0)
    const h = sizes.map((m) => n / m)
    const centre = 6 * value - sizes.reduce((s, m, j) => s + (1 - m / n) * replicates[j]!, 0)
    const variance =
      h.reduce((s, hj, j) => s + (hj * value - (hj - 1) * replicates[j]! - centre) ** 2 / (hj - 1), 0) / 6
    expect(jackknifeError(value, replicates, sizes)).toBeCloseTo(Math.sqrt(variance), 12)
  })

  it('does not see groups without observations', () => {
    const [values, sizes] = [
      [1, 2, 3, 4, 5],
      [3, 3, 3, 3, 3],
    ]
    expect(jackknifeError(3, [...values, 3], [...sizes, 0])).toBe(jackknifeError(3, values, sizes))
  })

  it('is not given with four groups, nor for numbers that are not finite', () => {
    expect(intervalFrom([1, 2, 3, 4], [1, 1, 1, 1])).toBeNull()
    expect(intervalFrom([1, 2, 3, 4, 5], [1, 1, 1, 1, 0])).toBeNull()
    expect(jackknifeError(1, [1, 2, 3, 4, Number.NaN], [1, 1, 1, 1, 1])).toBeNull()
    expect(intervalFrom([1, 2, 3, 4, 5], [1, 1, 1, 1, 1])).not.toBeNull()
    expect(() => jackknifeError(1, [1, 2], [1])).toThrow(RangeError)
  })

  it('does not depend on the order of groups', () => {
    const group = fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: 1, max: 20 }))
    fc.assert(
      fc.property(fc.array(group, { minLength: 5, maxLength: 20 }), (groups) => {
        const error = (order: typeof groups) =>
          jackknifeError(
            0.3,
            order.map(([value]) => value),
            order.map(([, size]) => size),
          )
        expect(error([...groups].reverse())).toBeCloseTo(error(groups)!, 9)
      }),
    )
  })
})

describe('intervals from raw data', () => {
  const positions = sparsePositions(11, 330, 7, 12).map((position, t) => ({
    ...position,
    // Unequal groups: 0 has few positions, 6 many.
    group: Math.min(6, Math.floor(Math.sqrt(t / 7))),
  }))
  const { reference, candidate } = momentsOf(positions, 7, 12)
  const evidence = {
    rho: correlations(reference, candidate),
    replicates: withoutEach(positions, 7, 12),
    resampling: { method: 'delete-one', documents: 200, sizes: reference.positions } as const,
    accuracy: new Float64Array(12).fill(2e-6),
  }

  /** The statistic recomputed from the raw positions, each group really left out. */
  function naive(statistic: (rho: number[]) => number): [number, number] {
    const rhoOf = (rows: typeof positions) =>
      Array.from({ length: 12 }, (_, j) =>
        naiveCorrelation(
          rows.map((row) => row.a[j]!),
          rows.map((row) => row.b[j]!),
        ),
      )
    const value = statistic(rhoOf(positions))
    const left = Array.from({ length: 7 }, (_, g) => positions.filter((row) => row.group !== g))
    const n = positions.length
    const shares = left.map((rows) => 1 - rows.length / n)
    const replicate = left.map((rows) => statistic(rhoOf(rows)))
    const centre = 7 * value - replicate.reduce((s, r, g) => s + (1 - shares[g]!) * r, 0)
    const variance = replicate.reduce((s, r, g) => {
      const h = 1 / shares[g]!
      return s + (h * value - (h - 1) * r - centre) ** 2 / (h - 1) / 7
    }, 0)
    const half = studentQuantile(0.95, 6) * Math.sqrt(variance)
    return [value - half, value + half]
  }

  it('for the survived fraction and the mean equal a naive recomputation', () => {
    const summary = summarizeFeatures(evidence, THRESHOLDS, 0.95)
    const survived = naive((rho) => rho.filter((r) => r >= 0.9).length / 12)
    expect(summary.survived.ci![0]).toBeCloseTo(Math.max(0, survived[0]), 10)
    expect(summary.survived.ci![1]).toBeCloseTo(Math.min(1, survived[1]), 10)
    const mean = naive((rho) => rho.reduce((s, r) => s + r, 0) / 12)
    expect(summary.meanCorrelationCi![0]).toBeCloseTo(mean[0], 10)
    expect(summary.meanCorrelationCi![1]).toBeCloseTo(Math.min(1, mean[1]), 10)
  })

  it('for single features lie inside [−1, 1] and around ρ', () => {
    const { low, high } = correlationIntervals(evidence, 0.95)
    evidence.rho.forEach((rho, k) => {
      const z = naiveZ(k)
      expect(low[k]).toBeCloseTo(Math.tanh(z[0]), 9)
      expect(high[k]).toBeCloseTo(Math.tanh(z[1]), 9)
      expect(low[k]! < rho && rho < high[k]! && low[k]! >= -1 && high[k]! <= 1).toBe(true)
    })
    function naiveZ(k: number): [number, number] {
      return naive((rho) => Math.atanh(rho[k]!))
    }
  })

  it('for a feature that is itself is exactly [1, 1]; without replicates there is none', () => {
    const { low, high } = itself(6)
    expect(low[0]).toBeGreaterThan(1 - 1e-5)
    expect(low[0]).toBeLessThanOrEqual(1)
    expect(high[0]).toBe(1)
    expect(intervalOf(meanOf({ ...evidence, replicates: null }, null), 0.95)).toBeNull()
    expect(itself(2).low[0]).toBeNaN()
  })
})

describe('coverage', () => {
  const TRUE_CORRELATION = 0.8

  /** Share of `rounds` simulated data sets whose interval holds the truth. */
  function coverage(rounds: number, holds: (normal: () => number) => boolean): number {
    let covered = 0
    for (let round = 0; round < rounds; round++) covered += holds(seededNormal(1000 + round)) ? 1 : 0
    return covered / rounds
  }

  it('of a mean over correlated tokens is near 95 %', () => {
    const share = coverage(400, (normal) => {
      const sizes = Array.from({ length: 16 }, (_, g) => (g % 3 === 0 ? 20 : 30))
      // Tokens of a group share a mean: the errors that make token-wise intervals too narrow.
      const sums = sizes.map((size) => {
        const shared = normal()
        return Array.from({ length: size }, () => 2 + shared + normal()).reduce((s, v) => s + v, 0)
      })
      const mean = meanDivergence(
        { tokens: sizes, kl: sums, agreements: sizes },
        { method: 'delete-one', documents: 200 },
      )
      const ends = intervalOf(mean, 0.95)!
      return ends[0] <= 2 && 2 <= ends[1]
    })
    expect(share).toBeGreaterThan(0.92)
    expect(share).toBeLessThan(0.98)
  })

  it('of a correlation is near 95 %', { tags: ['slow'] }, () => {
    const share = coverage(300, (normal) => {
      const positions = Array.from({ length: 320 }, (_, t) => {
        const x = normal()
        const y = TRUE_CORRELATION * x + Math.sqrt(1 - TRUE_CORRELATION ** 2) * normal()
        return { group: Math.floor(t / 20), a: [x], b: [y] }
      })
      const { reference, candidate } = momentsOf(positions, 16, 1)
      const ends = correlationIntervals(
        {
          rho: correlations(reference, candidate),
          replicates: withoutEach(positions, 16, 1),
          resampling: { method: 'delete-one', documents: 200, sizes: reference.positions },
          accuracy: Float64Array.of(2e-6),
        },
        0.95,
      )
      return ends.low[0]! <= TRUE_CORRELATION && TRUE_CORRELATION <= ends.high[0]!
    })
    expect(share).toBeGreaterThan(0.9)
    expect(share).toBeLessThan(0.99)
  })
})
