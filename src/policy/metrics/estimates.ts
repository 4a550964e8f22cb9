/**
 * @file The metrics of behaviour and size, from what report.json holds of one candidate: sums per token group, from which
 * each group can be left out again.
 */

import type { CandidateReport } from '../../contract/report/report-schema.ts'
import type { MetricName } from '../../contract/yaml/policy-schema.ts'
import { bareEstimate, type Estimate } from './estimate.ts'

/** The estimates a rule looks at, or why there are none (a clause: "… was not measured"). */
export type Measured =
  | { readonly kind: 'measured'; readonly estimates: readonly Estimate[] }
  | { readonly kind: 'missing'; readonly why: string; readonly advice: string }

export const measured = (...estimates: Estimate[]): Measured => ({ kind: 'measured', estimates })

type PerplexityReport = NonNullable<CandidateReport['perplexity']['chunked']>
type DivergenceReport = NonNullable<CandidateReport['divergence']>

/** The estimate of a metric of scope `candidate`; null where the report does not hold it. Dissociation is no number. */
export function candidateEstimate(
  metric: MetricName,
  candidate: CandidateReport,
  confidence: number,
): Estimate | null {
  const { perplexity, divergence, compression } = candidate
  switch (metric) {
    case 'perplexity.chunked.deltaPercent':
      return perplexity.chunked && perplexityChange(perplexity.chunked, confidence)
    case 'perplexity.sliding.deltaPercent':
      return perplexity.sliding && perplexityChange(perplexity.sliding, confidence)
    case 'perplexity.chunked.candidate':
      return perplexity.chunked && candidatePerplexity(perplexity.chunked)
    case 'perplexity.sliding.candidate':
      return perplexity.sliding && candidatePerplexity(perplexity.sliding)
    case 'divergence.klMean':
      return divergence && klMean(divergence, confidence)
    case 'divergence.klP99':
      return divergence && bareEstimate(divergence.klP99)
    case 'divergence.top1Agreement':
      return divergence && agreement(divergence, confidence)
    case 'compression.bits':
      return compression === null || compression.bits === null ? null : bareEstimate(compression.bits)
    default:
      return null
  }
}

/** Interval ends as the report holds them. */
export const storedInterval = (ci: readonly number[] | null, confidence: number): Estimate['stored'] => ({
  confidence,
  interval: ci === null ? null : [ci[0]!, ci[1]!],
})

function perplexityChange(perplexity: PerplexityReport, confidence: number): Estimate {
  const { tokens, referenceLoss, candidateLoss } = perplexity.groups
  const differences = candidateLoss.map((loss, g) => loss - referenceLoss[g]!)
  return {
    ...bareEstimate(perplexity.deltaPercent),
    replicates: leftOutRatios(differences, tokens).map((difference) => 100 * Math.expm1(difference)),
    sizes: tokens,
    scale: 'percentChange',
    stored: storedInterval(perplexity.ci, confidence),
  }
}

function candidatePerplexity(perplexity: PerplexityReport): Estimate {
  const { tokens, candidateLoss } = perplexity.groups
  return {
    ...bareEstimate(perplexity.candidate),
    replicates: leftOutRatios(candidateLoss, tokens).map(Math.exp),
    sizes: tokens,
    scale: 'logarithm',
  }
}

function klMean(divergence: DivergenceReport, confidence: number): Estimate {
  const { tokens, kl } = divergence.groups
  return {
    ...bareEstimate(divergence.klMean),
    replicates: leftOutRatios(kl, tokens),
    sizes: tokens,
    range: [0, Number.POSITIVE_INFINITY],
    stored: storedInterval(divergence.klMeanCi, confidence),
  }
}

function agreement(divergence: DivergenceReport, confidence: number): Estimate {
  const { tokens, agreements } = divergence.groups
  return {
    ...bareEstimate(divergence.top1Agreement),
    replicates: leftOutRatios(agreements, tokens),
    sizes: tokens,
    range: [0, 1],
    stored: storedInterval(divergence.top1AgreementCi, confidence),
  }
}

/** Σ numerator / Σ tokens without each group. */
function leftOutRatios(numerators: readonly number[], tokens: readonly number[]): number[] {
  const top = numerators.reduce((sum, x) => sum + x, 0)
  const bottom = tokens.reduce((sum, n) => sum + n, 0)
  return numerators.map((x, g) => (top - x) / (bottom - tokens[g]!))
}
