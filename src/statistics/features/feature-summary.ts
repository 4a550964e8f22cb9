/** @file What report.json says of features: one candidate through one read-out in a few numbers, each with its interval. */
import { type ActiveClass, type ClassThresholds, countedRho, isActive } from '../definitions.ts'
import { type ConfidenceInterval, knownOf } from '../intervals/estimate.ts'
import { type FeatureValues, meanValue } from './agreement.ts'
import { classFraction, type FeatureCorrelations, meanOf, quantileOf } from './feature-figures.ts'
import { classCounts, type SensitivityCell, sensitivityGrid } from './taxonomy.ts'

export interface Share {
  readonly count: number
  readonly fraction: number
  readonly ci: ConfidenceInterval
  /** Estimated bias of the fraction from finite text; absent where the method has none to tell. */
  readonly bias?: number
}

export interface FeatureSummary {
  readonly active: number
  readonly survived: Share
  readonly degraded: Share
  readonly damaged: Share
  /** Active features without a defined ρ; they count as 0. */
  readonly undefined: number
  readonly meanCorrelation: number
  readonly meanCorrelationCi: ConfidenceInterval
  readonly meanCorrelationBias?: number
  readonly medianCorrelation: number
  readonly sensitivity: SensitivityCell[]
}

/** Everything report.json says of the active features' correlations. With no active feature all fractions and means are 0. */
export function summarizeFeatures(
  active: FeatureCorrelations,
  thresholds: ClassThresholds,
  confidence: number,
): FeatureSummary {
  const counts = classCounts(active.rho, thresholds)
  const share = (name: ActiveClass): Share => {
    const fraction = classFraction(active, name, thresholds, null)
    const known = knownOf(fraction, confidence)
    return {
      count: counts[name],
      fraction: fraction.value,
      ci: known?.interval ?? null,
      ...(known?.bias == null ? {} : { bias: known.bias }),
    }
  }
  const mean = meanOf(active, null)
  const meanKnown = knownOf(mean, confidence)
  return {
    active: active.rho.length,
    survived: share('survived'),
    degraded: share('degraded'),
    damaged: share('damaged'),
    undefined: active.rho.reduce((count, rho) => count + (Number.isNaN(rho) ? 1 : 0), 0),
    meanCorrelation: mean.value,
    meanCorrelationCi: meanKnown?.interval ?? null,
    ...(meanKnown?.bias == null ? {} : { meanCorrelationBias: meanKnown.bias }),
    medianCorrelation: active.rho.length === 0 ? 0 : quantileOf(active, 0.5).value,
    sensitivity: sensitivityGrid(active.rho),
  }
}

/** Gain and firing of the active features. */
export interface FiringOfActive {
  readonly gain: FeatureValues
  readonly jaccard: FeatureValues
  /** (K) NaN where the candidate never fires. */
  readonly precision: Float64Array
  /** (K) */
  readonly recall: Float64Array
  /** (K) how often the candidate fires. */
  readonly candidateRates: Float64Array
}

export interface FiringSummary {
  gain: { mean: number; ci: ConfidenceInterval }
  firing: { jaccard: number; ci: ConfidenceInterval; precision: number; recall: number; lost: number }
}

/** Means over the active features, one that is gone counting 0, and how many fire no more often than `activeRate` in the candidate. */
export function summarizeFiring(
  { gain, jaccard, precision, recall, candidateRates }: FiringOfActive,
  activeRate: number,
  confidence: number,
): FiringSummary {
  const mean = (values: FeatureValues) => {
    const estimate = meanValue(values, null)
    return { value: estimate.value, ci: knownOf(estimate, confidence)?.interval ?? null }
  }
  const plainMean = (values: Float64Array): number =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + countedRho(value), 0) / values.length
  const [ofGain, ofJaccard] = [mean(gain), mean(jaccard)]
  return {
    gain: { mean: ofGain.value, ci: ofGain.ci },
    firing: {
      jaccard: ofJaccard.value,
      ci: ofJaccard.ci,
      precision: plainMean(precision),
      recall: plainMean(recall),
      lost: candidateRates.reduce((count, rate) => count + (isActive(rate, activeRate) ? 0 : 1), 0),
    },
  }
}
