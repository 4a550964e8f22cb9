/**
 * @file What one candidate through one read-out comes to, as estimates: fractions, means, quantiles and single
 * correlations of some features.
 *
 * The audit makes these from fresh sums, the policy makes them again from stored evidence at other thresholds or another
 * confidence; both call the functions here, so the two cannot disagree.
 */

import { type ActiveClass, type ClassThresholds, countedRho } from '../definitions.ts'
import { documentDegrees, FEWEST_IN_PARTS, PARTS } from '../intervals/degrees.ts'
import {
  bareEstimate,
  type Estimate,
  fisher,
  fisherZ,
  intervalOf,
  logOdds,
  type OnScale,
  ofCorrelations,
  plain,
  type Replicates,
  type TwoWayScale,
} from '../intervals/estimate.ts'
import { correlationSpread } from '../intervals/half-intervals.ts'
import type { Resampling, Spread } from '../intervals/resampling.ts'
import { quantile } from '../quantile.ts'
import { definedOrZero } from './correlation.ts'
import { filledHalf } from './half-correlations.ts'
import { meanCorrelation, weightedClassFractions } from './taxonomy.ts'

/** Correlations of some features, and what their intervals are made from. */
export interface FeatureCorrelations {
  /** (K) NaN where undefined. */
  readonly rho: Float64Array
  /** (R)(K) as FeatureReplicates has them; null where none were kept: figures then have no interval. */
  readonly replicates: readonly ArrayLike<number>[] | null
  readonly resampling: Resampling
  /** (K) how near to ±1 each ρ can be told (half-correlations.ts). */
  readonly accuracy: Float64Array
}

/** The fraction of a class, feature k counting `weights[k]`; null: all the same. */
export function classFraction(
  features: FeatureCorrelations,
  name: ActiveClass,
  thresholds: ClassThresholds,
  weights: Float64Array | null,
): Estimate {
  const fraction: Functional = {
    of: (rho, some) => weightedClassFractions(rho, some, thresholds)[name],
    scale: (count, some) => logOdds(effectiveCount(count, some)),
  }
  const estimate = functionalOf(features, weights, fraction)
  if (estimate.error?.kind !== 'replicates' || features.resampling.method === 'delete-one') {
    return { ...estimate, range: [0, 1] }
  }
  const oneFeature = 1 / effectiveCount(features.rho.length, weights)
  return { ...estimate, range: [0, 1], error: { ...estimate.error, oneFeature } }
}

/** How many features of equal weight would count alike: (Σw)²/Σw². */
function effectiveCount(count: number, weights: Float64Array | null): number {
  if (weights === null) return Math.max(1, count)
  const total = weights.reduce((sum, w) => sum + w, 0)
  return total ** 2 / weights.reduce((sum, w) => sum + w * w, 0)
}

/** The mean ρ, feature k counting `weights[k]`; null: all the same. */
export function meanOf(features: FeatureCorrelations, weights: Float64Array | null): Estimate {
  return { ...functionalOf(features, weights, ofRho(meanCorrelation)), range: [-1, 1] }
}

/** Quantile `q` (0..1) of ρ; 0.5 is the median. */
export function quantileOf(features: FeatureCorrelations, q: number): Estimate {
  return {
    ...functionalOf(
      features,
      null,
      ofRho((rho) => quantile(rho, q)),
    ),
    range: [-1, 1],
  }
}

/** ρ of the k-th feature. */
export function singleCorrelation(
  { rho, replicates, resampling, accuracy }: FeatureCorrelations,
  k: number,
): Estimate {
  const value = countedRho(rho[k]!)
  if (replicates === null) return { value, error: null, range: [-1, 1] }
  const own = replicates.map((row) => row[k]!)
  const [near, centre] = [accuracy[k]!, fisherZ(value, accuracy[k]!)]
  const values = own.map((one) => (Number.isNaN(one) ? centre : fisherZ(one, near)))
  const error: Replicates = { kind: 'replicates', resampling, scale: fisher, centre, values }
  return {
    value,
    error:
      resampling.method === 'delete-one'
        ? error
        : { ...error, own: { spread: ownSpread(correlationSpread(own, near), resampling) } },
    range: [-1, 1],
  }
}

/** No better known than so many documents allow. */
export function ownSpread(spread: Spread | null, { documents, degrees }: Resampling): Spread | null {
  return spread && { ...spread, degrees: Math.min(spread.degrees, documentDegrees(documents, degrees)) }
}

/** Intervals of many correlations at once. */
export interface CorrelationIntervals {
  readonly low: Float64Array
  readonly high: Float64Array
}

/** (K) intervals of each ρ: always inside [−1, 1] and around ρ itself. NaN where there is none. */
export function correlationIntervals(
  features: FeatureCorrelations,
  confidence: number,
): CorrelationIntervals {
  const ends = Array.from(features.rho, (_, k) => intervalOf(singleCorrelation(features, k), confidence))
  return {
    low: Float64Array.from(ends, (one) => one?.[0] ?? Number.NaN),
    high: Float64Array.from(ends, (one) => one?.[1] ?? Number.NaN),
  }
}

/** A number made from the ρ (or another figure) of some features and their weights (null: all the same). */
export interface Functional {
  readonly of: (rho: Float64Array, weights: Float64Array | null) => number
  /** Where its errors are most nearly normal. */
  readonly scale: (features: number, weights: Float64Array | null) => TwoWayScale
}

const ofRho = (of: Functional['of']): Functional => ({ of, scale: () => ofCorrelations })

/**
 * Any number made from the features' ρ, its halves spread on a scale of its own. The set of features is held: the active ones
 * are the reference's, and the same in every replicate.
 */
export function functionalOf(
  { rho, replicates, resampling }: Pick<FeatureCorrelations, 'rho' | 'replicates' | 'resampling'>,
  weights: Float64Array | null,
  functional: Functional,
): Estimate {
  const value = functional.of(definedOrZero(rho), weights)
  if (replicates === null) return bareEstimate(value)
  const halves = replicates.map((row) => filledHalf(rho, row))
  // Older reports are judged on the figure itself, as they were measured.
  const { to, from } = resampling.method === 'delete-one' ? plain : functional.scale(rho.length, weights)
  const error: Replicates = {
    kind: 'replicates',
    resampling,
    scale: from,
    centre: to(value),
    values: halves.map((half) => to(functional.of(half, weights))),
    parts: resampling.degrees === undefined ? null : partsOf(halves, weights, functional),
  }
  return { ...bareEstimate(value), error }
}

/** The figure of each of PARTS parts of the features; null of too few features. */
function partsOf(
  halves: readonly Float64Array[],
  weights: Float64Array | null,
  { of, scale }: Functional,
): OnScale[] | null {
  const count = halves[0]?.length ?? 0
  if (count < FEWEST_IN_PARTS) return null
  return Array.from({ length: PARTS }, (_, part) => {
    const some = weights && everyFrom(part, weights)
    const { to, from } = scale(some?.length ?? Math.ceil((count - part) / PARTS), some)
    return { scale: from, values: halves.map((half) => to(of(everyFrom(part, half), some))) }
  })
}

/** Entries part, part + PARTS, … */
function everyFrom(part: number, values: Float64Array): Float64Array {
  const some = new Float64Array(Math.ceil((values.length - part) / PARTS))
  for (let i = 0; i < some.length; i++) some[i] = values[part + i * PARTS]!
  return some
}
