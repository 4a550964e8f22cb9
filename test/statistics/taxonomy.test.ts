import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { mean, median as simpleMedian } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import { classOf } from '../../src/statistics/definitions.ts'
import { summarizeFeatures } from '../../src/statistics/features/feature-summary.ts'
import {
  classesOf,
  classFractions,
  meanCorrelation,
  sensitivityGrid,
  weightedClassFractions,
} from '../../src/statistics/features/taxonomy.ts'
import { median, quantile } from '../../src/statistics/quantile.ts'

const THRESHOLDS = { survived: 0.9, damaged: 0.5 }

interface GoldenReference {
  readonly active: number
  readonly firing_rate: readonly number[]
}

interface GoldenFeatures {
  readonly undefined_counted_as_rho_0: number
  readonly survived: number
  readonly degraded: number
  readonly damaged: number
  readonly survived_fraction: number
  readonly mean_rho: number
  readonly median_rho: number
  readonly rho: readonly (number | null)[]
}

interface Golden<Features> {
  readonly variants: Readonly<
    Record<string, { readonly sae: Readonly<Record<string, Readonly<Record<string, Features>>>> }>
  >
}

function golden<Features>(name: string): Golden<Features> {
  return JSON.parse(readFileSync(new URL(`../../fixtures/golden/${name}.json`, import.meta.url), 'utf8'))
}

const cases = ['neox.plain', 'gemma2.nobos', 'gemma2.bos127', 'gemma2.bos128'].flatMap((name) => {
  const references = golden<GoldenReference>(name).variants.fp!.sae
  const conditions = golden<GoldenFeatures>(name).variants
  return Object.entries(conditions)
    .filter(([condition]) => condition !== 'fp')
    .flatMap(([condition, { sae }]) =>
      Object.entries(sae).flatMap(([hook, modes]) =>
        Object.entries(modes).map(([mode, stored]) => ({
          title: `${name} ${condition} ${hook} ${mode}`,
          reference: references[hook]![mode]!,
          stored,
        })),
      ),
    )
})

describe('taxonomy of the stored correlations', () => {
  it('finds the conditions', () => expect(cases.length).toBeGreaterThan(30))

  it.each(cases)('$title', ({ reference, stored }) => {
    const rho = stored.rho.flatMap((value, j) =>
      reference.firing_rate[j]! > 0.001 ? [value === null ? Number.NaN : value] : [],
    )
    expect(rho.length).toBe(reference.active)
    const summary = summarizeFeatures(
      {
        rho: Float64Array.from(rho),
        replicates: null,
        resampling: { method: 'delete-one', documents: 200, sizes: [] },
        accuracy: new Float64Array(0),
      },
      THRESHOLDS,
      0.95,
    )
    expect(summary.survived.count).toBe(stored.survived)
    expect(summary.degraded.count).toBe(stored.degraded)
    expect(summary.damaged.count).toBe(stored.damaged)
    expect(summary.undefined).toBe(stored.undefined_counted_as_rho_0)
    expect(summary.survived.fraction).toBeCloseTo(stored.survived_fraction, 8)
    expect(summary.meanCorrelation).toBeCloseTo(stored.mean_rho, 8)
    expect(summary.medianCorrelation).toBeCloseTo(stored.median_rho, 8)
    expect(summary.survived.ci).toBeNull()
  })
})

const rhos = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 })

describe('taxonomy', () => {
  it('puts the thresholds themselves where the paper puts them', () => {
    expect(classOf(0.9, THRESHOLDS)).toBe('survived')
    expect(classOf(0.8999999, THRESHOLDS)).toBe('degraded')
    expect(classOf(0.5, THRESHOLDS)).toBe('degraded')
    expect(classOf(0.4999999, THRESHOLDS)).toBe('damaged')
    expect(classOf(Number.NaN, THRESHOLDS)).toBe('damaged')
    expect(classOf(Number.NaN, { survived: 0, damaged: 0 })).toBe('survived')
    expect(classesOf(Uint8Array.of(1, 0), Float64Array.of(1, 1), THRESHOLDS)).toEqual([
      'survived',
      'inactive',
    ])
  })

  it('counts features by weight', () => {
    const rho = Float64Array.of(1, 0.7, 0.1, Number.NaN)
    expect(weightedClassFractions(rho, Float64Array.of(5, 3, 1, 1), THRESHOLDS)).toEqual({
      survived: 0.5,
      degraded: 0.3,
      damaged: 0.2,
    })
    expect(meanCorrelation(rho, Float64Array.of(5, 3, 1, 1))).toBeCloseTo((5 + 2.1 + 0.1) / 10, 12)
    expect(weightedClassFractions(rho, new Float64Array(4), THRESHOLDS).survived).toBe(0)
  })

  it('has a grid of 20 whose cells add to 1 and whose (0.9, 0.5) is the classification', () => {
    fc.assert(
      fc.property(rhos, (values) => {
        const rho = Float64Array.from(values)
        const grid = sensitivityGrid(rho)
        expect(grid.length).toBe(20)
        for (const cell of grid) expect(cell.survived + cell.degraded + cell.damaged).toBeCloseTo(1, 12)
        const cell = grid.find((c) => c.survivedAt === 0.9 && c.damagedAt === 0.5)
        expect(cell).toMatchObject(classFractions(rho, THRESHOLDS))
      }),
    )
  })

  it('with equal weights is the unweighted one', () => {
    fc.assert(
      fc.property(rhos, (values) => {
        const rho = Float64Array.from(values)
        const weighted = weightedClassFractions(rho, new Float64Array(rho.length).fill(0.25), THRESHOLDS)
        expect(weighted).toEqual(classFractions(rho, THRESHOLDS))
        expect(meanCorrelation(rho, null)).toBeCloseTo(mean(values), 12)
      }),
    )
  })

  it('of nothing is nothing', () => {
    const summary = summarizeFeatures(
      {
        rho: new Float64Array(),
        replicates: null,
        resampling: { method: 'delete-one', documents: 200, sizes: [] },
        accuracy: new Float64Array(0),
      },
      THRESHOLDS,
      0.95,
    )
    expect(summary).toMatchObject({ active: 0, meanCorrelation: 0, medianCorrelation: 0 })
    expect(summary.survived.fraction).toBe(0)
  })
})

describe('quantile', () => {
  it('is linear between order statistics, as numpy has it', () => {
    expect(quantile([4, 1, 3, 2], 0.25)).toBeCloseTo(1.75, 12)
    expect(quantile([15, 20, 35, 40, 50], 0.4)).toBeCloseTo(29, 12)
    expect(quantile([7], 0.99)).toBe(7)
    expect(quantile([], 0.5)).toBeNaN()
    expect(quantile([3, 1, 2], 0)).toBe(1)
    expect(quantile([3, 1, 2], 1)).toBe(3)
  })

  it('at one half is the median', () => {
    fc.assert(
      fc.property(rhos, (values) => {
        expect(median(values)).toBeCloseTo(simpleMedian(values), 12)
      }),
    )
  })
})
