/**
 * @file The metrics of behaviour and size, from what report.json holds of one candidate: sums per token group, from which
 * each group can be left out again.
 */

import type { CandidateReport } from '../../contract/report/report-schema.ts'
import type { MetricName } from '../../contract/yaml/policy-schema.ts'
import { bareEstimate, type Estimate } from '../../statistics/estimate.ts'
import {
  candidatePerplexity,
  meanDivergence,
  perplexityChange,
  top1Agreement,
} from '../../statistics/losses.ts'
import { RESAMPLING_METHOD } from '../../statistics/resampling.ts'

/** An estimate, and what it is of where a rule looks at several: a feature's id and label, a protocol. */
export interface Seen extends Estimate {
  readonly label: string | null
}

/** The estimates a rule looks at, or why there are none (a clause: "… was not measured"). */
export type Measured =
  | { readonly kind: 'measured'; readonly estimates: readonly Seen[] }
  | { readonly kind: 'missing'; readonly why: string; readonly advice: string }

export const measured = (...estimates: Seen[]): Measured => ({ kind: 'measured', estimates })

/** The estimate of a metric of scope `candidate`; null where the report does not hold it. Dissociation is no number. */
export function candidateEstimate(metric: MetricName, candidate: CandidateReport): Estimate | null {
  const { divergence, compression } = candidate
  const { chunked, sliding } = candidate.perplexity
  switch (metric) {
    case 'perplexity.chunked.deltaPercent':
      return chunked && perplexityChange(chunked.groups, RESAMPLING_METHOD)
    case 'perplexity.sliding.deltaPercent':
      return sliding && perplexityChange(sliding.groups, RESAMPLING_METHOD)
    case 'perplexity.chunked.candidate':
      return chunked && candidatePerplexity(chunked.groups, RESAMPLING_METHOD)
    case 'perplexity.sliding.candidate':
      return sliding && candidatePerplexity(sliding.groups, RESAMPLING_METHOD)
    case 'divergence.klMean':
      return divergence && meanDivergence(divergence.groups, RESAMPLING_METHOD)
    case 'divergence.klP99':
      return divergence && bareEstimate(divergence.klP99)
    case 'divergence.top1Agreement':
      return divergence && top1Agreement(divergence.groups, RESAMPLING_METHOD)
    case 'compression.bits':
      return compression === null || compression.bits === null ? null : bareEstimate(compression.bits)
    default:
      return null
  }
}
