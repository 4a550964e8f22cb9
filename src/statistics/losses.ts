/**
 * @file What everybody measures: perplexity of both models, KL divergence and top-1 agreement, from sums per token group.
 *
 * Perplexity change is 100 · (PPL_candidate / PPL_reference − 1). Its interval is made on the logarithm of that ratio,
 * the difference of two mean losses of the same tokens, and its ends are transformed: losses add, ratios do not.
 */
import { type ConfidenceInterval, ratioInterval } from './jackknife.ts'

/** Sums per token group, parallel. Losses in nats. */
export interface LossGroups {
  readonly tokens: readonly number[]
  readonly referenceLoss: readonly number[]
  readonly candidateLoss: readonly number[]
}

/** As report.json's `perplexity.chunked`, less the groups. */
export interface PerplexitySummary {
  readonly reference: number
  readonly candidate: number
  readonly referenceLoss: number
  readonly candidateLoss: number
  readonly deltaPercent: number
  readonly ci: ConfidenceInterval
  readonly scoredTokens: number
}

export function summarizePerplexity(groups: LossGroups, confidence: number): PerplexitySummary {
  const scoredTokens = total(groups.tokens)
  const referenceLoss = total(groups.referenceLoss) / scoredTokens
  const candidateLoss = total(groups.candidateLoss) / scoredTokens
  return {
    reference: Math.exp(referenceLoss),
    candidate: Math.exp(candidateLoss),
    referenceLoss,
    candidateLoss,
    deltaPercent: 100 * Math.expm1(candidateLoss - referenceLoss),
    ci: perplexityChangeInterval(groups, confidence),
    scoredTokens,
  }
}

/** ConfidenceInterval of the perplexity change, in percent. */
export function perplexityChangeInterval(groups: LossGroups, confidence: number): ConfidenceInterval {
  const differences = groups.candidateLoss.map((loss, g) => loss - groups.referenceLoss[g]!)
  const ends = ratioInterval(differences, groups.tokens, confidence)
  return ends === null ? null : [100 * Math.expm1(ends[0]), 100 * Math.expm1(ends[1])]
}

/** ConfidenceInterval of the candidate's own perplexity. */
export function candidatePerplexityInterval(groups: LossGroups, confidence: number): ConfidenceInterval {
  const ends = ratioInterval(groups.candidateLoss, groups.tokens, confidence)
  return ends === null ? null : [Math.exp(ends[0]), Math.exp(ends[1])]
}

/** Sums per token group, parallel. KL in nats. */
export interface DivergenceGroups {
  readonly tokens: readonly number[]
  readonly kl: readonly number[]
  readonly agreements: readonly number[]
}

/** As report.json's `divergence`, less the 99th percentile (see quantile.ts) and the groups. */
export interface DivergenceSummary {
  readonly klMean: number
  readonly klMeanCi: ConfidenceInterval
  readonly top1Agreement: number
  readonly top1AgreementCi: ConfidenceInterval
  readonly scoredTokens: number
}

export function summarizeDivergence(groups: DivergenceGroups, confidence: number): DivergenceSummary {
  const scoredTokens = total(groups.tokens)
  return {
    klMean: withoutRounding(total(groups.kl) / scoredTokens),
    klMeanCi: klMeanInterval(groups, confidence),
    top1Agreement: total(groups.agreements) / scoredTokens,
    top1AgreementCi: agreementInterval(groups, confidence),
    scoredTokens,
  }
}

/**
 * Nats by which a KL of nothing may come out below 0: the sums over the vocabulary are float32, good to a few 2⁻²⁴, and
 * a KL is a difference of such sums. Of identical models −9e-10 was seen.
 */
const KL_ROUNDING = 1e-6

/** KL is never negative: what rounding took below 0 is 0. More than rounding can take stays, and shows that something is wrong. */
export function withoutRounding(kl: number): number {
  return kl < 0 && kl >= -KL_ROUNDING ? 0 : kl
}

export function klMeanInterval(groups: DivergenceGroups, confidence: number): ConfidenceInterval {
  return ratioInterval(groups.kl, groups.tokens, confidence, [0, Number.POSITIVE_INFINITY])
}

export function agreementInterval(groups: DivergenceGroups, confidence: number): ConfidenceInterval {
  return ratioInterval(groups.agreements, groups.tokens, confidence, [0, 1])
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
