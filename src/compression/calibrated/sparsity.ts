/** @file How many weights go, and which are the smallest by a score. */

export type Sparsity =
  | { readonly kind: 'fraction'; readonly fraction: number }
  /** Of `of` neighbouring inputs `keep` stay. */
  | { readonly kind: 'pattern'; readonly keep: number; readonly of: number }

/** 1 where a score is among the `count` smallest; of equal ones the first go. Scores are finite and not negative. */
export function smallest(scores: Float64Array, count: number): Uint8Array {
  const gone = new Uint8Array(scores.length)
  if (count <= 0) return gone
  const limit = Float64Array.from(scores).sort()[count - 1]!
  let left = count
  for (let i = 0; i < scores.length; i++) if (scores[i]! < limit) left--
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!
    if (score < limit || (score === limit && left-- > 0)) gone[i] = 1
  }
  return gone
}
