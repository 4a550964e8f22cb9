/**
 * @file Features that do not vary in the reference, nor in the candidate, at the same level: there is nothing to correlate and
 * nothing was lost, so they are counted apart from the active ones.
 */
import {
  type CandidateMoments,
  columnTotals,
  countedPositions,
  groupTotals,
  type ReferenceMoments,
} from './feature-moments.ts'

/**
 * Variance at or below this part of the mean square cannot be told from rounding: float32 sums are good to 1e-7 of themselves,
 * and ρ of what is left would be off by more than a hundredth.
 */
const SMALL_VARIANCE = 1e-5
/** Relative difference of two levels that are the same. */
const SAME_LEVEL = 1e-4

/** (K) 1 where the feature is constant on both sides and equal, parallel to `candidate.features`. */
export function constantFeatures(
  reference: ReferenceMoments,
  candidate: Pick<CandidateMoments, 'features' | 'sum' | 'sumOfSquares'>,
): Uint8Array {
  const { groups, width } = reference
  const { features } = candidate
  const n = countedPositions(reference)
  const totals = (sums: Float64Array): Float64Array => groupTotals(sums, groups, features.length)
  const ofReference = (sums: Float64Array): Float64Array => columnTotals(sums, groups, width, features)
  const [a, aa] = [ofReference(reference.sum), ofReference(reference.sumOfSquares)]
  const [b, bb] = [totals(candidate.sum), totals(candidate.sumOfSquares)]
  return Uint8Array.from(features, (_, k) => {
    const isFlat = (sum: number, squares: number): boolean =>
      squares - sum ** 2 / n <= SMALL_VARIANCE * squares
    const isSame = Math.abs(b[k]! - a[k]!) <= SAME_LEVEL * Math.abs(a[k]!)
    return isFlat(a[k]!, aa[k]!) && isFlat(b[k]!, bb[k]!) && isSame ? 1 : 0
  })
}
