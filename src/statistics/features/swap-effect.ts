/**
 * @file What a change of some weights does to features: which are lost and which come back, and how much the survived fraction moves, with
 * an interval from the same halves of the text on both sides.
 */
import { type ClassThresholds, classOf } from '../definitions.ts'
import { type ConfidenceInterval, difference, type Estimate, intervalOf } from '../intervals/estimate.ts'
import type { Sampling } from '../intervals/resampling.ts'
import { constantFeatures } from './constant-features.ts'
import { candidateColumns, correlations } from './correlation.ts'
import { classFraction, type FeatureCorrelations } from './feature-figures.ts'
import {
  type CandidateMoments,
  columnsOf,
  meanActivations,
  meanSquares,
  type ReferenceMoments,
} from './feature-moments.ts'
import { correlationAccuracy, halfCorrelations } from './half-correlations.ts'
import { meanCorrelation } from './taxonomy.ts'

/** Correlations of some features with the reference's. */
export interface FeatureState extends FeatureCorrelations {
  /** (K) ascending ids. */
  readonly features: Int32Array
}

/** Those of the features that vary in the reference: of the others nothing can be told. */
export function varyingFeatures(reference: ReferenceMoments, features: Int32Array): Int32Array {
  const { groups, width } = reference
  const itself = {
    features,
    sum: columnsOf(reference.sum, groups, width, features),
    sumOfSquares: columnsOf(reference.sumOfSquares, groups, width, features),
  }
  const isConstant = constantFeatures(reference, itself)
  return features.filter((_, k) => isConstant[k] === 0)
}

/** ρ of the features, on the whole and on its halves. */
export function featureState(
  reference: ReferenceMoments,
  moments: CandidateMoments,
  features: Int32Array,
  sampling: Sampling,
): FeatureState {
  const [mean, square] = [meanActivations(reference), meanSquares(reference)]
  const columns = candidateColumns(moments, features)
  return {
    features,
    rho: correlations(reference, columns),
    replicates: halfCorrelations(reference, columns),
    resampling: { ...sampling, sizes: reference.positions },
    accuracy: Float64Array.from(features, (j) => correlationAccuracy(mean[j]!, square[j]!)),
  }
}

export interface SwapEffect {
  /** Ids of features that survived before and do not after. */
  readonly lost: readonly number[]
  /** … that survive after and did not before. */
  readonly gained: readonly number[]
  /** Survived fraction after, less that before. */
  readonly deltaSurvived: number
  /** Paired: replicate by replicate. */
  readonly deltaSurvivedCi: ConfidenceInterval
  /** After. */
  readonly meanCorrelation: number
}

/** Both on the same features. `before` null: the reference itself, of which every feature survives, whatever the text. */
export function swapEffect(
  before: FeatureState | null,
  after: FeatureState,
  thresholds: ClassThresholds,
  confidence: number,
): SwapEffect {
  const survives = (state: FeatureState | null, k: number): boolean =>
    state === null || classOf(state.rho[k]!, thresholds) === 'survived'
  const which = (was: FeatureState | null, is: FeatureState | null): readonly number[] =>
    [...after.features].filter((_, k) => survives(was, k) && !survives(is, k))
  const survived = (state: FeatureState): Estimate => classFraction(state, 'survived', thresholds, null)
  const change = before === null ? null : difference(survived(after), survived(before))
  const whole = survived(after)
  return {
    lost: which(before, after),
    gained: which(after, before),
    deltaSurvived: change?.value ?? whole.value - 1,
    deltaSurvivedCi:
      change === null ? lessOne(intervalOf(whole, confidence)) : intervalOf(change, confidence),
    meanCorrelation: meanCorrelation(after.rho, null),
  }
}

const lessOne = (interval: ConfidenceInterval): ConfidenceInterval =>
  interval && [interval[0] - 1, interval[1] - 1]
