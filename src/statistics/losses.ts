/**
 * @file What everybody measures: perplexity of both models, KL divergence and top-1 agreement, from sums per token group.
 *
 * Perplexity change is 100 · (PPL_candidate / PPL_reference − 1). Its interval is made on the logarithm of that ratio,
 * the difference of two mean losses of the same tokens, and its ends are transformed: losses add, ratios do not.
 */
import { divergenceQuantile } from './divergence-levels.ts'
import {
  bareEstimate,
  type ConfidenceInterval,
  type Estimate,
  intervalOf,
  logarithm,
  percentChange,
  plain,
  type Replicates,
  type TwoWayScale,
} from './intervals/estimate.ts'
import { replicateSums, type Sampling } from './intervals/resampling.ts'

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

export function summarizePerplexity(
  groups: LossGroups,
  sampling: Sampling,
  confidence: number,
): PerplexitySummary {
  const scoredTokens = total(groups.tokens)
  const referenceLoss = total(groups.referenceLoss) / scoredTokens
  const candidateLoss = total(groups.candidateLoss) / scoredTokens
  const change = perplexityChange(groups, sampling)
  return {
    reference: Math.exp(referenceLoss),
    candidate: candidatePerplexity(groups, sampling).value,
    referenceLoss,
    candidateLoss,
    deltaPercent: change.value,
    ci: intervalOf(change, confidence),
    scoredTokens,
  }
}

/** Change of the perplexity, in percent. */
export function perplexityChange(groups: LossGroups, sampling: Sampling): Estimate {
  const { tokens, referenceLoss, candidateLoss } = groups
  const differences = candidateLoss.map((loss, g) => loss - referenceLoss[g]!)
  const scoredTokens = total(tokens)
  const change = total(candidateLoss) / scoredTokens - total(referenceLoss) / scoredTokens
  return {
    ...meanPerToken(differences, tokens, sampling, { ...plain, from: percentChange }),
    value: percentChange(change),
  }
}

/** The candidate's own perplexity. */
export function candidatePerplexity({ tokens, candidateLoss }: LossGroups, sampling: Sampling): Estimate {
  return meanPerToken(candidateLoss, tokens, sampling, { ...plain, from: logarithm })
}

/** Sums per token group, parallel. KL in nats. */
export interface DivergenceGroups {
  readonly tokens: readonly number[]
  readonly kl: readonly number[]
  readonly agreements: readonly number[]
  /** (G)(64) tokens whose KL lies above each level of divergence-levels.ts; a report of an older version has none. */
  readonly klAbove?: readonly (readonly number[])[]
}

/** As report.json's `divergence`, less the groups. */
export interface DivergenceSummary {
  readonly klMean: number
  readonly klMeanCi: ConfidenceInterval
  readonly klP99: number
  readonly klP99Ci: ConfidenceInterval
  readonly top1Agreement: number
  readonly top1AgreementCi: ConfidenceInterval
  readonly scoredTokens: number
}

/** `klP99` is the 99th percentile of the KL of all scored tokens (quantile.ts). */
export function summarizeDivergence(
  groups: DivergenceGroups,
  klP99: number,
  sampling: Sampling,
  confidence: number,
): DivergenceSummary {
  const [divergence, agreement] = [meanDivergence(groups, sampling), top1Agreement(groups, sampling)]
  const tail = tailDivergence(withoutRounding(klP99), groups, sampling)
  return {
    klMean: divergence.value,
    klMeanCi: intervalOf(divergence, confidence),
    klP99: tail.value,
    klP99Ci: intervalOf(tail, confidence),
    top1Agreement: agreement.value,
    top1AgreementCi: intervalOf(agreement, confidence),
    scoredTokens: total(groups.tokens),
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

/** Skewed as sums of the KL of few documents are. What may be rounding is one value. */
const ofDivergence: TwoWayScale = { to: (kl) => Math.log(Math.max(kl, KL_ROUNDING)), from: logarithm }

/** Mean KL(reference‖candidate), nats per scored token. */
export function meanDivergence({ tokens, kl }: DivergenceGroups, sampling: Sampling): Estimate {
  const mean = meanPerToken(kl, tokens, sampling, sampling.method === 'delete-one' ? plain : ofDivergence)
  const value = withoutRounding(total(kl) / total(tokens))
  return { ...mean, value, range: [0, Number.POSITIVE_INFINITY] }
}

/** 99th percentile of the KL of single tokens; its error from the counts above levels, on the scale of the logarithm. */
export function tailDivergence(
  klP99: number,
  { tokens, klAbove }: DivergenceGroups,
  sampling: Sampling,
): Estimate {
  if (klAbove === undefined || sampling.method === 'delete-one') return bareEstimate(klP99)
  const { centre, halves } = divergenceQuantile(klP99, 0.99, klAbove, tokens)
  const error: Replicates = {
    kind: 'replicates',
    resampling: { ...sampling, sizes: tokens },
    scale: logarithm,
    centre,
    values: halves,
  }
  return { value: klP99, error, range: [0, Number.POSITIVE_INFINITY] }
}

/** Fraction of the scored tokens of which both models think the same likeliest. */
export function top1Agreement({ tokens, agreements }: DivergenceGroups, sampling: Sampling): Estimate {
  return { ...meanPerToken(agreements, tokens, sampling, plain), range: [0, 1] }
}

/** Σ sums / Σ tokens, a mean loss or a rate, on the scale where its errors are normal. */
function meanPerToken(
  sums: readonly number[],
  tokens: readonly number[],
  sampling: Sampling,
  { to, from }: TwoWayScale,
): Estimate {
  const resampling = { ...sampling, sizes: tokens }
  const centre = to(total(sums) / total(tokens))
  const counts = replicateSums(resampling, tokens, 1)
  const values = replicateSums(resampling, sums, 1).map((sum, r) => to(sum / counts[r]!))
  return {
    ...bareEstimate(from(centre)),
    error: { kind: 'replicates', resampling, scale: from, centre, values },
  }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
