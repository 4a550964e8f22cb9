/**
 * @file How alike a feature fires in reference and candidate, beside ρ, from the same sums: how large its activation still is
 * (gain), and at how many of the positions where either fires it both do (Jaccard's index). ρ sees neither a stream that is
 * a fifth smaller nor, of a strong feature, the weak firings that were lost.
 */
import type { FiringHalves } from '../../contract/report/feature-table.ts'
import { type Estimate, intervalOf, type Replicates, type TwoWayScale } from '../intervals/estimate.ts'
import { halvesSpread } from '../intervals/half-intervals.ts'
import { canHalve, halfCount, halfSums } from '../intervals/half-sums.ts'
import type { Resampling } from '../intervals/resampling.ts'
import { quantile } from '../quantile.ts'
import { functionalOf, ownSpread } from './feature-figures.ts'
import { type CandidateMoments, columnsOf, groupTotals, type ReferenceMoments } from './feature-moments.ts'
import { meanCorrelation } from './taxonomy.ts'

/** (K) each, of the candidate's features; NaN where there is nothing to divide by. */
export interface FiringFigures {
  /** Σab / Σa²: the factor by which the reference's activations are best multiplied to give the candidate's. */
  readonly gain: Float64Array
  /** Positions where both fire, of those where either does. */
  readonly jaccard: Float64Array
  /** Positions where both fire, of those where the candidate does. */
  readonly precision: Float64Array
  /** Positions where both fire, of those where the reference does. */
  readonly recall: Float64Array
  /** Positions where the candidate fires. */
  readonly candidateFirings: Float64Array
}

export function firingFigures(reference: ReferenceMoments, candidate: CandidateMoments): FiringFigures {
  const { groups, width } = reference
  const { features } = candidate
  const count = features.length
  const total = (sums: Float64Array): Float64Array => groupTotals(sums, groups, count)
  const [ab, together, either] = [
    total(candidate.product),
    total(candidate.together),
    total(candidate.either),
  ]
  const aa = total(columnsOf(reference.sumOfSquares, groups, width, features))
  // The reference's firings were counted in a pass of its own, in which float32 may decide a row otherwise.
  const own = features.map((j, k) => Math.min(either[k]!, Math.max(together[k]!, reference.firings[j]!)))
  const candidateFirings = either.map((sum, k) => sum + together[k]! - own[k]!)
  return {
    gain: ratios(ab, aa),
    jaccard: ratios(together, either),
    precision: ratios(together, candidateFirings),
    recall: ratios(together, Float64Array.from(own)),
    candidateFirings,
  }
}

/** In the order of the halves. NaN where the half has nothing to divide by: it says nothing of the feature. */
export function firingHalves(reference: ReferenceMoments, candidate: CandidateMoments): FiringHalves {
  const { groups, width } = reference
  const { features, product, together, either } = candidate
  if (!canHalve(groups)) return { gain: [], jaccard: [] }
  const aa = columnsOf(reference.sumOfSquares, groups, width, features)
  return {
    gain: halfRatios(product, aa, groups, features.length),
    jaccard: halfRatios(together, either, groups, features.length),
  }
}

/** Of (G, K) sums. */
function halfRatios(above: Float64Array, below: Float64Array, groups: number, count: number): Float32Array[] {
  const [over, under] = [halfSums(above, groups, count), halfSums(below, groups, count)]
  return Array.from({ length: halfCount(groups) }, (_, half) => {
    const side = half % 2 === 0 ? 'plus' : 'minus'
    const row = (Math.floor(half / 2) + 1) * count
    return Float32Array.from(
      ratios(over[side].subarray(row, row + count), under[side].subarray(row, row + count)),
    )
  })
}

function ratios(above: Float64Array, below: Float64Array): Float64Array {
  return above.map((value, k) => (below[k]! > 0 ? value / below[k]! : Number.NaN))
}

/** A figure that every feature has, with what its intervals are made from. */
export interface FeatureValues {
  /** (K) NaN where undefined: it counts as 0, for the feature is gone. */
  readonly values: Float64Array
  /** (R)(K); null where none were kept. */
  readonly replicates: readonly ArrayLike<number>[] | null
  readonly resampling: Resampling
  readonly kind: FiringKind
}

/** Values a figure can have, and where its errors are most nearly normal. */
export interface FiringKind {
  readonly range: Estimate['range']
  readonly scale: TwoWayScale
}

/** Errors of a ratio of sums are nearly normal as they are. */
export const GAIN: FiringKind = {
  range: [0, Number.POSITIVE_INFINITY],
  scale: { to: (value) => value, from: (value) => value },
}

/** Arcsine of the root: where a proportion's errors are as large near 0 and 1 as between. */
export const JACCARD: FiringKind = {
  range: [0, 1],
  scale: {
    to: (value) => Math.asin(Math.sqrt(Math.min(1, Math.max(0, value)))),
    from: (angle) => Math.sin(Math.min(Math.PI / 2, Math.max(0, angle))) ** 2,
  },
}

const counted = (value: number): number => (Number.isNaN(value) ? 0 : value)

/** The figure of the k-th feature. */
export function singleValue({ values, replicates, resampling, kind }: FeatureValues, k: number): Estimate {
  const value = counted(values[k]!)
  const { range, scale } = kind
  if (replicates === null || replicates.length === 0) return { value, error: null, range }
  const centre = scale.to(value)
  const onScale = replicates.map((row) => (Number.isNaN(row[k]!) ? Number.NaN : scale.to(row[k]!)))
  const error: Replicates = {
    kind: 'replicates',
    resampling,
    scale: scale.from,
    centre,
    values: onScale.map((one) => (Number.isNaN(one) ? centre : one)),
    own: { spread: ownSpread(halvesSpread(onScale), resampling) },
  }
  return { value, error, range }
}

/** The mean over features, feature k counting `weights[k]`; null: all the same. */
export function meanValue(features: FeatureValues, weights: Float64Array | null): Estimate {
  return valueOfAll(features, weights, meanCorrelation)
}

/** Quantile `q` (0..1) over features. */
export function quantileValue(features: FeatureValues, q: number): Estimate {
  return valueOfAll(features, null, (values) => quantile(values, q))
}

function valueOfAll(
  { values, replicates, resampling, kind }: FeatureValues,
  weights: Float64Array | null,
  of: (values: Float64Array, weights: Float64Array | null) => number,
): Estimate {
  const known = replicates === null || replicates.length === 0 ? null : replicates
  const estimate = functionalOf({ rho: values, replicates: known, resampling }, weights, {
    of,
    scale: () => kind.scale,
  })
  return { ...estimate, range: kind.range }
}

/** (K) intervals of each feature's figure; NaN where there is none. */
export function valueIntervals(
  features: FeatureValues,
  confidence: number,
): { readonly low: Float64Array; readonly high: Float64Array } {
  const ends = Array.from(features.values, (_, k) => intervalOf(singleValue(features, k), confidence))
  return {
    low: Float64Array.from(ends, (one) => one?.[0] ?? Number.NaN),
    high: Float64Array.from(ends, (one) => one?.[1] ?? Number.NaN),
  }
}
