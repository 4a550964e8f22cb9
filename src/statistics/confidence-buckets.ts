/**
 * @file KL and agreement by how sure the reference was: tokens fall into buckets by the probability of its likeliest token. A mean KL
 * hides where it comes from; a candidate that changes what the reference was sure of has lost more than one that shuffles guesses.
 */
import { type ConfidenceInterval, intervalOf } from './intervals/estimate.ts'
import type { Sampling } from './intervals/resampling.ts'
import { type DivergenceGroups, meanDivergence, top1Agreement } from './losses.ts'

/** Bucket i holds probabilities from edge i up to, and without, edge i + 1; the last holds 1 as well. */
export const CONFIDENCE_EDGES = [0, 0.25, 0.5, 0.75, 0.95, 1] as const

/** Which bucket a probability falls into. What rounding takes beyond 1 is in the last. */
export function bucketOf(probability: number): number {
  let bucket = CONFIDENCE_EDGES.length - 2
  while (bucket > 0 && probability < CONFIDENCE_EDGES[bucket]!) bucket--
  return bucket
}

/** As an entry of report.json's `divergence.byConfidence`, less the groups. Null: no token fell into it. */
export interface BucketSummary {
  readonly from: number
  readonly to: number
  readonly scoredTokens: number
  readonly klMean: number | null
  readonly klMeanCi: ConfidenceInterval
  readonly top1Agreement: number | null
  readonly top1AgreementCi: ConfidenceInterval
}

/** `buckets`: sums of each in the order of the edges. No interval where a token group has no token in the bucket. */
export function summarizeBuckets(
  buckets: readonly DivergenceGroups[],
  sampling: Sampling,
  confidence: number,
): BucketSummary[] {
  return buckets.map((groups, b) => {
    const [from, to] = [CONFIDENCE_EDGES[b]!, CONFIDENCE_EDGES[b + 1]!]
    const scoredTokens = total(groups.tokens)
    if (scoredTokens === 0) {
      const nothing = { klMean: null, klMeanCi: null, top1Agreement: null, top1AgreementCi: null }
      return { from, to, scoredTokens, ...nothing }
    }
    const [kl, agreement] = [meanDivergence(groups, sampling), top1Agreement(groups, sampling)]
    const isEverywhere = groups.tokens.every((tokens) => tokens > 0)
    const ofAgreement = isEverywhere ? intervalOf(agreement, confidence) : null
    return {
      from,
      to,
      scoredTokens,
      klMean: kl.value,
      klMeanCi: isEverywhere ? intervalOf(kl, confidence) : null,
      top1Agreement: agreement.value,
      top1AgreementCi: ofAgreement && widened(ofAgreement, agreement.value, scoredTokens, confidence),
    }
  })
}

/** Where all tokens agree, or none does, halves have no spread: what n tokens of one kind still leave open, (α/2)^(1/n), is the other end. */
function widened(
  interval: NonNullable<ConfidenceInterval>,
  value: number,
  tokens: number,
  confidence: number,
): ConfidenceInterval {
  const end = ((1 - confidence) / 2) ** (1 / tokens)
  if (value === 1) return [Math.min(interval[0], end), 1]
  return value === 0 ? [0, Math.max(interval[1], 1 - end)] : interval
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
