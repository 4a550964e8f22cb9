/**
 * @file One candidate through one read-out in a few numbers, each with its interval: what report.json says of features.
 *
 * The audit makes these from fresh sums, the policy makes them again from stored evidence at other thresholds or another
 * confidence; both call the functions here, so the two cannot disagree.
 */
import { definedOrZero } from './correlation.ts'
import type { ActiveClass, ClassThresholds } from './definitions.ts'
import { type ConfidenceInterval, jackknifeInterval } from './jackknife.ts'
import { median } from './quantile.ts'
import {
  classCounts,
  classFractions,
  meanCorrelation,
  type SensitivityCell,
  sensitivityGrid,
} from './taxonomy.ts'

/** Correlations of the active features, and what their intervals are made from. */
export interface ActiveCorrelations {
  /** (K) ρ of the active features; NaN where undefined. */
  readonly rho: Float64Array
  /** ρ without each group, undefined counted as 0; empty where no replicates were kept: intervals are then null. */
  readonly replicates: readonly Float64Array[]
  /** Counted positions (or blocks) per group, parallel to `replicates`. */
  readonly sizes: ArrayLike<number>
}

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

/** Everything report.json says of the correlations. With no active feature all fractions and means are 0. */
export function summarizeFeatures(
  evidence: ActiveCorrelations,
  thresholds: ClassThresholds,
  confidence: number,
): FeatureSummary {
  const counts = classCounts(evidence.rho, thresholds)
  const share = (name: ActiveClass): Share => {
    const fraction = (rho: Float64Array) => classFractions(rho, thresholds)[name]
    return {
      count: counts[name],
      fraction: fraction(evidence.rho),
      ci: functionalInterval(evidence, fraction, confidence, [0, 1]),
    }
  }
  const mean = (rho: Float64Array) => meanCorrelation(rho, null)
  return {
    active: evidence.rho.length,
    survived: share('survived'),
    degraded: share('degraded'),
    damaged: share('damaged'),
    undefined: evidence.rho.reduce((count, rho) => count + (Number.isNaN(rho) ? 1 : 0), 0),
    meanCorrelation: mean(evidence.rho),
    meanCorrelationCi: functionalInterval(evidence, mean, confidence, [-1, 1]),
    medianCorrelation: evidence.rho.length === 0 ? 0 : median(definedOrZero(evidence.rho)),
    sensitivity: sensitivityGrid(evidence.rho),
  }
}

/**
 * Jackknife interval of any number made from the active features' ρ: a fraction, a mean, a quantile. The active set is
 * held: it is the reference's, and the same in every replicate.
 */
export function functionalInterval(
  evidence: ActiveCorrelations,
  functional: (rho: Float64Array) => number,
  confidence: number,
  range: readonly [least: number, most: number],
): ConfidenceInterval {
  if (evidence.replicates.length === 0) return null
  return jackknifeInterval(
    functional(definedOrZero(evidence.rho)),
    evidence.replicates.map(functional),
    evidence.sizes,
    confidence,
    range,
  )
}
