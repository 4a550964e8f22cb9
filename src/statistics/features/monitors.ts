/** @file Alarms of a monitor: a feature's activation above a threshold, in the reference and in a candidate, by token group. */
import { bareEstimate, type Estimate } from '../intervals/estimate.ts'
import { canHalve } from '../intervals/half-sums.ts'
import { replicateSums, type Sampling } from '../intervals/resampling.ts'
import { JACCARD } from './agreement.ts'

/** One list per count, one number per token group. */
export interface MonitorGroups {
  readonly positions: number[]
  /** Alarms in the reference. */
  readonly before: number[]
  /** … in the candidate. */
  readonly after: number[]
  /** … in the reference alone. */
  readonly missed: number[]
}

/** Part of the reference's alarms that the candidate misses; null where the reference raises none. */
export function missedAlarms(
  { before, missed }: Pick<MonitorGroups, 'before' | 'missed'>,
  sampling: Sampling,
): Estimate | null {
  const groups = before.length
  const total = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0)
  if (total(before) === 0) return null
  const value = total(missed) / total(before)
  const { range, scale } = JACCARD
  if (!canHalve(groups)) return { ...bareEstimate(value), range }
  const resampling = { ...sampling, sizes: Float64Array.from(before) }
  const sums = Float64Array.from({ length: 2 * groups }, (_, i) => (i % 2 === 0 ? missed : before)[i >> 1]!)
  const halves = replicateSums(resampling, sums, 2)
  const centre = scale.to(value)
  // A half without alarms says nothing of those that are missed.
  const values = Array.from({ length: halves.length / 2 }, (_, half) => {
    const [lost, all] = [halves[2 * half]!, halves[2 * half + 1]!]
    return all > 0 ? scale.to(lost / all) : centre
  })
  const error = { kind: 'replicates', resampling, scale: scale.from, centre, values } as const
  return { value, range, error: { ...error, oneFeature: mostUnseen(total(before)) } }
}

/**
 * Of so many alarms none was missed: the largest part that may be, at 95 % (Clopper & Pearson 1934, the end of 0 of n), as if alarms
 * came one by one.
 */
const mostUnseen = (alarms: number): number => 1 - 0.025 ** (1 / alarms)
