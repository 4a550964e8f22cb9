/** @file What counts as constant on both sides, against activations written down one by one. */
import { describe, expect, it } from 'vitest'
import { constantFeatures } from '../../src/statistics/features/constant-features.ts'
import {
  addCandidateTile,
  addReferenceTile,
  emptyCandidateMoments,
  emptyReferenceMoments,
} from '../../src/statistics/features/feature-moments.ts'

/** Activations of features in both models, position by position, in two token groups. */
function constants(a: readonly number[][], b: readonly number[][]): number[] {
  const width = a.length
  const reference = emptyReferenceMoments(2, width)
  const candidate = emptyCandidateMoments(2, Int32Array.from(a.keys()))
  const positions = a[0]?.length ?? 0
  for (let t = 0; t < positions; t++) {
    const group = t % 2
    const at = (rows: readonly number[][]): Float64Array => Float64Array.from(rows, (row) => row[t] ?? 0)
    const [x, y] = [at(a), at(b)]
    reference.positions[group] = (reference.positions[group] ?? 0) + 1
    const fires = x.map((value) => (value > 0 ? 1 : 0))
    addReferenceTile(reference, group, 0, {
      sum: x,
      sumOfSquares: x.map((v) => v * v),
      firings: fires,
      peak: x,
    })
    addCandidateTile(candidate, group, 0, {
      sum: y,
      sumOfSquares: y.map((v) => v * v),
      product: x.map((v, j) => v * (y[j] ?? 0)),
      together: x.map((v, j) => (v > 0 && (y[j] ?? 0) > 0 ? 1 : 0)),
      either: x.map((v, j) => (v > 0 || (y[j] ?? 0) > 0 ? 1 : 0)),
    })
  }
  return [...constantFeatures(reference, candidate)]
}

describe('constant on both sides and equal', () => {
  it('is neither what varies in one of them nor what changed its level', () => {
    const flat = [2, 2, 2, 2]
    const varies = [2, 2.1, 2, 1.9]
    expect(
      constants([flat, flat, varies, flat, flat], [flat, varies, flat, [1, 1, 1, 1], [0, 0, 0, 0]]),
    ).toEqual([1, 0, 0, 0, 0])
  })

  it('is what only the rounding of float32 tells apart', () => {
    const rounded = [2, 2 + 2e-7, 2 - 2e-7, 2]
    expect(constants([[2, 2, 2, 2]], [rounded])).toEqual([1])
    expect(constants([rounded], [rounded])).toEqual([1])
  })
})
