/**
 * @file Bins of equal count: edges are quantiles of the values (those of quantile.ts), a bin is open below and closed above,
 * the first closed on both sides. Edges that coincide are one, and bins in which nothing lies are left out. It is what pandas' qcut does
 * with duplicates dropped, so that deciles compare with the paper's.
 */
import { quantileOfSorted } from './quantile.ts'

export interface Bin {
  readonly low: number
  readonly high: number
  /** Places in the list of values, ascending. */
  readonly members: readonly number[]
}

/** At most `count` bins, lowest first; none of no values. None may be NaN. */
export function equalCountBins(values: ArrayLike<number>, count: number): readonly Bin[] {
  if (values.length === 0) return []
  const sorted = Float64Array.from(values).sort()
  const quantiles = Array.from({ length: count + 1 }, (_, i) => quantileOfSorted(sorted, i / count))
  const edges = quantiles.filter((edge, i) => i === 0 || edge > quantiles[i - 1]!)
  const uppers = edges.length === 1 ? edges : edges.slice(1)
  const members: number[][] = uppers.map(() => [])
  for (let k = 0; k < values.length; k++) {
    const bin = uppers.findIndex((upper) => values[k]! <= upper)
    members[bin < 0 ? uppers.length - 1 : bin]!.push(k)
  }
  return members
    .map((own, i) => ({ low: edges[i]!, high: uppers[i]!, members: own }))
    .filter((bin) => bin.members.length > 0)
}
