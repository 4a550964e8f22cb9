/**
 * @file The active features of one candidate at one read-out, each with its ρ and with what the reference alone says of it:
 * what the paper's experiments on finished audits start from, whether a report, its Parquet or a CSV brought them.
 */
import type { FeatureCorrelations } from './feature-figures.ts'
import { filledHalf } from './half-correlations.ts'

export interface ActiveFeatures {
  /** (K) ascending. */
  readonly ids: Int32Array
  /** (K) NaN where undefined. */
  readonly rho: Float64Array
  /** (K) reference: fraction of counted positions at which it fires. */
  readonly firingRate: Float64Array
  /** (K) reference: mean activation over all counted positions. */
  readonly mean: Float64Array
  /** (K) reference: largest activation. */
  readonly peak: Float64Array
  /** What intervals are made from: (R)(K) ρ on the halves of the token groups. Null: there are none. */
  readonly halves:
    | (Pick<FeatureCorrelations, 'resampling'> & {
        readonly rho: readonly ArrayLike<number>[]
      })
    | null
}

/** Those at `places`, in that order. */
export function chosenFeatures(from: ActiveFeatures, places: readonly number[]): ActiveFeatures {
  const take = (values: ArrayLike<number>): Float64Array => Float64Array.from(places, (k) => values[k]!)
  return {
    ids: Int32Array.from(places, (k) => from.ids[k]!),
    rho: take(from.rho),
    firingRate: take(from.firingRate),
    mean: take(from.mean),
    peak: take(from.peak),
    halves: from.halves && { ...from.halves, rho: from.halves.rho.map(take) },
  }
}

/** (R)(K) ρ on each half, whole-sample ρ where a half says nothing of a feature. Null without token groups. */
export function halvesOf({ rho, halves }: ActiveFeatures): readonly Float64Array[] | null {
  return halves === null ? null : halves.rho.map((half) => filledHalf(rho, half))
}
