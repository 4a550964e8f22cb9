/** @file Agreement, slope and verdicts from sums, against formulas written out and texts drawn again. */
import { describe, expect, it } from 'vitest'
import { agreement, type EffectSums, slope } from '../../src/statistics/causal/agreement.ts'
import { meanOverTiles, tileParts } from '../../src/statistics/causal/tile-sums.ts'
import {
  actsTheSame,
  causalVerdict,
  hasEffect,
  spearmanInterval,
} from '../../src/statistics/causal/verdict.ts'
import { intervalOf } from '../../src/statistics/intervals/estimate.ts'
import { seededNormal } from './activations.ts'

/** Effects of two models over 40 positions of each sequence, the candidate's `size` times the reference's and noise. */
function drawn(seed: number, sequences: number, size: number, noise: number): EffectSums {
  const normal = seededNormal(seed)
  const lists = Array.from({ length: sequences }, () => {
    let [rr, rc, cc] = [0, 0, 0]
    for (let t = 0; t < 40; t++) {
      const e = normal()
      const k = size * e + noise * normal()
      rr += e * e
      rc += e * k
      cc += k * k
    }
    return [rr, rc, cc] as const
  })
  const zeros = lists.map(() => 0)
  return {
    positions: lists.map(() => 40),
    referenceSquares: lists.map(([rr]) => rr),
    products: lists.map(([, rc]) => rc),
    candidateSquares: lists.map(([, , cc]) => cc),
    ...{ referenceKl: zeros, candidateKl: zeros, referenceLoss: zeros, candidateLoss: zeros },
  }
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

describe('agreement and slope', () => {
  it('are ratios of the sums, 1 of a model beside itself', () => {
    const sums = drawn(1, 16, 0.7, 0.2)
    const [rr, rc, cc] = [total(sums.referenceSquares), total(sums.products), total(sums.candidateSquares)]
    expect(agreement(sums).value).toBeCloseTo(rc / Math.sqrt(rr * cc), 12)
    expect(slope(sums).value).toBeCloseTo(rc / rr, 12)
    const itself = drawn(2, 16, 1, 0)
    expect(agreement(itself).value).toBeCloseTo(1, 12)
    expect(slope(itself).value).toBeCloseTo(1, 12)
    expect(agreement({ ...sums, candidateSquares: [0], products: [0] }).value).toBe(0)
  })

  it('have no interval below eight sequences', () => {
    expect(intervalOf(agreement(drawn(3, 7, 0.7, 0.2)), 0.95)).toBeNull()
    expect(intervalOf(slope(drawn(3, 7, 0.7, 0.2)), 0.95)).toBeNull()
  })

  it.each([8, 12, 16, 32])('cover the truth with %i sequences', (sequences) => {
    // C = 0.7 / √(0.49 + 0.04), B = 0.7.
    const truth = [0.7 / Math.sqrt(0.53), 0.7] as const
    const held = [0, 0]
    for (let seed = 0; seed < 200; seed++) {
      const sums = drawn(100 + seed, sequences, 0.7, 0.2)
      for (const [i, estimate] of [agreement(sums), slope(sums)].entries()) {
        const [low = Number.NaN, high = Number.NaN] = intervalOf(estimate, 0.95) ?? []
        if (low <= truth[i]! && truth[i]! <= high) held[i]! += 1 / 200
      }
    }
    for (const part of held) expect(part).toBeGreaterThan(0.9)
  })
})

describe('a verdict', () => {
  it.each([
    [[0.92, 0.99], [0.9, 1.1], 'survived'],
    [[0.9, 0.99], [0.8, 1.25], 'survived'],
    [[0.88, 0.99], [0.9, 1.1], 'undecided'],
    [[0.92, 0.99], [0.79, 1.1], 'undecided'],
    [[0.5, 0.89], [0.9, 1.1], 'changed'],
    [[0.92, 0.99], [0.3, 0.7], 'changed'],
    [[0.92, 0.99], [1.3, 1.7], 'changed'],
    [null, [0.9, 1.1], 'undecided'],
  ] as const)('of C in %j and B in %j is %s', (c, b, expected) => {
    const ends = (of: readonly [number, number] | null): [number, number] | null => of && [of[0], of[1]]
    expect(causalVerdict({ agreement: ends(c), slope: ends(b) })).toBe(expected)
  })

  it('by the values alone goes by the same limits', () => {
    expect([actsTheSame(0.9, 1.25), actsTheSame(0.89, 1), actsTheSame(0.95, 0.79)]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('needs an effect above 95 % of the controls', () => {
    const controls = Array.from({ length: 20 }, (_, i) => i + 1)
    // Type 7: 1 + 0.95 · 19 = 19.05.
    expect(hasEffect(19.06, controls)).toBe(true)
    expect(hasEffect(19.04, controls)).toBe(false)
    expect(hasEffect(0, [])).toBe(true)
  })
})

it('Spearman’s interval holds the truth of independent lists, and is none of few', () => {
  let held = 0
  for (let seed = 0; seed < 400; seed++) {
    const normal = seededNormal(seed)
    const list = () => Array.from({ length: 24 }, () => normal())
    const found = spearmanInterval(list(), list(), 0.95)
    if (found !== null && found.ci[0] <= 0 && found.ci[1] >= 0) held++
  }
  expect(held / 400).toBeGreaterThan(0.92)
  expect(held / 400).toBeLessThan(0.98)
  expect(spearmanInterval([1, 2, 3, 4], [1, 2, 3, 4], 0.95)).toBeNull()
  expect(spearmanInterval([1, 2, 3, 4, 5], [1, 1, 1, 1, 1], 0.95)).toBeNull()
})

it('tiles of a vocabulary are put together to its log-sum-exp and means', () => {
  const normal = seededNormal(4)
  const logits = Array.from({ length: 3 }, () => Array.from({ length: 5 }, () => 30 * normal()))
  const tops = logits.map((tile) => Math.max(...tile))
  const shares = logits.map((tile, t) => 1 / tile.reduce((sum, l) => sum + Math.exp(l - tops[t]!), 0))
  const peak = Math.max(...tops)
  const sum = total(logits.flat().map((l) => Math.exp(l - peak)))
  const parts = tileParts(tops, shares)
  expect(parts.logSum).toBeCloseTo(peak + Math.log(sum), 10)
  const values = [1, -2, 5]
  const wanted = total(logits.map((tile, t) => total(tile.map((l) => Math.exp(l - peak))) * values[t]!)) / sum
  expect(meanOverTiles(parts, values)).toBeCloseTo(wanted, 12)
})
