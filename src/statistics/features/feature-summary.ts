/** @file What report.json says of features: one candidate through one read-out in a few numbers, each with its interval. */
import type { ActiveClass, ClassThresholds } from '../definitions.ts'
import { type ConfidenceInterval, knownOf } from '../intervals/estimate.ts'
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
