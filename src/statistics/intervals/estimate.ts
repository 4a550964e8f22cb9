/**
 * @file A figure with what is known of its error, its interval, and the difference of two such figures.
 *
 * Replicates are spread on the scale on which a figure's errors are most nearly normal, and the ends come back through the
 * scale's inverse. Every interval in a report and in a rule is made by `intervalOf`.
 */
import { countedRho } from '../definitions.ts'
import { sharedPart } from './degrees.ts'
import { budgetExponent, emptyClassEnd } from './half-samples.ts'
import { type Resampling, type Spread, spreadOf } from './resampling.ts'
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

/** ρ of float32 batch sums is good to this at best. */
export const FINEST_CORRELATION = 2e-6

/** atanh of ρ, no nearer to ±1 than ρ is known: beyond, differences are rounding, and z would spread them to infinity. */
export function fisherZ(rho: number, accuracy = FINEST_CORRELATION): number {
  const most = 1 - accuracy
  return Math.atanh(Math.max(-most, Math.min(most, countedRho(rho))))
}

/** A scale with the way to it. */
export interface TwoWayScale {
  readonly to: (value: number) => number
  readonly from: Scale
}

export const plain: TwoWayScale = { to: linear, from: linear }

/** Of a mean, a median or a quantile of correlations. */
export const ofCorrelations: TwoWayScale = { to: fisherZ, from: fisher }

/** Of a fraction of so many features: log-odds, with half a feature on either side so that none and all have some. */
export function logOdds(features: number): TwoWayScale {
  return {
    to: (value) => Math.log((value * features + 0.5) / ((1 - value) * features + 0.5)),
    from: (odds) => ((features + 1) / (1 + Math.exp(-odds)) - 0.5) / features,
  }
}

/** A figure's replicates. */
export interface OnScale {
  readonly scale: Scale
  /** (R) on the scale. */
  readonly values: ArrayLike<number>
}

export interface Replicates extends OnScale {
  readonly kind: 'replicates'
  readonly resampling: Resampling
  /** The figure on the scale. */
  readonly centre: number
  /** Of a figure of many features: the same figure of each of PARTS parts of them (degrees.ts). */
  readonly parts?: readonly OnScale[] | null
  /** Where the error is not the replicates' spread: a single correlation's own. Null in it: not measurable alone. */
  readonly own?: { readonly spread: Spread | null }
  /** What an interval of nothing reaches at least: of a fraction of features one feature's share, of alarms what none may hide. */
  readonly oneFeature?: number
}

/** Of a difference of two figures that were not measured in the same groups: each is known by itself. */
export interface Unpaired {
  readonly kind: 'unpaired'
  readonly from: Estimate
  readonly less: Estimate
}

/** An interval that was kept without what it was made from. */
export interface KeptInterval {
  readonly kind: 'kept'
  readonly interval: ConfidenceInterval
}

export interface Estimate {
  readonly value: number
  /** Null: an exact number, or one whose error is not known. */
  readonly error: Replicates | KeptInterval | Unpaired | null
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
  /** By which power of the budget the tokens grow that a narrower interval takes (half-samples.ts); 2 where nothing tells. */
  readonly budgetExponent: number
}

const NOTHING_ELSE = { bias: null, degrees: null, budgetExponent: 2 } as const

/** Null where nothing is known of its error, or too few groups were measured. The value always lies in the interval. */
export function knownOf({ value, error, range }: Estimate, confidence: number): Known | null {
  if (error === null) return null
  if (error.kind === 'kept') {
    return error.interval && { ...NOTHING_ELSE, interval: [...error.interval] }
  }
  if (error.kind === 'unpaired') return unpairedDifference(value, error, confidence)
  const { scale, centre, values } = error
  const spread =
    error.own === undefined
      ? spreadOf(error.resampling, centre, values, sharedPart(error.parts))
      : error.own.spread
  if (spread === null) return null
  const half = studentQuantile(confidence, spread.degrees) * spread.error
  const low = Math.max(range[0], scale(centre - half))
  const high = Math.min(range[1], scale(centre + half))
  const { oneFeature } = error
  const most =
    value === 0 && oneFeature !== undefined ? emptyClassEnd(Array.from(values, scale), oneFeature) : value
  return {
    interval: [Math.min(value, low), Math.max(most, high)],
    bias: spread.bias === null ? null : meanOf(values, scale) - scale(centre),
    degrees: spread.degrees,
    budgetExponent:
      error.resampling.method === 'half-samples' && error.own === undefined ? budgetExponent(values) : 2,
  }
}

/** The bias is told in the figure's own unit, so the mean is of its own values. */
function meanOf(values: ArrayLike<number>, scale: Scale): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += scale(values[i]!)
  return sum / values.length
}

/** The ends of both added as independent errors are: by squares, each on its own side. */
function unpairedDifference(value: number, { from, less }: Unpaired, confidence: number): Known | null {
  const [a, b] = [knownOf(from, confidence), knownOf(less, confidence)]
  if (a === null || b === null) return null
  const down = Math.hypot(from.value - a.interval[0], b.interval[1] - less.value)
  const up = Math.hypot(a.interval[1] - from.value, less.value - b.interval[0])
  return { ...NOTHING_ELSE, interval: [value - down, value + up] }
}

export function intervalOf(estimate: Estimate, confidence: number): ConfidenceInterval {
  return knownOf(estimate, confidence)?.interval ?? null
}

/**
 * a − b. Where both were measured in the same groups the difference is taken replicate by replicate: what the two share of
 * the text's noise cancels. Where they were not (a report of an older version), each keeps its own interval, and the
 * difference is wider than it had to be (`isUnpaired`). Without an interval of either it has none.
 */
export function difference(a: Estimate, b: Estimate): Estimate {
  const value = a.value - b.value
  if (a.error === null || b.error === null) return bareEstimate(value)
  const [left, right] = [a.error, b.error]
  if (
    left.kind !== 'replicates' ||
    right.kind !== 'replicates' ||
    !paired(left.resampling, right.resampling)
  ) {
    return { ...bareEstimate(value), error: { kind: 'unpaired', from: a, less: b } }
  }
  const { resampling } = left
  const error: Replicates = {
    kind: 'replicates',
    resampling,
    ...subtracted(left, right),
    centre: value,
    parts: left.parts && right.parts ? left.parts.map((part, i) => subtracted(part, right.parts![i]!)) : null,
  }
  return { ...bareEstimate(value), error }
}

/** Replicate by replicate, in the figures' own unit. */
function subtracted(from: OnScale, less: OnScale): OnScale {
  return {
    scale: linear,
    values: Array.from(from.values, (one, r) => from.scale(one) - less.scale(less.values[r]!)),
  }
}

/** A difference of figures that were measured in different groups or by different methods. */
export function isUnpaired({ error }: Estimate): boolean {
  return error?.kind === 'unpaired'
}

function paired(a: Resampling, b: Resampling): boolean {
  return a.method === b.method && a.sizes.length === b.sizes.length
}
