/**
 * @file A figure with what is known of its error, its interval, and the difference of two such figures.
 *
 * Replicates are spread on the scale on which a figure's errors are most nearly normal, and the ends come back through the
 * scale's inverse. Every interval in a report and in a rule is made by `intervalOf`.
 */
import { type Resampling, spreadOf } from './resampling.ts'
import { studentQuantile } from './student-t.ts'

/** [low, high], or null with too few groups. Fresh each time, so it may go into a report as it is. */
export type ConfidenceInterval = [low: number, high: number] | null

/** From where errors are most nearly normal, back to the figure. */
export type Scale = (value: number) => number

export const linear: Scale = (value) => value

/** Of a perplexity: its logarithm is a mean loss. */
export const logarithm: Scale = Math.exp

/** Of the change of a perplexity in percent: its logarithm is a difference of two mean losses of the same tokens. */
export const percentChange: Scale = (value) => 100 * Math.expm1(value)

/** Of a single correlation: Fisher's z = atanh ρ, far less skewed near 1, where the thresholds are. */
export const fisher: Scale = Math.tanh

/** Largest |ρ| that Fisher's z is taken of: atanh(1) is infinite, and float64 knows nothing closer to 1 that matters. */
const NEAREST_TO_ONE = 1 - 1e-12

export function fisherZ(rho: number): number {
  return Math.atanh(Math.max(-NEAREST_TO_ONE, Math.min(NEAREST_TO_ONE, rho)))
}

export interface Replicates {
  readonly kind: 'replicates'
  readonly resampling: Resampling
  readonly scale: Scale
  /** The figure on the scale. */
  readonly centre: number
  /** (R) on the scale. */
  readonly values: ArrayLike<number>
}

/** An interval that was kept without what it was made from. */
export interface KeptInterval {
  readonly kind: 'kept'
  readonly interval: ConfidenceInterval
}

export interface Estimate {
  readonly value: number
  /** Null: an exact number, or one whose error is not known. */
  readonly error: Replicates | KeptInterval | null
  /** Values it can have. */
  readonly range: readonly [least: number, most: number]
}

const ANY: Estimate['range'] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]

/** A number without an interval. */
export function bareEstimate(value: number): Estimate {
  return { value, error: null, range: ANY }
}

/** What is known of a figure at a confidence (0..1). */
export interface Known {
  readonly interval: [low: number, high: number]
  /** In the figure's own unit; null where the method has none to tell. */
  readonly bias: number | null
  readonly degrees: number | null
}

/** Null where nothing is known of its error, or too few groups were measured. The value always lies in the interval. */
export function knownOf({ value, error, range }: Estimate, confidence: number): Known | null {
  if (error === null) return null
  if (error.kind === 'kept') {
    return error.interval && { interval: [...error.interval], bias: null, degrees: null }
  }
  const { scale, centre, values } = error
  const spread = spreadOf(error.resampling, centre, values)
  if (spread === null) return null
  const half = studentQuantile(confidence, spread.degrees) * spread.error
  const low = Math.max(range[0], scale(centre - half))
  const high = Math.min(range[1], scale(centre + half))
  return {
    interval: [Math.min(value, low), Math.max(value, high)],
    bias: spread.bias === null ? null : scale(centre + spread.bias) - scale(centre),
    degrees: spread.degrees,
  }
}

export function intervalOf(estimate: Estimate, confidence: number): ConfidenceInterval {
  return knownOf(estimate, confidence)?.interval ?? null
}

/**
 * a − b. Both were measured on the same tokens in the same groups, so the difference is taken replicate by replicate: what
 * the two share of the text's noise cancels. Where the groups differ, it has no interval.
 */
export function difference(a: Estimate, b: Estimate): Estimate {
  const value = a.value - b.value
  if (a.error?.kind !== 'replicates' || b.error?.kind !== 'replicates') return bareEstimate(value)
  if (!paired(a.error.resampling, b.error.resampling)) return bareEstimate(value)
  const [left, right] = [a.error, b.error]
  const values = Array.from(left.values, (one, r) => left.scale(one) - right.scale(right.values[r]!))
  const error: Replicates = { ...left, scale: linear, centre: value, values }
  return { ...bareEstimate(value), error }
}

function paired(a: Resampling, b: Resampling): boolean {
  return a.method === b.method && a.sizes.length === b.sizes.length
}
