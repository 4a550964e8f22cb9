/** Half-samples against values written out in numpy (fixtures/statistics/make.py) and naive float64 formulas. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classFraction, meanOf, singleCorrelation } from '../../src/statistics/features/feature-figures.ts'
import { correlationAccuracy, halfCorrelations } from '../../src/statistics/features/half-correlations.ts'
import {
  type Estimate,
  fisherZ,
  intervalOf,
  knownOf,
  linear,
} from '../../src/statistics/intervals/estimate.ts'
import { correlationSpread, neighbourCorrelation } from '../../src/statistics/intervals/half-intervals.ts'
import {
  budgetExponent,
  emptyClassEnd,
  halfSampleSpread,
} from '../../src/statistics/intervals/half-samples.ts'
import { groupInfluences, halfSums, listedHalfSums } from '../../src/statistics/intervals/half-sums.ts'
import { studentQuantile, twoSidedTail } from '../../src/statistics/intervals/student-t.ts'
import { momentsOf, naiveCorrelation, seededNormal, sparsePositions } from './activations.ts'
import { hadamardSign } from './hadamard.ts'

interface Sums {
  readonly a: number[]
  readonly b: number[]
  readonly aa: number[]
  readonly bb: number[]
  readonly ab: number[]
}

interface Made {
  readonly correlations: readonly {
    readonly groups: number
    readonly positions: readonly number[]
    readonly features: readonly {
      readonly kind: string
      readonly sums: Sums
      readonly rho: number
      readonly halves: readonly (number | null)[]
      readonly z?: number
      readonly error?: number
      readonly degrees?: number
      readonly influences?: readonly number[]
    }[]
  }[]
  readonly losses: readonly {
    readonly tokens: number[]
    readonly loss: number[]
    readonly value: number
    readonly halves: readonly number[]
    readonly bias: number
    readonly error: number
  }[]
  readonly studentTails: readonly { readonly t: number; readonly degrees: number; readonly tail: number }[]
}

const made: Made = JSON.parse(
  readFileSync(new URL('../../fixtures/statistics/half-samples.json', import.meta.url), 'utf8'),
)

/** The numpy features as the product's moments, (G, K) row-major. */
function momentsFrom({ groups, positions, features }: Made['correlations'][number]) {
  const width = features.length
  const matrix = (key: keyof Sums) =>
    Float64Array.from(
      { length: groups * width },
      (_, i) => features[i % width]!.sums[key][Math.floor(i / width)]!,
    )
  const ids = Int32Array.from(features, (_, k) => k)
  return {
    reference: {
      groups,
      width,
      positions: Float64Array.from(positions),
      sum: matrix('a'),
      sumOfSquares: matrix('aa'),
      firings: new Float64Array(width),
      peak: new Float64Array(width),
    },
    candidate: {
      groups,
      features: ids,
      sum: matrix('b'),
      sumOfSquares: matrix('bb'),
      product: matrix('ab'),
      together: new Float64Array(groups * width),
      either: new Float64Array(groups * width),
    },
  }
}

describe('halves', () => {
  it('are balanced: half of the groups each, any two groups together in half of the rows', () => {
    for (const groups of [8, 16, 32]) {
      for (let r = 1; r < groups; r++) {
        let sum = 0
        for (let g = 0; g < groups; g++) sum += hadamardSign(r, g)
        expect(sum).toBe(0)
      }
      for (let g = 1; g < groups; g++) {
        let together = 0
        for (let r = 1; r < groups; r++) together += hadamardSign(r, 0) * hadamardSign(r, g)
        expect(together).toBe(-1)
      }
    }
  })

  it('add up the groups of each sign, column by column', () => {
    const normal = seededNormal(5)
    const [groups, columns] = [16, 7]
    const sums = Float64Array.from({ length: groups * columns }, normal)
    const { plus, minus } = halfSums(sums, groups, columns, [2, 4])
    for (let r = 0; r < groups; r++) {
      for (let k = 0; k < 4; k++) {
        let [more, less] = [0, 0]
        for (let g = 0; g < groups; g++) {
          const sum = sums[g * columns + 2 + k]!
          if (r === 0 || hadamardSign(r, g) === 1) more += sum
          else less += sum
        }
        expect(plus[r * 4 + k]).toBeCloseTo(more, 12)
        expect(minus[r * 4 + k]).toBeCloseTo(less, 12)
      }
    }
  })

  it('leave exact zeros where no group of the half has anything', () => {
    const only = new Float64Array(32)
    only[11] = 0.1 + 0.2
    const halves = listedHalfSums(only)
    expect(halves.filter((sum) => sum === 0)).toHaveLength(31)
    expect(halves.filter((sum) => sum === 0.1 + 0.2)).toHaveLength(31)
  })
})

describe('correlations on halves', () => {
  for (const set of made.correlations) {
    const { reference, candidate } = momentsFrom(set)
    const halves = halfCorrelations(reference, candidate)

    it(`are numpy’s, from the activations themselves (${set.groups} groups)`, () => {
      expect(halves).toHaveLength(2 * (set.groups - 1))
      for (const [k, feature] of set.features.entries()) {
        for (const [i, expected] of feature.halves.entries()) {
          const found = halves[i]![k]!
          if (expected === null) expect(found, `${feature.kind}, half ${i}`).toBeNaN()
          else expect(Math.abs(found - expected), `${feature.kind}, half ${i}`).toBeLessThan(1e-7)
        }
      }
    })

    it(`give z, error, degrees and influences as numpy does (${set.groups} groups)`, () => {
      let compared = 0
      for (const [k, feature] of set.features.entries()) {
        if (feature.error === undefined) continue
        const own = halves.map((half) => half[k]!)
        const found = correlationSpread(own, 2e-6)!
        expect(fisherZ(feature.rho)).toBeCloseTo(feature.z!, 9)
        // Float32 near 1: z = atanh ρ moves by 1/(1 − ρ²) times the rounding.
        const slack = feature.kind === 'near one' ? 2e-2 : 1e-5
        expect(Math.abs(found.error - feature.error)).toBeLessThan(slack)
        // Rounded down to eighths.
        if (feature.kind !== 'near one') {
          expect(found.degrees).toBeLessThan(feature.degrees! + 1e-3)
          expect(found.degrees).toBeGreaterThan(feature.degrees! - 0.126)
        }
        compared++
      }
      expect(compared).toBeGreaterThanOrEqual(3)
    })

    it(`say nothing of a feature that most halves do not show (${set.groups} groups)`, () => {
      const k = set.features.findIndex(({ kind }) => kind === 'one group')
      const own = halves.map((half) => half[k]!)
      expect(own.filter(Number.isNaN)).toHaveLength(set.groups - 1)
      expect(correlationSpread(own, 2e-6)).toBeNull()
    })
  }

  it('are a naive loop’s on other data, and there are none for groups that cannot be halved', () => {
    const positions = sparsePositions(3, 640, 8, 300)
    const { reference, candidate } = momentsOf(positions, 8, 300, Int32Array.from([0, 7, 150, 255, 256, 299]))
    const halves = halfCorrelations(reference, candidate)
    for (const r of [1, 4, 7]) {
      for (const sign of [1, -1] as const) {
        const half = positions.filter(({ group }) => hadamardSign(r, group) === sign)
        for (const [k, id] of candidate.features.entries()) {
          const expected = naiveCorrelation(
            half.map(({ a }) => a[id]!),
            half.map(({ b }) => b[id]!),
          )
          expect(halves[2 * r - (sign === 1 ? 2 : 1)]![k]).toBeCloseTo(expected, 6)
        }
      }
    }
    const seven = momentsOf(sparsePositions(4, 70, 7, 3), 7, 3)
    expect(halfCorrelations(seven.reference, seven.candidate)).toEqual([])
  })
})

/** Of a figure between 0 and 9, or 0 and 1, from its halves. */
function intervalFrom(value: number, values: ArrayLike<number>) {
  const sizes = new Float64Array(values.length / 2 + 1)
  const resampling = { method: 'half-samples', documents: 500, sizes } as const
  const estimate: Estimate = {
    value,
    error: { kind: 'replicates', resampling, scale: linear, centre: value, values },
    range: [0, value <= 1 ? 1 : 9],
  }
  return intervalOf(estimate, 0.95)
}

/** Σ numerator / Σ denominator over each half. */
function halfRatios(numerators: ArrayLike<number>, denominators: ArrayLike<number>): Float64Array {
  const below = listedHalfSums(denominators)
  return listedHalfSums(numerators).map((sum, i) => sum / below[i]!)
}

describe('spread and interval', () => {
  for (const { tokens, loss, value, halves, bias, error } of made.losses) {
    it(`of a mean loss are numpy’s (${tokens.length} groups)`, () => {
      const found = halfRatios(loss, tokens)
      for (const [i, expected] of halves.entries()) expect(found[i]).toBeCloseTo(expected, 12)
      const spread = halfSampleSpread(value, found)!
      expect(spread.bias).toBeCloseTo(bias, 12)
      expect(spread.error).toBeCloseTo(error, 12)
      expect(spread.degrees).toBe(tokens.length - 1)
      const interval = intervalFrom(value, found)!
      const reach = studentQuantile(0.95, tokens.length - 1) * error
      expect(interval[0]).toBeCloseTo(value - reach, 12)
      expect(interval[1]).toBeCloseTo(value + reach, 12)
    })
  }

  it('have the classical variance for a mean over equal groups, and no bias', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 16, maxLength: 16 }),
        (x) => {
          const mean = x.reduce((s, v) => s + v, 0) / 16
          const variance = x.reduce((s, v) => s + (v - mean) ** 2, 0) / 15 / 16
          const spread = halfSampleSpread(mean, halfRatios(x, new Array(16).fill(1)))!
          expect(spread.error).toBeCloseTo(Math.sqrt(variance), 9)
          expect(spread.bias).toBeCloseTo(0, 9)
        },
      ),
    )
  })

  it('are not given for other numbers of groups, nor where a half is not finite', () => {
    for (const groups of [1, 5, 7, 12, 64])
      expect(halfSampleSpread(0, new Float64Array(2 * (groups - 1)))).toBeNull()
    const halves = new Float64Array(14).fill(1)
    expect(halfSampleSpread(1, halves)).toEqual({ bias: 0, error: 0, degrees: 7 })
    halves[3] = Number.NaN
    expect(halfSampleSpread(1, halves)).toBeNull()
    expect(intervalFrom(1, halves)).toBeNull()
  })

  it('count the bias once more in the error', () => {
    // Every half lies 2 above the value: b = 2, V = 4.
    expect(halfSampleSpread(1, new Float64Array(14).fill(3))).toEqual({
      bias: 2,
      error: Math.sqrt(8),
      degrees: 7,
    })
  })

  it('stay within the range', () => {
    const halves = Float64Array.from({ length: 14 }, (_, i) => (i % 2 === 0 ? 0.9 : 1))
    expect(intervalFrom(0.95, halves)![1]).toBe(1)
  })
})

describe('a class in which nothing was found', () => {
  it('reaches the largest half, and one feature at least', () => {
    const halves = new Float64Array(62)
    expect(emptyClassEnd(halves, 1 / 500)).toBe(1 / 500)
    halves[40] = 0.01
    expect(emptyClassEnd(halves, 1 / 500)).toBe(0.01)
    // In a figure: four features that are all 1 in every half, none of them damaged.
    const ones = Array.from({ length: 14 }, () => new Float32Array(4).fill(1))
    const fraction = (weights: Float64Array | null) =>
      intervalOf(
        classFraction(
          {
            rho: new Float64Array(4).fill(1),
            replicates: ones,
            resampling: { method: 'half-samples', documents: 500, sizes: new Float64Array(8) },
            accuracy: new Float64Array(4).fill(2e-6),
          },
          'damaged',
          { survived: 0.9, damaged: 0.5 },
          weights,
        ),
        0.95,
      )
    expect(fraction(null)).toEqual([0, 0.25])
    // Weights 3, 1, 0, 0 count as 16/10 features.
    expect(fraction(Float64Array.of(3, 1, 0, 0))).toEqual([0, 0.625])
  })
})

describe('figures of many features', () => {
  const halves = Array.from({ length: 14 }, (_, i) =>
    Float64Array.from(
      { length: 40 },
      (_, k) => 0.7 + 0.3 * Math.sin(1 + k * 0.37 + (i % 5) * 0.05 * (k % 7)),
    ),
  )
  const features = {
    rho: Float64Array.from({ length: 40 }, (_, k) => 0.7 + 0.3 * Math.sin(1 + k * 0.37)),
    replicates: halves,
    resampling: { method: 'half-samples', documents: 500, sizes: new Float64Array(8) },
    accuracy: new Float64Array(40).fill(2e-6),
  } as const

  /** The ends on the scale, written out. */
  function naive(figure: (rho: ArrayLike<number>) => number, to: (x: number) => number) {
    const [value, each] = [to(figure(features.rho)), halves.map((half) => to(figure(half)))]
    const b = each.reduce((s, x) => s + x - value, 0) / 14
    const v = each.reduce((s, x) => s + (x - value) ** 2, 0) / 14
    const reach = studentQuantile(0.95, 7) * Math.sqrt(v + b * b)
    return [value - reach, value + reach]
  }

  it('have their interval in log-odds with half a feature on either side, where they are fractions', () => {
    const survived = (rho: ArrayLike<number>) => Array.from(rho).filter((one) => one >= 0.9).length / 40
    const odds = (x: number) => Math.log((x + 0.5 / 40) / (1 - x + 0.5 / 40))
    const known = knownOf(classFraction(features, 'survived', { survived: 0.9, damaged: 0.5 }, null), 0.95)!
    const expected = naive(survived, odds)
    for (const i of [0, 1] as const) expect(odds(known.interval[i])).toBeCloseTo(expected[i]!, 9)
    // The bias is told in fractions.
    const bias = halves.reduce((s, half) => s + survived(half), 0) / 14 - survived(features.rho)
    expect(known.bias).toBeCloseTo(bias, 9)
  })

  it('have their interval on Fisher’s z, where they are correlations', () => {
    const mean = (rho: ArrayLike<number>) => Array.from(rho).reduce((s, x) => s + x, 0) / 40
    const { interval } = knownOf(meanOf(features, null), 0.95)!
    const expected = naive(mean, Math.atanh)
    for (const i of [0, 1] as const) expect(Math.atanh(interval[i])).toBeCloseTo(expected[i]!, 9)
  })
})

describe('single correlations', () => {
  it('near 1 are no wider than ρ is known, however good the candidate', () => {
    // Differences of 1e-11, far below what float32 sums can tell.
    const halves = Float64Array.from({ length: 62 }, (_, i) => 1 - i * 1e-11)
    const one = {
      rho: Float64Array.of(1 - 1e-12),
      replicates: Array.from(halves, (half) => Float64Array.of(half)),
      resampling: { method: 'half-samples', documents: 500, sizes: new Float64Array(32) },
      accuracy: Float64Array.of(correlationAccuracy(0.1, 1)),
    } as const
    const [low, high] = intervalOf(singleCorrelation(one, 0), 0.95)!
    expect(low).toBeCloseTo(1 - 2e-6, 9)
    expect(high).toBeLessThanOrEqual(1)
  })

  it('are known as well as float32 sums are: less where the mean is large beside the spread', () => {
    expect(correlationAccuracy(0, 1)).toBe(2e-6)
    // Variance 1 % of the mean square.
    expect(correlationAccuracy(Math.sqrt(0.99), 1)).toBeCloseTo(1e-4, 9)
    expect(correlationAccuracy(1, 1)).toBe(1)
    expect(correlationAccuracy(0, 0)).toBe(1)
    expect(correlationAccuracy(0.1, Number.NaN)).toBe(2e-6)
  })

  it('take z no nearer to 1 than the accuracy', () => {
    expect(fisherZ(1, 0.01)).toBe(Math.atanh(0.99))
    expect(fisherZ(-1, 0.01)).toBe(-Math.atanh(0.99))
    expect(fisherZ(0.5, 0.01)).toBe(Math.atanh(0.5))
    expect(fisherZ(Number.NaN, 0.01)).toBe(0)
    expect(fisherZ(0.7, 1)).toBe(0)
  })
})

describe('the groups behind a correlation', () => {
  it('have as many degrees as groups that matter', () => {
    const spread = (influences: readonly number[]) => {
      const halves: number[] = []
      for (let r = 1; r < influences.length; r++) {
        const d = influences.reduce((sum, u, g) => sum + hadamardSign(r, g) * u, 0)
        halves.push(Math.tanh(0.5 + d), Math.tanh(0.5 - d))
      }
      return correlationSpread(halves, 2e-6)!
    }
    const all = Array.from({ length: 32 }, (_, g) => (g % 2 === 0 ? 0.01 : -0.01))
    expect(spread(all).degrees).toBeCloseTo(31, 0)
    const two = Array.from({ length: 32 }, (_, g) => (g === 4 ? 0.01 : g === 9 ? -0.01 : 0))
    // κ = 32 · 2/4: 3 · 32/16 − 1.
    expect(Math.abs(spread(two).degrees - 4.9375)).toBeLessThan(0.07)
    expect(spread(two).error).toBeCloseTo(Math.sqrt((32 / 31) * 2e-4), 9)
  })

  it('show groups that are not independent by their neighbours', () => {
    const normal = seededNormal(8)
    const halvesOf = (influence: (k: number) => readonly number[]) => {
      const columns = Array.from({ length: 400 }, (_, k) => influence(k))
      const halves = Array.from({ length: 62 }, () => new Float32Array(400))
      for (const [k, u] of columns.entries()) {
        const mean = u.reduce((s, v) => s + v, 0) / 32
        for (let r = 1; r < 32; r++) {
          const d = u.reduce((sum, v, g) => sum + hadamardSign(r, g) * (v - mean), 0)
          halves[2 * r - 2]![k] = Math.tanh(0.5 + d)
          halves[2 * r - 1]![k] = Math.tanh(0.5 - d)
        }
      }
      return halves
    }
    const accuracy = new Float64Array(400).fill(2e-6)
    const alone = halvesOf(() => Array.from({ length: 32 }, () => 0.01 * normal()))
    expect(Math.abs(neighbourCorrelation(alone, accuracy)! + 1 / 32)).toBeLessThan(0.03)
    const shared = halvesOf(() => {
      const document = Array.from({ length: 16 }, () => 0.01 * normal())
      return Array.from({ length: 32 }, (_, g) => document[Math.floor(g / 2)]!)
    })
    expect(neighbourCorrelation(shared, accuracy)).toBeGreaterThan(0.3)
  })

  it('give back the influences that made the halves', () => {
    const normal = seededNormal(9)
    const u = Array.from({ length: 16 }, normal)
    const mean = u.reduce((s, v) => s + v, 0) / 16
    const d = Array.from({ length: 15 }, (_, i) =>
      u.reduce((sum, v, g) => sum + hadamardSign(i + 1, g) * v, 0),
    )
    for (const [g, found] of groupInfluences(d).entries()) expect(found).toBeCloseTo(u[g]! - mean, 12)
  })
})

describe('how tokens grow', () => {
  /** Halves of `make`'s figure, which gets the noise of each half: √2 times that of the whole. */
  const exponent = (seed: number, figure: (noise: readonly number[]) => number) => {
    const normal = seededNormal(seed)
    const noise = Array.from({ length: 32 }, () => Array.from({ length: 4000 }, normal))
    const halves: number[] = []
    for (let r = 1; r < 32; r++) {
      for (const sign of [1, -1]) {
        halves.push(
          figure(
            noise[0]!.map((_, k) =>
              noise.reduce((sum, row, g) => sum + (hadamardSign(r, g) === sign ? row[k]! / 16 : 0), 0),
            ),
          ),
        )
      }
    }
    return budgetExponent(halves)
  }

  it('by the square for a mean, exactly', () => {
    expect(exponent(1, (noise) => noise[0]! + noise[1]!)).toBeCloseTo(2, 9)
  })

  it('by the fourth power for a fraction of features with errors of their own', () => {
    // True values spread evenly over a band much wider than the noise.
    const share = (noise: readonly number[]) =>
      noise.filter((e, k) => (k / noise.length - 0.5) * 8 + e > 0).length / noise.length
    const exponents = [1, 2, 3, 4, 5].map((seed) => exponent(seed, share))
    expect(exponents.reduce((sum, e) => sum + e, 0) / 5).toBeGreaterThan(3)
  })

  it('by the square where all halves agree', () => {
    expect(budgetExponent(new Float64Array(62).fill(0.3))).toBe(2)
  })
})

describe('Student’s t with any degrees', () => {
  it.each(made.studentTails)('P(T > $t) with $degrees', ({ t, degrees, tail }) => {
    expect(Math.abs(twoSidedTail(t, degrees) / (2 * tail) - 1)).toBeLessThan(1e-6)
    if (tail > 1e-6) expect(studentQuantile(1 - 2 * tail, degrees) / t).toBeCloseTo(1, 6)
  })
})
