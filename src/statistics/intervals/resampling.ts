/**
 * @file How far a figure may be off: the token groups are weighted anew, the figure is made again from each weighting (a
 * replicate), and the replicates' spread is read. The one place where replicates are made and read, at audit time and at
 * judging time alike: whatever else needs an interval hands a functional of sums to these functions.
 *
 * Weights act on sums, because sums of groups add; a figure is any function of the weighted sums.
 */
import type { DegreesRule, ResamplingMethod } from '../../contract/report/feature-table.ts'
import type { Report } from '../../contract/report/report-schema.ts'
import { degreesOf, documentDegrees } from './degrees.ts'
import { halfSampleSpread } from './half-samples.ts'
import { canHalve, GROUP_COUNTS, halfCount, halfSums } from './half-sums.ts'
import { deleteOneSums, FEWEST_LEFT_OUT, jackknifeError, measuredGroups } from './jackknife.ts'
import { USUAL_DOCUMENT } from './token-groups.ts'

/** What new measurements are made with. */
export const RESAMPLING_METHOD = 'half-samples' satisfies ResamplingMethod

/** … and degrees of freedom found by. */
export const DEGREES_RULE = 'shared-part' satisfies DegreesRule

/** What a report was measured with; one that does not say is older than half-samples. */
export function methodOf({ resampling }: Pick<Report['corpus'], 'resampling'>): ResamplingMethod {
  return resampling ?? 'delete-one'
}

/** How replicates are made of a text, and of how much of its kind. */
export interface Sampling {
  readonly method: ResamplingMethod
  /** Documents of typical length that the text amounts to. Half-samples ask for it. */
  readonly documents: number
  /** Absent: the rule of older reports. */
  readonly degrees?: DegreesRule | undefined
}

/** Where only the value is asked for: no interval is made with it. */
export const VALUE_ALONE: Sampling = {
  method: RESAMPLING_METHOD,
  documents: Number.POSITIVE_INFINITY,
  degrees: DEGREES_RULE,
}

/** Of a report. Where documents were not seen, those of a usual length are assumed. */
export function samplingOf(
  corpus: Pick<Report['corpus'], 'resampling' | 'degrees' | 'documents' | 'tokens'>,
): Sampling {
  const { tokens, documents, degrees } = corpus
  return {
    method: methodOf(corpus),
    documents: tokens / (documents?.tokens ?? USUAL_DOCUMENT),
    ...(degrees === undefined ? {} : { degrees }),
  }
}

/** How the groups are weighted, and what there is to weight. */
export interface Resampling extends Sampling {
  /** (G) observations in each group: positions, scored tokens, sequences. Half-samples only ask how many groups there are. */
  readonly sizes: ArrayLike<number>
}

/** With fewer groups a method gives no interval. */
export function fewestGroups(method: ResamplingMethod): number {
  return method === 'half-samples' ? Math.min(...GROUP_COUNTS) : FEWEST_LEFT_OUT
}

/** R: how many replicates there are; none of groups that cannot be halved. */
export function replicateCount({ method, sizes }: Pick<Resampling, 'method' | 'sizes'>): number {
  if (method === 'delete-one') return sizes.length
  return canHalve(sizes.length) ? halfCount(sizes.length) : 0
}

/** G of so many replicates. */
export function groupsOfReplicates(method: ResamplingMethod, replicates: number): number {
  return method === 'delete-one' ? replicates : replicates / 2 + 1
}

/** (G, columns) sums per group → (R, columns) sums of each replicate. RangeError where the groups are others. */
export function replicateSums(
  resampling: Pick<Resampling, 'method' | 'sizes'>,
  sums: ArrayLike<number>,
  columns: number,
): Float64Array {
  const { method, sizes } = resampling
  if (sums.length !== sizes.length * columns) {
    throw new RangeError(`${sums.length} sums for ${sizes.length} groups of ${columns}`)
  }
  if (method === 'delete-one') return deleteOneSums(sums, sizes.length, columns)
  const listed = new Float64Array(replicateCount(resampling) * columns)
  if (listed.length === 0) return listed
  const { plus, minus } = halfSums(sums, sizes.length, columns)
  for (let r = 1; r < sizes.length; r++) {
    listed.set(plus.subarray(r * columns, (r + 1) * columns), (2 * r - 2) * columns)
    listed.set(minus.subarray(r * columns, (r + 1) * columns), (2 * r - 1) * columns)
  }
  return listed
}

/** With fewer documents than this, nothing tells what intervals cover. */
export const FEWEST_DOCUMENTS = 20

/** What the replicates say of a figure, on the scale that they are on. */
export interface Spread {
  /** Standard error; with half-samples the bias is part of it. */
  readonly error: number
  /** Estimated bias of the figure, to be shown and never taken off; null where the method has none to tell. */
  readonly bias: number | null
  /** Degrees of freedom of the error. */
  readonly degrees: number
}

/**
 * Null with too few groups, or where a number is not finite. RangeError where replicates are missing. `shared`: the part
 * of its variance that features share (degrees.ts).
 */
export function spreadOf(
  resampling: Resampling,
  value: number,
  replicates: ArrayLike<number>,
  shared = 1,
): Spread | null {
  const { method, sizes, documents, degrees: rule } = resampling
  if (replicates.length !== replicateCount(resampling)) {
    throw new RangeError(`${replicates.length} replicates for ${sizes.length} groups`)
  }
  if (method === 'half-samples') {
    const spread = halfSampleSpread(value, replicates)
    if (spread === null) return null
    const degrees =
      rule === undefined
        ? Math.min(spread.degrees, documentDegrees(documents, rule))
        : degreesOf(sizes.length, documents, shared)
    return { ...spread, degrees }
  }
  const error = jackknifeError(value, replicates, sizes)
  return error === null ? null : { error, bias: null, degrees: measuredGroups(sizes) - 1 }
}
