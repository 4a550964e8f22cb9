/** @file What `saegate sweep` tells: the conditions of one report side by side (arXiv 2606.03002, Tables 1 and 3). */
import type { SWEEP_SCHEMA } from '../../../contract/experiments/sweep-schema.ts'
import type { MatchReport } from '../../../contract/report/compression/match-schema.ts'
import type { Report } from '../../../contract/report/report-schema.ts'
import type { SurvivalRule } from '../../../statistics/definitions.ts'
import type { SensitivityCell } from '../../../statistics/features/taxonomy.ts'
import type { ConfidenceInterval } from '../../../statistics/intervals/estimate.ts'

export interface SweepShare {
  readonly count: number
  readonly fraction: number
  readonly ci: ConfidenceInterval
}

/** One condition through one SAE. */
export interface SweepReadout {
  readonly readout: string
  readonly active: number
  readonly survived: SweepShare
  readonly degraded: SweepShare
  readonly damaged: SweepShare
  readonly meanCorrelation: number
  readonly meanCorrelationCi: ConfidenceInterval
  readonly medianCorrelation: number
  readonly sensitivity: readonly SensitivityCell[]
}

export interface SweepPerplexity {
  readonly reference: number
  readonly candidate: number
  readonly deltaPercent: number
  readonly ci: ConfidenceInterval
}

export interface SweepCondition {
  readonly candidate: string
  readonly spec: string
  readonly method: string | null
  readonly bits: number | null
  readonly sparsity: number | null
  readonly match: MatchReport | null
  readonly chunked: SweepPerplexity | null
  readonly sliding: SweepPerplexity | null
  readonly ratio: number | null
  readonly shift: number | null
  readonly klMean: number | null
  readonly readouts: readonly SweepReadout[]
}

export interface Sweep {
  readonly schema: typeof SWEEP_SCHEMA
  readonly path: string
  readonly reference: string
  readonly tokens: number
  readonly thresholds: SurvivalRule & { readonly active: number }
  readonly confidence: number
  readonly conditions: readonly SweepCondition[]
}

/** The document, and the report that plots are drawn from. */
export interface SweptReport {
  readonly sweep: Sweep
  readonly report: Report
}

/** Read-outs of the sweep, in the order of the report. */
export const sweptReadouts = ({ conditions }: Sweep): readonly string[] => [
  ...new Set(conditions.flatMap(({ readouts }) => readouts.map(({ readout }) => readout))),
]
