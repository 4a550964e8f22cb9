/**
 * @file Pearson's and Spearman's correlation of two lists of numbers.
 *
 * Pearson's is simple-statistics'. Spearman's is Pearson's of the ranks, equal values sharing the mean of theirs: many
 * features have a damage score of exactly 1, and simple-statistics ranks those by their order in the list.
 */
import { sampleCorrelation } from 'simple-statistics'

/** NaN of fewer than two, or where one side does not vary. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return a.length < 2 ? Number.NaN : sampleCorrelation(Array.from(a), Array.from(b))
}

/** NaN of fewer than two, or where one side does not vary. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return pearson(midRanks(a), midRanks(b))
}

/** Ranks from 1; equal values have the mean of the ranks that they take up. None may be NaN. */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (i, j) => values[i]! - values[j]!,
  )
  const ranks = new Float64Array(values.length)
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++
    for (let at = start; at < end; at++) ranks[order[at]!] = (start + 1 + end) / 2
  }
  return ranks
}
