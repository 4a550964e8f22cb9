/** @file What report.json says of features: one candidate through one read-out in a few numbers, each with its interval. */
import type { ActiveClass, ClassThresholds } from './definitions.ts'
import { type ConfidenceInterval, intervalOf } from './estimate.ts'
import { classFraction, type FeatureCorrelations, meanOf, quantileOf } from './feature-figures.ts'
import { classCounts, type SensitivityCell, sensitivityGrid } from './taxonomy.ts'

export interface Share {
  readonly count: number
  readonly fraction: number
  readonly ci: ConfidenceInterval
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
    return { count: counts[name], fraction: fraction.value, ci: intervalOf(fraction, confidence) }
  }
  const mean = meanOf(active, null)
  return {
    active: active.rho.length,
    survived: share('survived'),
    degraded: share('degraded'),
    damaged: share('damaged'),
    undefined: active.rho.reduce((count, rho) => count + (Number.isNaN(rho) ? 1 : 0), 0),
    meanCorrelation: mean.value,
    meanCorrelationCi: intervalOf(mean, confidence),
    medianCorrelation: active.rho.length === 0 ? 0 : quantileOf(active, 0.5).value,
    sensitivity: sensitivityGrid(active.rho),
  }
}
