/**
 * @file ρ of every feature on every half of the token groups: what a report keeps, and what all intervals of features and
 * of figures made from them come from.
 *
 * Kept as float32, which is finer than ρ is known (correlationAccuracy). The audit itself uses the float32 values, so that
 * whoever reads them back gets the audit's own figures.
 */
import type { FeatureReplicates } from '../../contract/report/feature-table.ts'
import { countedRho } from '../definitions.ts'
import { FINEST_CORRELATION } from '../intervals/estimate.ts'
import { canHalve, type HalfSums, halfCount, halfSums } from '../intervals/half-sums.ts'
import { candidateColumns, correlationFromSums, NO_VARIANCE } from './correlation.ts'
import { type CandidateMoments, columnsOf, type ReferenceMoments } from './feature-moments.ts'

/** Columns halved together: five matrices of 32 rows then stay in a core's cache. */
const TILE = 256

/** The replicates of the active features, as they are stored. RangeError where an active feature was not measured. */
export function featureReplicates(
  reference: ReferenceMoments,
  candidate: CandidateMoments,
  active: Int32Array,
): FeatureReplicates {
  const correlations = halfCorrelations(reference, candidateColumns(candidate, active))
  return { method: 'half-samples', features: active, correlations }
}

/**
 * 2(G − 1) arrays of (K) ρ, in the order of the halves, parallel to `candidate.features`; none where the groups cannot be
 * halved. NaN where the reference does not vary in a half: the half says nothing of the feature. 0 where only the
 * candidate does not: the feature is gone there.
 */
export function halfCorrelations(reference: ReferenceMoments, candidate: CandidateMoments): Float32Array[] {
  const { groups, width } = reference
  const count = candidate.features.length
  if (!canHalve(groups)) return []
  const last = candidate.features.at(-1) ?? -1
  if (candidate.groups !== groups || last >= width) {
    throw new RangeError(
      `reference has ${groups} groups and ${width} features, candidate ${candidate.groups} and ${last}`,
    )
  }
  const positions = halfSums(reference.positions, groups)
  const halves = Array.from({ length: halfCount(groups) }, () => new Float32Array(count))
  for (let first = 0; first < count; first += TILE) {
    const columns = Math.min(TILE, count - first)
    const halved = (sums: Float64Array) => halfSums(sums, groups, count, [first, columns])
    const some = candidate.features.subarray(first, first + columns)
    const ofReference = (sums: Float64Array) =>
      halfSums(columnsOf(sums, groups, width, some), groups, columns)
    const sums = {
      a: ofReference(reference.sum),
      aa: ofReference(reference.sumOfSquares),
      b: halved(candidate.sum),
      bb: halved(candidate.sumOfSquares),
      ab: halved(candidate.product),
    }
    for (let r = 1; r < groups; r++) {
      for (const side of ['plus', 'minus'] as const) {
        const into = halves[2 * r - (side === 'plus' ? 2 : 1)]!
        const n = positions[side][r]!
        for (let k = 0; k < columns; k++) into[first + k] = halfCorrelation(sums, side, n, r * columns + k)
      }
    }
  }
  return halves
}

type PairHalves = Readonly<Record<'a' | 'b' | 'aa' | 'bb' | 'ab', HalfSums>>

function halfCorrelation(sums: PairHalves, side: 'plus' | 'minus', n: number, at: number): number {
  const [a, b] = [sums.a[side][at]!, sums.b[side][at]!]
  const [aa, bb] = [sums.aa[side][at]!, sums.bb[side][at]!]
  const candidateVaries = bb - (b * b) / n > NO_VARIANCE * bb
  if (!candidateVaries) return aa - (a * a) / n > NO_VARIANCE * aa ? 0 : Number.NaN
  return correlationFromSums(n, a, b, aa, bb, sums.ab[side][at]!)
}

/** A half with a feature's ρ on the whole (undefined: 0) where the half says nothing of it: for fractions, means, quantiles. */
export function filledHalf(rho: Float64Array, half: ArrayLike<number>): Float64Array {
  const filled = new Float64Array(half)
  for (let k = 0; k < filled.length; k++) if (Number.isNaN(filled[k]!)) filled[k] = countedRho(rho[k]!)
  return filled
}

/** ρ is good to this over (variance ÷ mean square): subtracting the square of the mean costs digits. */
const SUM_ACCURACY = 1e-6

/**
 * How near to ±1 a feature's ρ can be told, from its mean and mean square over the counted positions. Fisher's z is not
 * taken nearer. A feature without variance: 1, nothing can be told. Mean square not
 * known (NaN): as near as any. */
export function correlationAccuracy(mean: number, meanSquare: number): number {
  if (Number.isNaN(meanSquare)) return FINEST_CORRELATION
  const part = meanSquare > 0 ? 1 - (mean * mean) / meanSquare : 0
  return part > 0 ? Math.min(1, Math.max(FINEST_CORRELATION, SUM_ACCURACY / part)) : 1
}
