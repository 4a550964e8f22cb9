/**
 * @file Pearson's ρ of every feature with itself, reference against candidate, from sums; and the same from each
 * weighting of the token groups, which is what every confidence interval is made from.
 *
 * A feature without variance on either side has no correlation: NaN here. Where an active feature needs a number
 * (fractions, means, replicates) it counts as 0: the feature is gone. Definitions: arXiv 2606.03002.
 */
import { countedRho } from '../definitions.ts'
import {
  type CandidateMoments,
  columnsOf,
  columnTotals,
  countedPositions,
  groupTotals,
  type ReferenceMoments,
} from './feature-moments.ts'

/**
 * Variance at or below this part of the mean square is none. A feature that never fires has sums of exactly 0. One that
 * is constant leaves only float64 rounding of the subtraction (about 1e-15) when its sums are exact, so 1e-12 sits well
 * above rounding and far below any feature: a sparse one has a ratio near 1, and a dense one would need a mean a million
 * times its standard deviation. Float32 batch sums of a constant may leave up to 1e-7; such a ρ is bounded by the
 * clamp below, but it is noise, and no trained feature is constant.
 */
export const NO_VARIANCE = 1e-12

/** Relative rounding of float32 batch sums. Rounding may push |ρ| above 1 by this over the smaller variance ratio. */
const SUM_ROUNDING = 1e-6

/**
 * ρ from n, Σa, Σb, Σa², Σb², Σab. NaN where either side has no variance, where n < 2, and where the sums contradict
 * each other (|ρ| beyond 1 by more than rounding explains).
 */
export function correlationFromSums(
  n: number,
  sumA: number,
  sumB: number,
  sumAA: number,
  sumBB: number,
  sumAB: number,
): number {
  const varianceA = sumAA - (sumA * sumA) / n
  const varianceB = sumBB - (sumB * sumB) / n
  if (!(n >= 2 && varianceA > NO_VARIANCE * sumAA && varianceB > NO_VARIANCE * sumBB)) return Number.NaN
  const rho = (sumAB - (sumA * sumB) / n) / rootOfProduct(varianceA, varianceB)
  const excess = Math.abs(rho) - 1
  if (!(excess > 0)) return rho
  const explained = SUM_ROUNDING / Math.min(varianceA / sumAA, varianceB / sumBB)
  return excess <= explained ? Math.sign(rho) : Number.NaN
}

/**
 * √(a·b). One root, rounded once, so that a ρ that lies on a limit is met to the last digit; two where the product of tiny
 * or huge activations would leave float64.
 */
function rootOfProduct(a: number, b: number): number {
  const product = a * b
  return product > 1e-290 && product < 1e290 ? Math.sqrt(product) : Math.sqrt(a) * Math.sqrt(b)
}

/** The five sums of K features, over some set of positions. */
interface PairSums {
  readonly a: Float64Array
  readonly b: Float64Array
  readonly aa: Float64Array
  readonly bb: Float64Array
  readonly ab: Float64Array
}

/** Sums of both sides on the candidate's features, over all groups. RangeError where the two were not measured together. */
function pairSums(reference: ReferenceMoments, candidate: CandidateMoments): PairSums {
  const { groups, width } = reference
  const { features } = candidate
  const last = features.at(-1) ?? -1
  if (candidate.groups !== groups || last >= width) {
    throw new RangeError(
      `reference has ${groups} groups and ${width} features, candidate ${candidate.groups} and ${last}`,
    )
  }
  const ofReference = (sums: Float64Array) => columnTotals(sums, groups, width, features)
  const ofCandidate = (sums: Float64Array) => groupTotals(sums, groups, features.length)
  return {
    a: ofReference(reference.sum),
    b: ofCandidate(candidate.sum),
    aa: ofReference(reference.sumOfSquares),
    bb: ofCandidate(candidate.sumOfSquares),
    ab: ofCandidate(candidate.product),
  }
}

/** (K) ρ over all groups, parallel to `candidate.features`; NaN where undefined. */
export function correlations(reference: ReferenceMoments, candidate: CandidateMoments): Float64Array {
  const { a, b, aa, bb, ab } = pairSums(reference, candidate)
  const positions = countedPositions(reference)
  return a.map((sum, k) => correlationFromSums(positions, sum, b[k]!, aa[k]!, bb[k]!, ab[k]!))
}

/** The same candidate on fewer features; on all of them itself. RangeError where one was not measured. */
export function candidateColumns(candidate: CandidateMoments, features: Int32Array): CandidateMoments {
  const measured = candidate.features
  if (features.length === measured.length && features.every((id, k) => id === measured[k])) return candidate
  const column = new Map(Array.from(candidate.features, (id, k) => [id, k]))
  const columns = features.map((id) => {
    const k = column.get(id)
    if (k === undefined) throw new RangeError(`feature ${id} was not measured`)
    return k
  })
  const width = candidate.features.length
  const take = (sums: Float64Array) => columnsOf(sums, candidate.groups, width, columns)
  return {
    groups: candidate.groups,
    features,
    sum: take(candidate.sum),
    sumOfSquares: take(candidate.sumOfSquares),
    product: take(candidate.product),
    together: take(candidate.together),
    either: take(candidate.either),
  }
}

/** Undefined ρ of active features counted as 0. */
export function definedOrZero(rho: Float64Array): Float64Array {
  return rho.map(countedRho)
}
