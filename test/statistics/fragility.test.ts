/**
 * @file The fragility predictor: its fit against an independent minimiser and against ml-logistic-regression, its figures against
 * naive definitions.
 */
import fc from 'fast-check'
import LogisticRegression from 'ml-logistic-regression'
import { Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import type { ActiveFeatures } from '../../src/statistics/features/active-features.ts'
import { calibrationOf } from '../../src/statistics/fragility/calibration.ts'
import { stratifiedFolds } from '../../src/statistics/fragility/folds.ts'
import { forecast, fragilityOf } from '../../src/statistics/fragility/fragility.ts'
import { fitLogistic, probability } from '../../src/statistics/fragility/logistic.ts'
import { predictorColumns, standardised, standardOf } from '../../src/statistics/fragility/predictors.ts'
import { areaUnderRoc, rocCurve } from '../../src/statistics/fragility/roc.ts'
import { seededNormal } from './activations.ts'

const THRESHOLDS = { survived: 0.9, damaged: 0.5 }

/** Features of which the weak and rare are lost, more or less. */
function made(count: number, noise = 1.2): ActiveFeatures {
  const normal = seededNormal(7)
  const firingRate = new Float64Array(count).map(() => 0.01 * Math.exp(normal()))
  const peak = new Float64Array(count).map(() => Math.exp(1 + normal()))
  const mean = firingRate.map((rate, k) => rate * (peak[k] ?? 1) * (0.2 + 0.1 * Math.exp(0.2 * normal())))
  const rho = peak.map((most, k) => {
    const score = Math.log(most) - 0.9 + 0.5 * Math.log((firingRate[k] ?? 1) / 0.01) + noise * normal()
    return 0.9 + 0.099 * Math.tanh(score)
  })
  return { ids: Int32Array.from(rho.keys()), rho, firingRate, mean, peak, halves: null }
}

const features = made(600)
const survived = Uint8Array.from(features.rho, (rho) => Number(rho >= 0.9))
const raw = predictorColumns(features)
const columns = Object.values(raw).map((column) => standardised(column, standardOf(column)))

/** Another way to the same minimum: gradient descent with momentum (Nesterov) and restarts, on the objective as it is written. */
function descended(x: readonly Float64Array[], y: Uint8Array, c: number): readonly number[] {
  const n = x.length + 1
  let [w, v, t] = [new Array<number>(n).fill(0), new Array<number>(n).fill(0), 1]
  const gradient = (at: readonly number[]): number[] => {
    const g = at.map((one, i) => (i < n - 1 ? one : 0))
    for (let k = 0; k < y.length; k++) {
      const sign = y[k] === 1 ? 1 : -1
      const score = x.reduce((sum, column, i) => sum + (at[i] ?? 0) * (column[k] ?? 0), at[n - 1] ?? 0)
      const pull = (-c * sign) / (1 + Math.exp(sign * score))
      for (let i = 0; i < n; i++) g[i] = (g[i] ?? 0) + pull * (i < n - 1 ? (x[i]?.[k] ?? 0) : 1)
    }
    return g
  }
  const step = 1 / (1 + 0.25 * c * y.length * n)
  for (let round = 0; round < 4000; round++) {
    const g = gradient(v)
    const next = v.map((one, i) => one - step * (g[i] ?? 0))
    const uphill = g.reduce((sum, one, i) => sum + one * ((next[i] ?? 0) - (w[i] ?? 0)), 0) > 0
    const momentum: number = uphill ? 1 : (1 + Math.sqrt(1 + 4 * t * t)) / 2
    v = next.map((one, i) => one + (uphill ? 0 : (t - 1) / momentum) * (one - (w[i] ?? 0)))
    ;[w, t] = [next, momentum]
  }
  return w
}

/** Gram and Schmidt; mean squares of 1. */
function orthogonal(x: readonly Float64Array[]): readonly Float64Array[] {
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, one, k) => sum + one * (b[k] ?? 0), 0)
  const done: Float64Array[] = []
  for (const column of x) {
    const rest = done.reduce((left, one) => {
      const part = dot(left, one) / dot(one, one)
      return left.map((value, k) => value - part * (one[k] ?? 0))
    }, column)
    const size = Math.sqrt(dot(rest, rest) / rest.length)
    done.push(rest.map((value) => value / size))
  }
  return done
}

describe('fitLogistic', () => {
  it.each([1, 0.05])('is the minimum that another minimiser finds, C = %d', (c) => {
    const fit = fitLogistic(columns, survived, c)
    const other = descended(columns, survived, c)
    for (const [i, value] of [...fit.coefficients, fit.intercept].entries())
      expect(Math.abs(value - (other[i] ?? 0))).toBeLessThan(1e-6)
  })

  it('predicts what ml-logistic-regression does where neither has a penalty', () => {
    const three = columns.slice(0, 3)
    const fit = fitLogistic(three, survived, Number.POSITIVE_INFINITY)
    // It has no intercept, hence the column of ones. Predictions do not change with the basis of the columns, and its gradient
    // descent gets there in an orthogonal one.
    const basis = orthogonal([...three, new Float64Array(survived.length).fill(1)])
    const x = new Matrix(Array.from(survived, (_, k) => basis.map((column) => column[k] ?? 0)))
    const model = new LogisticRegression({ numSteps: 1500, learningRate: 0.01 })
    model.train(x, Matrix.columnVector([...survived]))
    const scores = model.classifiers[0]?.testScores(x) ?? []
    expect(scores).toHaveLength(survived.length)
    const worst = Math.max(...scores.map((p, k) => Math.abs(p - probability(fit, three, k))))
    expect(worst).toBeLessThan(1e-6)
  })

  it('says that there is no unique answer without a penalty, where predictors determine each other', () => {
    expect(() => fitLogistic(columns, survived, Number.POSITIVE_INFINITY)).toThrow(RangeError)
  })
})

describe('areaUnderRoc', () => {
  it('is how often a one scores above a zero, ties half, and the area under the curve', () => {
    const cases = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.boolean()), {
      minLength: 2,
      maxLength: 30,
    })
    fc.assert(
      fc.property(cases, (rows) => {
        const [scores, ones] = [rows.map(([s]) => s), rows.map(([, y]) => Number(y))]
        const pairs = rows.flatMap(([a, isOne]) =>
          isOne ? rows.flatMap(([b, other]) => (other ? [] : [a > b ? 1 : a === b ? 0.5 : 0])) : [],
        )
        fc.pre(pairs.length > 0)
        const area = areaUnderRoc(scores, ones)
        expect(area).toBeCloseTo(pairs.reduce<number>((sum, one) => sum + one, 0) / pairs.length, 12)
        const curve = rocCurve(scores, ones)
        const trapezoids = curve.slice(1).map((point, i) => {
          const before = curve[i] ?? point
          return (
            ((point.falsePositive - before.falsePositive) * (point.truePositive + before.truePositive)) / 2
          )
        })
        expect(trapezoids.reduce((sum, one) => sum + one, 0)).toBeCloseTo(area, 12)
      }),
    )
  })
})

describe('stratifiedFolds', () => {
  it('deals each class evenly, by the seed', () => {
    const folds = stratifiedFolds(survived, 5, 3)
    for (const wanted of [0, 1]) {
      const counts = [0, 1, 2, 3, 4].map(
        (fold) => folds.filter((one, k) => one === fold && survived[k] === wanted).length,
      )
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    }
    expect(stratifiedFolds(survived, 5, 3)).toEqual(folds)
    expect(stratifiedFolds(survived, 5, 4)).not.toEqual(folds)
  })
})

describe('predictorColumns', () => {
  it('takes logarithms of what is at least 1e-8', () => {
    const one = predictorColumns({
      firingRate: Float64Array.of(0.01, 0),
      mean: Float64Array.of(0.5, 0),
      peak: Float64Array.of(2, 0),
    })
    expect(one.rarity[0]).toBeCloseTo(4.605170185988091, 12)
    expect(one['log concentration'][0]).toBeCloseTo(1.3862943611198906, 12)
    expect([one.rarity[1], one['log mean'][1], one['log concentration'][1]]).toEqual([
      -Math.log(1e-8),
      Math.log(1e-8),
      0,
    ])
  })
})

describe('calibrationOf', () => {
  it('is the mean squared error, its skill over the base rate, and Wilson’s intervals', () => {
    const { brier, skill, reliability } = calibrationOf(
      Float64Array.of(0.9, 0.8, 0.3, 0.2),
      Uint8Array.of(1, 1, 0, 1),
      1.96,
    )
    expect(brier).toBeCloseTo((0.01 + 0.04 + 0.09 + 0.64) / 4, 12)
    expect(skill).toBeCloseTo(1 - 0.195 / 0.1875, 12)
    // One of one: Wilson's lower end is 1 / (1 + z²).
    expect(reliability.at(-1)).toMatchObject({ observed: 1, count: 1 })
    expect(reliability.at(-1)?.ci[0]).toBeCloseTo(1 / (1 + 1.96 ** 2), 12)
  })
})

describe('fragilityOf', () => {
  const { fragility, predicted } = fragilityOf(features, THRESHOLDS, 0.95)

  it('tells survival of features that were left out of the fit', () => {
    expect(fragility.crossValidated.auc).toBeGreaterThan(0.7)
    expect(fragility.crossValidated.auc).toBeLessThan(0.95)
    expect(fragility.crossValidated.seedSd).toBeLessThan(fragility.crossValidated.foldSd)
    expect(areaUnderRoc(predicted, survived)).toBeCloseTo(fragility.crossValidated.auc, 1)
    expect(fragility.calibration.skill).toBeGreaterThan(0.1)
    expect(fragility.survived).toBe(survived.reduce((sum, one) => sum + one, 0))
  })

  it('has of the four predictors the coefficients that stand across what they say twice', () => {
    const scaled = fragility.model.coefficients.map(
      ({ predictor, value }) => value * fragility.standard[predictor].sd,
    )
    const [, mean = 0, peak = 0, concentration = 0] = scaled
    expect(peak - mean - concentration).toBeCloseTo(0, 9)
    expect(Math.abs(concentration)).toBeGreaterThan(0.1)
  })

  it('says survival by quarters of each predictor', () => {
    const peaks = fragility.quarters['log peak'].map((quarter) => quarter.survived)
    expect(peaks).toEqual([...peaks].sort((a, b) => a - b))
    const limit = fragility.quarters['log peak'][0]?.high ?? 0
    const weakest = features.rho.filter((_, k) => Math.log(features.peak[k] ?? 0) <= limit)
    expect(peaks[0]).toBeCloseTo(weakest.filter((rho) => rho >= 0.9).length / weakest.length, 12)
  })

  it('has intervals where there are token groups, and none else', () => {
    expect(fragility.model.coefficients.every(({ ci }) => ci === null)).toBe(true)
    const normal = seededNormal(11)
    const rho = Array.from({ length: 14 }, () => features.rho.map((one) => one + 0.01 * normal()))
    const resampling = { method: 'half-samples', documents: 1000, sizes: new Float64Array(8) } as const
    const grouped = fragilityOf({ ...features, halves: { resampling, rho } }, THRESHOLDS, 0.95).fragility
    for (const { value, ci } of [...grouped.model.coefficients, ...grouped.independent.model.coefficients]) {
      expect(ci?.[0]).toBeLessThan(value)
      expect(ci?.[1]).toBeGreaterThan(value)
    }
    expect(grouped.crossValidated).toEqual(fragility.crossValidated)
  })

  it('forecasts another model by its own z-scores', () => {
    const { coefficients, intercept } = fragility.model
    const fit = { coefficients: coefficients.map(({ value }) => value), intercept }
    const louder = {
      ...features,
      peak: features.peak.map((p) => 10 * p),
      mean: features.mean.map((m) => 10 * m),
    }
    const [here, there] = [forecast(fit, features), forecast(fit, louder)]
    const apart = there.predicted.map((p, k) => Math.abs(p - (here.predicted[k] ?? 0)))
    expect(Math.max(...apart)).toBeLessThan(1e-9)
    expect(here.expected).toBeCloseTo(fragility.survived / fragility.features, 2)
  })

  it('is not made of fewer than five of the smaller class a fold', () => {
    expect(() => fragilityOf({ ...features, rho: features.rho.map(() => 1) }, THRESHOLDS, 0.95)).toThrow(
      RangeError,
    )
  })
})
