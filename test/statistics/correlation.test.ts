import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correlationFromSums, correlations } from '../../src/statistics/features/correlation.ts'
import {
  activeFeatures,
  addCandidateMoments,
  addReferenceMoments,
  emptyCandidateMoments,
  firingRates,
  meanActivations,
} from '../../src/statistics/features/feature-moments.ts'
import { featureReplicates, halfCorrelations } from '../../src/statistics/features/half-correlations.ts'
import { deleteOneSums } from '../../src/statistics/intervals/jackknife.ts'
import { momentsOf, naiveCorrelation, type Position, sparsePositions } from './activations.ts'

const GROUPS = 8
const WIDTH = 5
const positions = sparsePositions(7, 240, GROUPS, WIDTH)
const column = (rows: readonly Position[], side: 'a' | 'b', j: number) => rows.map((row) => row[side][j]!)

/** ρ straight from values, through sums. */
function fromValues(a: readonly number[], b: readonly number[]): number {
  const sum = (f: (t: number) => number) => a.reduce((s, _, t) => s + f(t), 0)
  return correlationFromSums(
    a.length,
    sum((t) => a[t]!),
    sum((t) => b[t]!),
    sum((t) => a[t]! ** 2),
    sum((t) => b[t]! ** 2),
    sum((t) => a[t]! * b[t]!),
  )
}

describe('moments', () => {
  const { reference, candidate } = momentsOf(positions, GROUPS, WIDTH)

  it('give the rates, means and peaks of the raw values', () => {
    for (let j = 0; j < WIDTH; j++) {
      const a = column(positions, 'a', j)
      expect(firingRates(reference)[j]).toBeCloseTo(a.filter((v) => v > 0).length / a.length, 12)
      expect(meanActivations(reference)[j]).toBeCloseTo(a.reduce((s, v) => s + v, 0) / a.length, 12)
      expect(reference.peak[j]).toBe(Math.max(...a))
    }
  })

  it('call active what fires more often than the threshold, not as often', () => {
    const rates = firingRates(reference)
    const threshold = rates[2]!
    const expected = [...rates.keys()].filter((j) => rates[j]! > threshold)
    expect([...activeFeatures(reference, threshold)]).toEqual(expected)
    expect(expected).not.toContain(2)
  })

  it('merge to the moments of all positions, in either order', () => {
    const left = momentsOf(positions.slice(0, 100), GROUPS, WIDTH)
    const right = momentsOf(positions.slice(100), GROUPS, WIDTH)
    for (const [a, b] of [
      [left, right],
      [right, left],
    ] as const) {
      const rho = correlations(
        addReferenceMoments(a.reference, b.reference),
        addCandidateMoments(a.candidate, b.candidate),
      )
      for (let j = 0; j < WIDTH; j++) expect(rho[j]).toBeCloseTo(correlations(reference, candidate)[j]!, 12)
    }
    expect(addReferenceMoments(left.reference, right.reference).peak).toEqual(reference.peak)
    expect(addReferenceMoments(left.reference, right.reference).firings).toEqual(reference.firings)
  })

  it('refuse other groups, other features, ids that do not ascend', () => {
    const other = momentsOf(positions, GROUPS + 1, WIDTH)
    expect(() => addReferenceMoments(reference, other.reference)).toThrow(RangeError)
    expect(() => addCandidateMoments(candidate, other.candidate)).toThrow(RangeError)
    expect(() => correlations(reference, other.candidate)).toThrow(RangeError)
    expect(() => emptyCandidateMoments(2, Int32Array.of(3, 3))).toThrow(RangeError)
    expect(() => emptyCandidateMoments(2, Int32Array.of(-1))).toThrow(RangeError)
  })

  it('leave exact zeros where all of a feature lies in the group left out', () => {
    const sums = Float64Array.of(0, 1e-3, 7.3, 1e9, 0, 1e-3)
    expect([...deleteOneSums(sums, 3, 2)]).toEqual([7.3, 1e9 + 1e-3, 0, 2e-3, 7.3, 1e-3 + 1e9])
  })
})

describe('correlation', () => {
  const { reference, candidate } = momentsOf(positions, GROUPS, WIDTH)

  it('agrees with the two-pass formula', () => {
    correlations(reference, candidate).forEach((rho, j) => {
      expect(
        Math.abs(rho - naiveCorrelation(column(positions, 'a', j), column(positions, 'b', j))),
      ).toBeLessThan(1e-12)
    })
  })

  it('is the same for a candidate measured on a subset of the features', () => {
    const all = correlations(reference, candidate)
    const subset = momentsOf(positions, GROUPS, WIDTH, Int32Array.of(1, 4)).candidate
    expect([...correlations(reference, subset)]).toEqual([all[1], all[4]])
    const replicates = featureReplicates(reference, candidate, Int32Array.of(1, 4))
    expect(replicates).toEqual({
      method: 'half-samples',
      features: Int32Array.of(1, 4),
      correlations: halfCorrelations(reference, subset),
    })
    expect(() => featureReplicates(reference, subset, Int32Array.of(0))).toThrow(RangeError)
  })

  it('does not exist without variance, and counts as 0 in replicates', () => {
    expect(fromValues([0, 0, 0], [1, 2, 3])).toBeNaN()
    expect(fromValues([1, 2, 3], [0, 0, 0])).toBeNaN()
    expect(fromValues([0.1, 0.1, 0.1, 0.1], [1, 2, 3, 4])).toBeNaN()
    expect(fromValues([1], [1])).toBeNaN()
    const rows = positions.map((position) => ({
      ...position,
      b: position.b.map((v, j) => (j === 0 ? 0 : v)),
    }))
    const gone = momentsOf(rows, GROUPS, WIDTH)
    expect(correlations(gone.reference, gone.candidate)[0]).toBeNaN()
    const halves = halfCorrelations(gone.reference, gone.candidate)
    expect(halves.map((half) => half[0])).toEqual(new Array(14).fill(0))
  })

  it('sees a single faint firing', () => {
    const a = Array.from({ length: 1000 }, (_, t) => (t === 17 ? 1e-4 : 0))
    expect(fromValues(a, a)).toBe(1)
  })

  it('clamps what rounding explains and refuses what it does not', () => {
    expect(correlationFromSums(4, 2, 2, 2, 2, 2 + 1e-7)).toBe(1)
    expect(correlationFromSums(4, 2, 2, 2, 2, 2.5)).toBeNaN()
    expect(correlationFromSums(4, 2, 2, 2, 2, -1e-7)).toBe(-1)
  })
})

const values = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 8, maxLength: 40 })
const spread = (v: readonly number[]) =>
  naiveCorrelation(v, v) > 0.999 && Math.max(...v) - Math.min(...v) > 1e-3

describe('properties of correlation', () => {
  it('of a feature with itself it is 1', () => {
    fc.assert(
      fc.property(values, (v) => {
        fc.pre(spread(v))
        expect(fromValues(v, v)).toBeCloseTo(1, 9)
      }),
    )
  })

  it('does not change with the scale of either side or a shift', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })), {
          minLength: 8,
          maxLength: 30,
        }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.integer({ min: 0, max: 20 }),
        (pairs, scale, shift) => {
          const a = pairs.map(([x]) => x)
          const b = pairs.map(([, y]) => y)
          const rho = fromValues(a, b)
          fc.pre(!Number.isNaN(rho))
          expect(
            fromValues(
              a.map((x) => x * scale),
              b.map((y) => y + shift),
            ),
          ).toBeCloseTo(rho, 9)
          expect(Math.abs(rho)).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  it('does not depend on which group a position is counted in', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 0, max: GROUPS - 1 })), (stream) => {
        const before = momentsOf(positions, GROUPS, WIDTH)
        const dealt = positions.map((position) => ({ ...position, group: stream.next().value ?? 0 }))
        const after = momentsOf(dealt, GROUPS, WIDTH)
        const rho = correlations(after.reference, after.candidate)
        correlations(before.reference, before.candidate).forEach((value, j) => {
          expect(rho[j]).toBeCloseTo(value, 11)
        })
      }),
      { numRuns: 20 },
    )
  })
})
