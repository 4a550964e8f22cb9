/**
 * @file Sums over some of the token groups, in as many groups as intervals can be made of: neighbours are put together, since sums
 * add. Half-samples ask for a number of groups, not for equal sizes.
 */
import { GROUP_COUNTS } from './half-sums.ts'

/** Which group of the result each group goes to; −1: none. */
export interface GroupChoice {
  readonly groups: number
  readonly of: Int32Array
}

/** The largest number of groups there can be from those that are kept; null: too few for an interval. */
export function chooseGroups(kept: readonly boolean[]): GroupChoice | null {
  const count = kept.filter((one) => one).length
  const groups = GROUP_COUNTS.find((possible) => possible <= count)
  if (groups === undefined) return null
  let seen = 0
  const of = Int32Array.from(kept, (one) => (one ? Math.floor((seen++ * groups) / count) : -1))
  return { groups, of }
}

/** (G, columns) sums → (groups, columns) sums of the chosen ones. */
export function chosenSums(sums: ArrayLike<number>, { groups, of }: GroupChoice, columns = 1): Float64Array {
  const chosen = new Float64Array(groups * columns)
  for (const [g, to] of of.entries()) {
    if (to < 0) continue
    for (let k = 0; k < columns; k++) chosen[to * columns + k]! += sums[g * columns + k]!
  }
  return chosen
}
