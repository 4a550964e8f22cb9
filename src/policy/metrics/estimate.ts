/**
 * @file A measured number with what its interval is made from, and the change of such a number against a baseline.
 *
 * The replicates are the number without each token group. The jackknife runs on the scale on which the number's errors are
 * most nearly normal, and the ends come back through the scale's inverse.
 */
import type { Interval } from '../../contract/report/report-schema.ts'
import { jackknifeInterval } from '../../statistics/jackknife.ts'

interface Scale {
  to(value: number): number
  from(value: number): number
}

const NEAREST_TO_ONE = 1 - 1e-12

const scales = {
  linear: { to: (value) => value, from: (value) => value },
  /** Perplexity. */
  logarithm: { to: Math.log, from: Math.exp },
  /** Percent change of a perplexity: the difference of two mean losses. */
  percentChange: { to: (value) => Math.log1p(value / 100), from: (value) => 100 * Math.expm1(value) },
  /** A single correlation: Fisher's z. */
  fisher: {
    to: (value) => Math.atanh(Math.max(-NEAREST_TO_ONE, Math.min(NEAREST_TO_ONE, value))),
    from: Math.tanh,
  },
} as const satisfies Record<string, Scale>

export interface Estimate {
  readonly value: number
  /** What it is of, where a rule looks at several: a feature's id and label. */
  readonly label: string | null
  /** Without each group; null where the number has no replicates (see `why`). */
  readonly replicates: readonly number[] | null
  /** Observations in each group, parallel to the replicates. */
  readonly sizes: ArrayLike<number>
  readonly scale: keyof typeof scales
  readonly range: readonly [least: number, most: number]
  /** The interval that the report holds, and its level: used as it is when the level is the policy's. */
  readonly stored: { readonly confidence: number; readonly interval: Interval } | null
}

/** A number that has no interval: an exact one, or one whose groups were not kept. */
export function bareEstimate(value: number): Estimate {
  return {
    value,
    label: null,
    replicates: null,
    sizes: [],
    scale: 'linear',
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    stored: null,
  }
}

/** The interval at a level; null where it cannot be had. The value always lies inside. */
export function intervalOf(estimate: Estimate, confidence: number): Interval {
  if (estimate.stored?.confidence === confidence) return estimate.stored.interval
  const { value, replicates, sizes, range } = estimate
  if (replicates === null || replicates.length !== sizes.length) return null
  const { to, from }: Scale = scales[estimate.scale]
  const ends = jackknifeInterval(to(value), replicates.map(to), sizes, confidence)
  if (ends === null) return null
  const low = Math.max(range[0], from(ends[0]))
  const high = Math.min(range[1], from(ends[1]))
  return [Math.min(value, low), Math.max(value, high)]
}

/**
 * a − b, keeping a's label. Both were measured on the same tokens in the same groups, so the difference is taken replicate
 * by replicate: what the two share of the text's noise cancels. Where the groups differ, it has no interval.
 */
export function difference(a: Estimate, b: Estimate): Estimate {
  const [left, right] = [a.replicates, b.replicates]
  const paired = left !== null && right !== null && left.length === right.length
  return {
    ...bareEstimate(a.value - b.value),
    label: a.label,
    replicates: paired ? left.map((value, g) => value - right[g]!) : null,
    sizes: a.sizes,
  }
}
