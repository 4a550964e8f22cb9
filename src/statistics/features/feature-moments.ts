/**
 * @file The sums from which every feature's correlation is made, kept apart per token group.
 *
 * Reference and candidate are two types because one reference serves many candidates: Σa, Σa², firings and peak are
 * summed once, and each candidate adds only Σb, Σb², Σab and two counts of firings for the features it was measured on. Sums add: two batches,
 * two groups, two machines. Nothing here divides, so nothing depends on the order of sequences beyond float64 rounding.
 *
 * Sufficient statistics: arXiv 2606.03002, "one streaming pass". Raw sums rather than running means (Welford): device
 * kernels give plain column sums, and activations are sparse and non-negative, so Σa² − (Σa)²/n loses few digits
 * (see NO_VARIANCE in correlation.ts).
 *
 * Shapes: G token groups, F features of the dictionary, K measured features. Matrices are row-major.
 */
import { firingRate, isActive } from '../definitions.ts'

/** Of the reference, over counted positions. */
export interface ReferenceMoments {
  readonly groups: number
  /** F: the dictionary's width. */
  readonly width: number
  /** (G) counted positions. */
  readonly positions: Float64Array
  /** (G, F) Σa */
  readonly sum: Float64Array
  /** (G, F) Σa² */
  readonly sumOfSquares: Float64Array
  /** (F) positions with a > 0, over all groups. */
  readonly firings: Float64Array
  /** (F) largest a, over all groups; 0 where the feature never fired. */
  readonly peak: Float64Array
}

/** Of one candidate beside the reference, on a subset of the features. */
export interface CandidateMoments {
  readonly groups: number
  /** (K) feature ids, strictly ascending. */
  readonly features: Int32Array
  /** (G, K) Σb */
  readonly sum: Float64Array
  /** (G, K) Σb² */
  readonly sumOfSquares: Float64Array
  /** (G, K) Σab */
  readonly product: Float64Array
  /** (G, K) positions at which both fire: a > 0 and b > 0. */
  readonly together: Float64Array
  /** (G, K) positions at which either fires: a > 0 or b > 0. */
  readonly either: Float64Array
}

/** All sums zero. */
export function emptyReferenceMoments(groups: number, width: number): ReferenceMoments {
  return {
    groups,
    width,
    positions: new Float64Array(groups),
    sum: new Float64Array(groups * width),
    sumOfSquares: new Float64Array(groups * width),
    firings: new Float64Array(width),
    peak: new Float64Array(width),
  }
}

/** All sums zero. `features` are ids in [0, F), strictly ascending; RangeError otherwise. */
export function emptyCandidateMoments(groups: number, features: Int32Array): CandidateMoments {
  for (let k = 0; k < features.length; k++) {
    const previous = k === 0 ? -1 : features[k - 1]!
    if (features[k]! <= previous) throw new RangeError(`feature ids must ascend: ${previous}, ${features[k]}`)
  }
  const size = groups * features.length
  return {
    groups,
    features,
    sum: new Float64Array(size),
    sumOfSquares: new Float64Array(size),
    product: new Float64Array(size),
    together: new Float64Array(size),
    either: new Float64Array(size),
  }
}

/** Column sums of one batch over a run of neighbouring features, all of the same length. */
export interface ReferenceTile {
  readonly sum: Float32Array | Float64Array
  readonly sumOfSquares: Float32Array | Float64Array
  readonly firings: Float32Array | Float64Array
  readonly peak: Float32Array | Float64Array
}

/** Add a batch of one group, in place. `firstFeature` is the id of the tile's first column. */
export function addReferenceTile(
  into: ReferenceMoments,
  group: number,
  firstFeature: number,
  tile: ReferenceTile,
): void {
  const row = group * into.width + firstFeature
  for (let i = 0; i < tile.sum.length; i++) {
    into.sum[row + i]! += tile.sum[i]!
    into.sumOfSquares[row + i]! += tile.sumOfSquares[i]!
    into.firings[firstFeature + i]! += tile.firings[i]!
    into.peak[firstFeature + i] = Math.max(into.peak[firstFeature + i]!, tile.peak[i]!)
  }
}

export interface CandidateTile {
  readonly sum: Float32Array | Float64Array
  readonly sumOfSquares: Float32Array | Float64Array
  readonly product: Float32Array | Float64Array
  readonly together: Float32Array | Float64Array
  readonly either: Float32Array | Float64Array
}

/** Add a batch of one group, in place. `firstColumn` is an index into `features`, not a feature id. */
export function addCandidateTile(
  into: CandidateMoments,
  group: number,
  firstColumn: number,
  tile: CandidateTile,
): void {
  const row = group * into.features.length + firstColumn
  for (let i = 0; i < tile.sum.length; i++) {
    into.sum[row + i]! += tile.sum[i]!
    into.sumOfSquares[row + i]! += tile.sumOfSquares[i]!
    into.product[row + i]! += tile.product[i]!
    into.together[row + i]! += tile.together[i]!
    into.either[row + i]! += tile.either[i]!
  }
}

/** Merge two measurements of the same dictionary over the same groups (associative). RangeError where shapes differ. */
export function addReferenceMoments(a: ReferenceMoments, b: ReferenceMoments): ReferenceMoments {
  if (a.groups !== b.groups || a.width !== b.width) {
    throw new RangeError(`moments of (${a.groups}, ${a.width}) and (${b.groups}, ${b.width}) do not add`)
  }
  return {
    groups: a.groups,
    width: a.width,
    positions: added(a.positions, b.positions),
    sum: added(a.sum, b.sum),
    sumOfSquares: added(a.sumOfSquares, b.sumOfSquares),
    firings: added(a.firings, b.firings),
    peak: a.peak.map((peak, j) => Math.max(peak, b.peak[j]!)),
  }
}

/** Of some features alone, which are then numbered by their places. */
export function referenceColumns(moments: ReferenceMoments, features: Int32Array): ReferenceMoments {
  const { groups, width, positions } = moments
  const pick = (values: Float64Array): Float64Array => Float64Array.from(features, (j) => values[j]!)
  return {
    groups,
    width: features.length,
    positions,
    sum: columnsOf(moments.sum, groups, width, features),
    sumOfSquares: columnsOf(moments.sumOfSquares, groups, width, features),
    firings: pick(moments.firings),
    peak: pick(moments.peak),
  }
}

/** Merge two measurements of one candidate on the same features (associative). RangeError where they differ. */
export function addCandidateMoments(a: CandidateMoments, b: CandidateMoments): CandidateMoments {
  const sameFeatures =
    a.features.length === b.features.length && a.features.every((id, k) => id === b.features[k])
  if (a.groups !== b.groups || !sameFeatures)
    throw new RangeError('candidate moments of other groups or features')
  return {
    groups: a.groups,
    features: a.features,
    sum: added(a.sum, b.sum),
    sumOfSquares: added(a.sumOfSquares, b.sumOfSquares),
    product: added(a.product, b.product),
    together: added(a.together, b.together),
    either: added(a.either, b.either),
  }
}

function added(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]!)
}

/** Counted positions over all groups. */
export function countedPositions(moments: ReferenceMoments): number {
  return moments.positions.reduce((total, count) => total + count, 0)
}

/** (F) */
export function firingRates(moments: ReferenceMoments): Float64Array {
  const positions = countedPositions(moments)
  return moments.firings.map((firings) => firingRate(firings, positions))
}

/** (F) mean square of the activation over all counted positions. */
export function meanSquares(moments: ReferenceMoments): Float64Array {
  const positions = countedPositions(moments)
  return groupTotals(moments.sumOfSquares, moments.groups, moments.width).map((sum) => sum / positions)
}

/** (F) mean activation over all counted positions, firing or not: each group's part of it, added up. */
export function meanActivations(moments: ReferenceMoments): Float64Array {
  const { sum: sums, width } = moments
  const positions = countedPositions(moments)
  const means = new Float64Array(width)
  sums.forEach((sum, i) => {
    means[i % width]! += sum / positions
  })
  return means
}

/** Ids of the active features, ascending. */
export function activeFeatures(moments: ReferenceMoments, threshold: number): Int32Array {
  const rates = firingRates(moments)
  const ids: number[] = []
  for (let j = 0; j < rates.length; j++) if (isActive(rates[j]!, threshold)) ids.push(j)
  return Int32Array.from(ids)
}

/** Mean number of features that fire at a counted position: the dictionary's L0 on this text. */
export function meanFiring(moments: ReferenceMoments): number {
  return moments.firings.reduce((sum, n) => sum + n, 0) / countedPositions(moments)
}

/** Features that never fired. */
export function deadFeatures(moments: ReferenceMoments): number {
  return moments.firings.reduce((count, n) => count + (n === 0 ? 1 : 0), 0)
}

/** (G, K) → (K): sums over all groups. */
export function groupTotals(sums: Float64Array, groups: number, columns: number): Float64Array {
  const totals = new Float64Array(columns)
  for (let g = 0; g < groups; g++) {
    for (let k = 0; k < columns; k++) totals[k]! += sums[g * columns + k]!
  }
  return totals
}

/** (G, F) → (K): sums over all groups of the columns of `features`, in the order of `groupTotals`. */
export function columnTotals(
  sums: Float64Array,
  groups: number,
  width: number,
  features: Int32Array,
): Float64Array {
  const totals = new Float64Array(features.length)
  for (let g = 0; g < groups; g++) {
    const row = g * width
    for (let k = 0; k < features.length; k++) totals[k]! += sums[row + features[k]!]!
  }
  return totals
}

/** (G, F) → (G, K): the columns of `features`. */
export function columnsOf(
  sums: Float64Array,
  groups: number,
  width: number,
  features: Int32Array,
): Float64Array {
  const out = new Float64Array(groups * features.length)
  for (let g = 0; g < groups; g++) {
    for (let k = 0; k < features.length; k++) out[g * features.length + k] = sums[g * width + features[k]!]!
  }
  return out
}
