/** @file Published compressors against their plainest form, and against what they claim: less error of the layer's output at equal budget. */
import { describe, expect, it } from 'vitest'
import { awq, awqScales } from '../../../src/compression/calibrated/awq.ts'
import type { Rows } from '../../../src/compression/calibrated/feedback.ts'
import { feedbackFactor } from '../../../src/compression/calibrated/feedback-factor.ts'
import { gptq } from '../../../src/compression/calibrated/gptq.ts'
import { int8Rows } from '../../../src/compression/calibrated/int8.ts'
import { normalFloat } from '../../../src/compression/calibrated/normal-float.ts'
import { smoothed, smoothingScales } from '../../../src/compression/calibrated/smoothquant.ts'
import { sparseGpt } from '../../../src/compression/calibrated/sparsegpt.ts'
import { wanda } from '../../../src/compression/calibrated/wanda.ts'
import { pruneMagnitude } from '../../../src/compression/prune.ts'
import { roundToNearest } from '../../../src/compression/round-to-nearest.ts'
import {
  type Matrix,
  naiveGptq,
  naiveSparseGpt,
  naiveSparseGptPattern,
  outputError,
  rounder,
} from './naive.ts'

const [OUT, IN, TOKENS] = [6, 24, 90]

let state = 3
const uniform = (): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32 - 0.5
}
const normal = (): number => uniform() + uniform() + uniform() + uniform()

/** Inputs that go together and differ in size, as those of a transformer do. */
const mixing = Array.from({ length: IN }, (_, k) =>
  Array.from({ length: IN }, () => normal() * (k % 7 === 0 ? 4 : 0.6)),
)
const inputs: Matrix = Array.from({ length: TOKENS }, () => {
  const z = Array.from({ length: IN }, normal)
  return mixing.map((row) => row.reduce((sum, x, j) => sum + x * z[j]!, 0))
})
const products: Matrix = Array.from({ length: IN }, (_, j) =>
  Array.from({ length: IN }, (_, k) => inputs.reduce((sum, x) => sum + x[j]! * x[k]!, 0)),
)
const rows: Rows = { data: Float32Array.from({ length: OUT * IN }, normal), out: OUT, in: IN }
const sides = { out: OUT, in: IN, layout: 'out-in' } as const
const listed = (data: Float32Array, width = IN): number[][] =>
  Array.from({ length: data.length / width }, (_, r) => [...data.subarray(r * width, (r + 1) * width)])
const weights = listed(rows.data)
const factor = feedbackFactor(Float64Array.from(products.flat()), IN)
const squares = products.map((row, k) => row[k]!)
const errorOf = (data: Float32Array): number => outputError(weights, listed(data), products)
const near = (found: Float32Array, expected: Matrix): void => {
  for (const [i, value] of expected.flat().entries()) expect(found[i], `weight ${i}`).toBeCloseTo(value, 5)
}

describe('GPTQ', () => {
  it.each([
    [4, null],
    [3, 8],
    [4, 16],
  ] as const)(
    'of %i bits in groups of %s is Optimal Brain Surgeon one weight after the other',
    (bits, group) => {
      near(gptq(rows, factor, { bits, group }), naiveGptq(weights, products, bits, group))
    },
  )

  it('costs less than rounding the same levels, and than symmetric rounding', () => {
    const own = errorOf(gptq(rows, factor, { bits: 3, group: null }))
    const asLevels = weights.map((row) => row.map(rounder(row, 3)))
    expect(own).toBeLessThan(0.5 * outputError(weights, asLevels, products))
    expect(own).toBeLessThan(0.5 * errorOf(roundToNearest(rows.data, sides, { bits: 3, group: null })))
  })
})

describe('SparseGPT', () => {
  // Longer than a block of 128, whose threshold is taken by itself.
  it('takes the cheapest of a block and corrects the rest', () => {
    near(
      sparseGpt(rows, factor, { kind: 'fraction', fraction: 0.5 }),
      naiveSparseGpt(weights, products, 0.5, 128),
    )
  })

  it('over several blocks does so block by block', () => {
    const wide = 132
    const few = 2
    const data = Float32Array.from({ length: few * wide }, normal)
    const x = Array.from({ length: 150 }, () => Array.from({ length: wide }, normal))
    const h = Array.from({ length: wide }, (_, j) =>
      Array.from({ length: wide }, (_, k) => x.reduce((sum, row) => sum + row[j]! * row[k]!, 0)),
    )
    const found = sparseGpt({ data, out: few, in: wide }, feedbackFactor(Float64Array.from(h.flat()), wide), {
      kind: 'fraction',
      fraction: 0.25,
    })
    near(found, naiveSparseGpt(listed(data, wide), h, 0.25, 128))
  })

  it.each([
    [2, 4],
    [1, 3],
  ])('keeps %i of %i', (keep, of) => {
    const found = sparseGpt(rows, factor, { kind: 'pattern', keep, of })
    near(found, naiveSparseGptPattern(weights, products, keep, of))
    for (let first = 0; first < found.length; first += of)
      expect(found.subarray(first, first + of).filter((w) => w === 0)).toHaveLength(of - keep)
  })

  it('costs less than Wanda, and Wanda less than magnitude pruning', () => {
    const half = { kind: 'fraction', fraction: 0.5 } as const
    const [sparse, scored] = [sparseGpt(rows, factor, half), wanda(rows, squares, half)]
    const plain = pruneMagnitude(rows.data, { sparsity: 0.5 })
    const zeros = (data: Float32Array): number => data.filter((w) => w === 0).length
    expect([zeros(sparse), zeros(scored), zeros(plain)]).toEqual([72, 72, 72])
    expect(errorOf(sparse)).toBeLessThan(errorOf(scored))
    expect(errorOf(scored)).toBeLessThan(errorOf(plain))
  })
})

describe('Wanda', () => {
  it.each([
    [{ kind: 'fraction', fraction: 0.3 }, IN, 7],
    [{ kind: 'pattern', keep: 2, of: 4 }, 4, 2],
  ] as const)('by %o', (how, size, gone) => {
    const expected = weights.flatMap((row) =>
      row.map((weight, k) => {
        const first = k - (k % size)
        const scores = row
          .slice(first, first + size)
          .map((w, i) => Math.abs(w) * Math.sqrt(squares[first + i]!))
        const rank = scores.filter((score) => score < scores[k - first]!).length
        return rank < gone ? 0 : weight
      }),
    )
    expect([...wanda(rows, squares, how)]).toEqual(expected)
  })
})

describe('AWQ', () => {
  const magnitudes = Array.from({ length: IN }, (_, k) => inputs.reduce((sum, x) => sum + Math.abs(x[k]!), 0))
  /** The rule written out: by the mean, the largest times the smallest made 1. */
  const scalesAt = (alpha: number): number[] => {
    const s = magnitudes.map((m) => Math.max((m / TOKENS) ** alpha, 1e-4))
    const middle = Math.sqrt(Math.max(...s) * Math.min(...s))
    return s.map((one) => one / middle)
  }
  const naive = (scales: readonly number[], group: number): number[][] =>
    weights.map((row) =>
      row.map((w, k) => {
        const first = k - (k % group)
        const span = row.slice(first, first + group).map((one, i) => one * scales[first + i]!)
        return rounder(span, 3)(w * scales[k]!) / scales[k]!
      }),
    )

  it('rounds at the scales it says', () => {
    const scales = scalesAt(0.35)
    near(awq(rows, Float64Array.from(scales), { bits: 3, group: 8 }), naive(scales, 8))
  })

  it('finds a scale that is as good as the best of all twenty, and better than none', () => {
    const found = awq(rows, awqScales([rows], magnitudes, factor, { bits: 3, group: 8 }), {
      bits: 3,
      group: 8,
    })
    const errors = Array.from({ length: 20 }, (_, i) =>
      outputError(weights, naive(scalesAt(i / 20), 8), products),
    )
    expect(errorOf(found)).toBeLessThan(1.1 * Math.min(...errors))
    expect(errorOf(found)).toBeLessThan(errors[0]!)
  })
})

describe('SmoothQuant', () => {
  it('moves what is large from inputs into weights and leaves their product', () => {
    const largest = Array.from({ length: IN }, (_, k) => Math.max(...inputs.map((x) => Math.abs(x[k]!))))
    const scales = smoothingScales([rows], largest)
    const scaled = listed(smoothed(rows, scales))
    for (let k = 0; k < IN; k++) {
      const weight = Math.max(...weights.map((row) => Math.abs(row[k]!)))
      expect(scales[k]).toBeCloseTo(Math.sqrt(largest[k]! / weight), 9)
      // The largest of both sides is the same then.
      expect(Math.max(...scaled.map((row) => Math.abs(row[k]!)))).toBeCloseTo(largest[k]! / scales[k]!, 5)
    }
    const x = inputs[0]!
    const product = (of: Matrix, by: (k: number) => number) =>
      of.map((row) => row.reduce((sum, w, k) => sum + w * x[k]! * by(k), 0))
    const [before, after] = [product(weights, () => 1), product(scaled, (k) => 1 / scales[k]!)]
    for (const [r, value] of before.entries()) expect(after[r]).toBeCloseTo(value, 4)
  })
})

describe('edges', () => {
  it('an input that no token used has its weights given up by GPTQ and SparseGPT', () => {
    const without = products.map((row, j) => row.map((x, k) => (j === 3 || k === 3 ? 0 : x)))
    const dead = feedbackFactor(Float64Array.from(without.flat()), IN)
    const found = gptq(rows, dead, { bits: 4, group: null })
    expect(listed(found).map((row) => row[3])).toEqual(
      Array.from({ length: OUT }, () => expect.closeTo(0, 6)),
    )
  })

  it('without any token nothing is given up', () => {
    const none = feedbackFactor(new Float64Array(IN * IN), IN)
    expect(errorOf(gptq(rows, none, { bits: 8, group: null }))).toBeLessThan(
      0.01 * errorOf(new Float32Array(OUT * IN)),
    )
  })

  it('zeros stay zeros', () => {
    const nothing = { ...rows, data: new Float32Array(OUT * IN) }
    for (const found of [
      gptq(nothing, factor, { bits: 4, group: 8 }),
      normalFloat(nothing.data),
      int8Rows(nothing),
    ])
      expect(found.every((w) => w === 0)).toBe(true)
  })
})
