/** @file What of features survives at some of the positions: those that fire often enough there to tell, with an interval from halves of the text. Pure. */
import type { FeatureThresholds } from '../../contract/options/audit-config.ts'
import { isActive } from '../definitions.ts'
import { type ConfidenceInterval, intervalOf } from '../intervals/estimate.ts'
import type { Sampling } from '../intervals/resampling.ts'
import { classFraction } from './feature-figures.ts'
import {
  type CandidateMoments,
  countedPositions,
  firingRates,
  type ReferenceMoments,
} from './feature-moments.ts'
import { featureState, varyingFeatures } from './swap-effect.ts'
import { meanCorrelation } from './taxonomy.ts'

/** A ρ of fewer firings is one of chance. */
export const LEAST_FIRINGS = 20

export interface KindFigures {
  /** That count. */
  readonly positions: number
  /** That the reference fires on more than the active threshold of them, and at LEAST_FIRINGS. */
  readonly features: number
  /** Null: no feature is told of. */
  readonly survived: number | null
  readonly survivedCi: ConfidenceInterval
  readonly meanCorrelation: number | null
}

export interface KindReading {
  readonly thresholds: FeatureThresholds
  readonly confidence: number
  readonly sampling: Sampling
}

/** Both of the same positions; columns of the candidate are those of the reference. */
export function survivalOfKind(
  { reference, candidate }: { readonly reference: ReferenceMoments; readonly candidate: CandidateMoments },
  { thresholds, confidence, sampling }: KindReading,
): KindFigures {
  const positions = countedPositions(reference)
  const rates = positions === 0 ? new Float64Array(reference.width) : firingRates(reference)
  const often = candidate.features.filter(
    (k) => isActive(rates[k]!, thresholds.active) && reference.firings[k]! >= LEAST_FIRINGS,
  )
  const features = often.length === 0 ? often : varyingFeatures(reference, often)
  if (features.length === 0) {
    return { positions, features: 0, survived: null, survivedCi: null, meanCorrelation: null }
  }
  const state = featureState(reference, candidate, features, sampling)
  const survived = classFraction(state, 'survived', thresholds, null)
  return {
    positions,
    features: features.length,
    survived: survived.value,
    survivedCi: intervalOf(survived, confidence),
    meanCorrelation: meanCorrelation(state.rho, null),
  }
}
