/**
 * @file Survived, degraded, damaged: the classes of arXiv 2606.03002, how many features fall into each, and how much
 * that depends on where the thresholds stand.
 *
 * Everything is over active features, by the definitions of definitions.ts.
 */
import type { FeatureClass } from '../../contract/report/feature-table.ts'
import { type ActiveClass, type ClassThresholds, classOf, countedRho, thresholdsOf } from '../definitions.ts'

/** (F) class of every feature; `active` and `correlation` are (F). */
export function classesOf(
  active: Uint8Array,
  correlation: Float64Array,
  thresholds: ClassThresholds,
): FeatureClass[] {
  return Array.from(correlation, (rho, j) => (active[j] === 1 ? classOf(rho, thresholds) : 'inactive'))
}

/** One number per class: counts, or fractions of the active features (0 where none is active). */
export type PerClass = Readonly<Record<ActiveClass, number>>

/** How many of the active features `rho` fall into each class. */
export function classCounts(rho: Float64Array, thresholds: ClassThresholds): PerClass {
  return classWeights(rho, null, thresholds)
}

/** The fraction of each class, features counting equally. */
export function classFractions(rho: Float64Array, thresholds: ClassThresholds): PerClass {
  return weightedClassFractions(rho, null, thresholds)
}

/**
 * The fraction of each class where feature k counts `weights[k]` ≥ 0: firing rates, so that thousands of rare features
 * do not outvote those in use, or decoder norms. Null: equal weights. All 0 where nothing has weight.
 */
export function weightedClassFractions(
  rho: Float64Array,
  weights: Float64Array | null,
  thresholds: ClassThresholds,
): PerClass {
  const { survived, degraded, damaged } = classWeights(rho, weights, thresholds)
  const total = survived + degraded + damaged
  if (!(total > 0)) return { survived: 0, degraded: 0, damaged: 0 }
  return { survived: survived / total, degraded: degraded / total, damaged: damaged / total }
}

function classWeights(
  rho: Float64Array,
  weights: Float64Array | null,
  thresholds: ClassThresholds,
): PerClass {
  const totals = { survived: 0, degraded: 0, damaged: 0 }
  for (let k = 0; k < rho.length; k++) {
    totals[classOf(rho[k]!, thresholds)] += weights === null ? 1 : weights[k]!
  }
  return totals
}

/** Mean ρ with undefined counted as 0, feature k counting `weights[k]`; 0 where nothing has weight. */
export function meanCorrelation(rho: Float64Array, weights: Float64Array | null): number {
  let sum = 0
  let total = 0
  for (let k = 0; k < rho.length; k++) {
    const weight = weights === null ? 1 : weights[k]!
    sum += weight * countedRho(rho[k]!)
    total += weight
  }
  return total > 0 ? sum / total : 0
}

/** The thresholds at which the fractions are also told. */
export const SENSITIVITY_SURVIVED = [0.8, 0.85, 0.9, 0.95] as const
export const SENSITIVITY_DAMAGED = [0.3, 0.4, 0.5, 0.6, 0.7] as const

export interface SensitivityCell extends PerClass {
  readonly survivedAt: number
  readonly damagedAt: number
}

/** The fractions at all 20 pairs of thresholds. `above`: survived is ρ above the first, not at it. */
export function sensitivityGrid(rho: Float64Array, above = false): SensitivityCell[] {
  return SENSITIVITY_SURVIVED.flatMap((survivedAt) =>
    SENSITIVITY_DAMAGED.map((damagedAt) => {
      const rule = { survived: survivedAt, damaged: damagedAt, above }
      const { survived, degraded, damaged } = classFractions(rho, thresholdsOf(rule))
      return { survivedAt, damagedAt, survived, degraded, damaged }
    }),
  )
}
