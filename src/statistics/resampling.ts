/**
 * @file How far a figure may be off: the token groups are weighted anew, the figure is made again from each weighting (a
 * replicate), and the replicates' spread is read. The one place where replicates are made and read, at audit time and at
 * judging time alike: whatever else needs an interval hands a functional of sums to these functions.
 *
 * Weights act on sums, because sums of groups add; a figure is any function of the weighted sums.
 */
import { deleteOneSums, jackknifeError, measuredGroups } from './jackknife.ts'

/** A report keeps the method that it was measured with, whichever version judges it. */
export type ResamplingMethod = 'delete-one'

/** What new measurements are made with. */
export const RESAMPLING_METHOD: ResamplingMethod = 'delete-one'

/** How the groups are weighted, and what there is to weight. */
export interface Resampling {
  readonly method: ResamplingMethod
  /** (G) observations in each group: positions, scored tokens, blocks. */
  readonly sizes: ArrayLike<number>
}

/** R: how many replicates there are. */
export function replicateCount({ sizes }: Resampling): number {
  return sizes.length
}

/** (G, columns) sums per group → (R, columns) sums of each replicate. RangeError where the groups are others. */
export function replicateSums({ sizes }: Resampling, sums: ArrayLike<number>, columns: number): Float64Array {
  if (sums.length !== sizes.length * columns) {
    throw new RangeError(`${sums.length} sums for ${sizes.length} groups of ${columns}`)
  }
  return deleteOneSums(sums, sizes.length, columns)
}

/** What the replicates say of a figure, on the scale that they are on. */
export interface Spread {
  /** Standard error. */
  readonly error: number
  /** Estimated bias of the figure, to be shown and never taken off; null where the method has none to tell. */
  readonly bias: number | null
  /** Degrees of freedom of the error. */
  readonly degrees: number
}

/** Null with fewer than FEWEST_GROUPS groups, or where a number is not finite. RangeError where replicates are missing. */
export function spreadOf({ sizes }: Resampling, value: number, replicates: ArrayLike<number>): Spread | null {
  const error = jackknifeError(value, replicates, sizes)
  return error === null ? null : { error, bias: null, degrees: measuredGroups(sizes) - 1 }
}
