/** @file Gain and firing agreement against positions counted one by one, on all of them and on halves drawn by Hadamard's rule. */
import { describe, expect, it } from 'vitest'
import {
  type FeatureValues,
  firingFigures,
  firingHalves,
  GAIN,
  JACCARD,
  meanValue,
  quantileValue,
  singleValue,
  valueIntervals,
} from '../../src/statistics/features/agreement.ts'
import { intervalOf } from '../../src/statistics/intervals/estimate.ts'
import type { Resampling } from '../../src/statistics/intervals/resampling.ts'
import { momentsOf, type Position, seededNormal, sparsePositions } from './activations.ts'
import { hadamardSign } from './hadamard.ts'

const [GROUPS, FEATURES, COUNT] = [8, 6, 800]
const positions = sparsePositions(3, COUNT, GROUPS, FEATURES)
// Feature 4 is gone in the candidate, feature 5 fires there at a fifth of its size.
const changed: Position[] = positions.map(({ group, a, b }) => ({
  group,
  a,
  b: b.map((value, j) => (j === 4 ? 0 : j === 5 ? 0.2 * (a[5] ?? 0) : value)),
}))
const { reference, candidate } = momentsOf(changed, GROUPS, FEATURES)

/** By the definitions, over the positions that `counts`. */
function naive(j: number, counts: (position: Position) => boolean) {
  const pairs = changed.filter(counts).map(({ a, b }) => [a[j] ?? 0, b[j] ?? 0] as const)
  const count = (is: (a: number, b: number) => boolean) => pairs.filter(([a, b]) => is(a, b)).length
  const both = count((a, b) => a > 0 && b > 0)
  return {
    gain: pairs.reduce((sum, [a, b]) => sum + a * b, 0) / pairs.reduce((sum, [a]) => sum + a * a, 0),
    jaccard: both / count((a, b) => a > 0 || b > 0),
    precision: both / count((_, b) => b > 0),
    recall: both / count((a) => a > 0),
    firings: count((_, b) => b > 0),
  }
}

const resampling: Resampling = {
  method: 'half-samples',
  documents: COUNT,
  degrees: 'shared-part',
  sizes: new Float64Array(GROUPS).fill(COUNT / GROUPS),
}

describe('gain and firing', () => {
  const found = firingFigures(reference, candidate)
  it.each([0, 1, 2, 3, 4, 5])('of feature %i are those of the positions', (j) => {
    const wanted = naive(j, () => true)
    expect(found.gain[j]).toBeCloseTo(wanted.gain, 12)
    expect(found.jaccard[j]).toBeCloseTo(wanted.jaccard, 12)
    expect(found.recall[j]).toBeCloseTo(wanted.recall, 12)
    expect(found.candidateFirings[j]).toBe(wanted.firings)
    if (j === 4) expect(found.precision[j]).toBeNaN()
    else expect(found.precision[j]).toBeCloseTo(wanted.precision, 12)
  })

  it('tell a stream of a fifth from an equal one, which ρ does not', () => {
    expect(found.gain[5]).toBeCloseTo(0.2, 12)
    expect(found.jaccard[5]).toBe(1)
  })

  it('on halves are those of the halves’ positions', () => {
    const halves = firingHalves(reference, candidate)
    expect(halves.gain).toHaveLength(2 * (GROUPS - 1))
    for (let r = 1; r < GROUPS; r++) {
      for (const [side, sign] of [1, -1].entries()) {
        for (let j = 0; j < FEATURES; j++) {
          const wanted = naive(j, ({ group }) => hadamardSign(r, group) === sign)
          expect(halves.gain[2 * (r - 1) + side]?.[j]).toBeCloseTo(wanted.gain, 6)
          expect(halves.jaccard[2 * (r - 1) + side]?.[j]).toBeCloseTo(wanted.jaccard, 6)
        }
      }
    }
  })

  it('have intervals around them, inside what they can be, as wide as between texts', () => {
    const wide = { gain: 0, jaccard: 0, runs: 200 }
    const between = { gain: [] as number[], jaccard: [] as number[] }
    for (let seed = 0; seed < wide.runs; seed++) {
      const drawn = momentsOf(sparsePositions(1000 + seed, 400, GROUPS, 1), GROUPS, 1)
      const own = firingFigures(drawn.reference, drawn.candidate)
      const halves = firingHalves(drawn.reference, drawn.candidate)
      for (const [name, kind] of [
        ['gain', GAIN],
        ['jaccard', JACCARD],
      ] as const) {
        const values: FeatureValues = { values: own[name], replicates: halves[name], resampling, kind }
        const [low = Number.NaN, high = Number.NaN] = intervalOf(singleValue(values, 0), 0.95) ?? []
        const value = own[name][0] ?? Number.NaN
        expect(low <= value && value <= high && low >= 0).toBe(true)
        wide[name] += (high - low) / wide.runs
        between[name].push(value)
      }
    }
    for (const name of ['gain', 'jaccard'] as const) {
      const values = between[name]
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const deviation = Math.sqrt(
        values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
      )
      // Student's t of about 6 degrees: 2 · 2.4 deviations, within a third.
      expect(wide[name] / (4.8 * deviation)).toBeGreaterThan(0.7)
      expect(wide[name] / (4.8 * deviation)).toBeLessThan(1.4)
    }
  })
})

describe('a figure of features', () => {
  it('a gain is the least-squares factor', () => {
    const normal = seededNormal(9)
    const drawn = Array.from({ length: 64 }, (_, t) => {
      const a = Math.abs(normal())
      return { group: t % GROUPS, a: [a], b: [Math.max(0, 0.8 * a + 0.1 * normal())] }
    })
    const sums = momentsOf(drawn, GROUPS, 1)
    const gain = firingFigures(sums.reference, sums.candidate).gain[0] ?? Number.NaN
    const left = (g: number) => drawn.reduce((sum, { a, b }) => sum + ((b[0] ?? 0) - g * (a[0] ?? 0)) ** 2, 0)
    for (const step of [1e-3, -1e-3]) expect(left(gain)).toBeLessThan(left(gain + step))
  })

  it('over features: mean and quantile count one that is gone as 0', () => {
    const values: FeatureValues = {
      values: Float64Array.of(1, Number.NaN, 0.5),
      replicates: null,
      resampling,
      kind: GAIN,
    }
    expect(meanValue(values, null).value).toBe(0.5)
    expect(meanValue(values, Float64Array.of(1, 0, 1)).value).toBe(0.75)
    expect(quantileValue({ ...values, values: Float64Array.of(1, 0, 0.5) }, 0.5).value).toBe(0.5)
    expect(valueIntervals(values, 0.95).low[0]).toBeNaN()
  })
})
