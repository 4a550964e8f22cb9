/** @file KL and agreement over a part of the tokens: a bucket of confidence, a kind of token. */
import { type ConfidenceInterval, intervalOf } from './intervals/estimate.ts'
import type { Sampling } from './intervals/resampling.ts'
import { type DivergenceGroups, meanDivergence, top1Agreement } from './losses.ts'

/** Null: no token is of the part, or no interval can be had. */
export interface PartSummary {
  readonly scoredTokens: number
  readonly klMean: number | null
  readonly klMeanCi: ConfidenceInterval
  readonly top1Agreement: number | null
  readonly top1AgreementCi: ConfidenceInterval
}

/** No interval where a token group has no token of the part. */
export function summarizePart(groups: DivergenceGroups, sampling: Sampling, confidence: number): PartSummary {
  const scoredTokens = total(groups.tokens)
  if (scoredTokens === 0)
    return { scoredTokens, klMean: null, klMeanCi: null, top1Agreement: null, top1AgreementCi: null }
  const [kl, agreement] = [meanDivergence(groups, sampling), top1Agreement(groups, sampling)]
  const isEverywhere = groups.tokens.every((tokens) => tokens > 0)
  const ofAgreement = isEverywhere ? intervalOf(agreement, confidence) : null
  return {
    scoredTokens,
    klMean: kl.value,
    klMeanCi: isEverywhere ? intervalOf(kl, confidence) : null,
    top1Agreement: agreement.value,
    top1AgreementCi: ofAgreement && widened(ofAgreement, agreement.value, scoredTokens, confidence),
  }
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
