/**
 * @file KL and agreement by how sure the reference was: tokens fall into buckets by the probability of its likeliest token. A mean KL
 * hides where it comes from; a candidate that changes what the reference was sure of has lost more than one that shuffles guesses.
 */
import { type PartSummary, summarizePart } from './divergence-parts.ts'
import type { Sampling } from './intervals/resampling.ts'
import type { DivergenceGroups } from './losses.ts'

/** Bucket i holds probabilities from edge i up to, and without, edge i + 1; the last holds 1 as well. */
export const CONFIDENCE_EDGES = [0, 0.25, 0.5, 0.75, 0.95, 1] as const

/** Which bucket a probability falls into. What rounding takes beyond 1 is in the last. */
export function bucketOf(probability: number): number {
  let bucket = CONFIDENCE_EDGES.length - 2
  while (bucket > 0 && probability < CONFIDENCE_EDGES[bucket]!) bucket--
  return bucket
}

/** As an entry of report.json's `divergence.byConfidence`, less the groups. */
export interface BucketSummary extends PartSummary {
  readonly from: number
  readonly to: number
}

/** `buckets`: sums of each in the order of the edges. No interval where a token group has no token in the bucket. */
export function summarizeBuckets(
  buckets: readonly DivergenceGroups[],
  sampling: Sampling,
  confidence: number,
): BucketSummary[] {
  return buckets.map((groups, b) => {
    const [from, to] = [CONFIDENCE_EDGES[b]!, CONFIDENCE_EDGES[b + 1]!]
    return { from, to, ...summarizePart(groups, sampling, confidence) }
  })
}
