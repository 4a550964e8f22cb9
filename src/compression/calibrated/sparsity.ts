/** @file How many weights go, and which are the smallest by a score. */

export type Sparsity =
  | { readonly kind: 'fraction'; readonly fraction: number }
  /** Of `of` neighbouring inputs `keep` stay. */
  | { readonly kind: 'pattern'; readonly keep: number; readonly of: number }

/** 1 where a score is among the `count` smallest; of equal ones the first go. Scores are finite and not negative. */
export function smallest(scores: Float64Array, count: number): Uint8Array {
  const gone = new Uint8Array(scores.length)
  if (count <= 0) return gone
  const limit = ranked(Float64Array.from(scores), count - 1)
  let left = count
  for (let i = 0; i < scores.length; i++) if (scores[i]! < limit) left--
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!
    if (score < limit || (score === limit && left-- > 0)) gone[i] = 1
  }
  return gone
}

/** What would stand at `rank` if these were sorted, without sorting them (Hoare's selection); they are moved about. */
function ranked(values: Float64Array, rank: number): number {
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    const pivot = middleOf(values[low]!, values[(low + high) >>> 1]!, values[high]!)
    let [i, j] = [low, high]
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i > j) break
      const kept = values[i]!
      values[i++] = values[j]!
      values[j--] = kept
    }
    if (rank <= j) high = j
    else if (rank >= i) low = i
    else break
  }
  return values[rank]!
}

const middleOf = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
