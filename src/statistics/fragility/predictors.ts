/**
 * @file What is known of a feature before anything is quantized (arXiv 2606.03002, and the authors' code where the paper leaves
 * it open): rarity, log mean, log peak, log concentration, from the reference alone.
 *
 * log concentration is log peak − log mean (never below 0), so the four have rank 3 where it is not cut off.
 */
import type { ActiveFeatures } from '../features/active-features.ts'

export const PREDICTORS = ['rarity', 'log mean', 'log peak', 'log concentration'] as const
export type Predictor = (typeof PREDICTORS)[number]
/** Without the one that the others determine. */
export const INDEPENDENT = ['rarity', 'log mean', 'log peak'] as const satisfies readonly Predictor[]

/** What logarithms are taken of is at least this. */
const FLOOR = 1e-8

/** (K) each. */
export type PredictorColumns = Readonly<Record<Predictor, Float64Array>>

export function predictorColumns(
  features: Pick<ActiveFeatures, 'firingRate' | 'mean' | 'peak'>,
): PredictorColumns {
  const { firingRate, mean, peak } = features
  const log = (value: number): number => Math.log(Math.max(value, FLOOR))
  return {
    rarity: firingRate.map((rate) => -log(rate)),
    'log mean': mean.map(log),
    'log peak': peak.map(log),
    'log concentration': peak.map((most, k) => Math.log(Math.max(most / Math.max(mean[k]!, FLOOR), 1))),
  }
}

/** Mean and standard deviation (of all rows, not of a sample) of a column. */
export interface Standard {
  readonly mean: number
  readonly sd: number
}

export function standardOf(column: Float64Array): Standard {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length
  const square = column.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, sd: Math.sqrt(square / column.length) }
}

/** z-scores; of a column that does not vary 0. */
export function standardised(column: Float64Array, { mean, sd }: Standard): Float64Array {
  return column.map((value) => (sd > 0 ? (value - mean) / sd : 0))
}
