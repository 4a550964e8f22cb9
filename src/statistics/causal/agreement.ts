/**
 * @file Does a feature do the same to the next token in both models? From sums over sequences of e = ln p^do − ln p, weighted by the
 * reference's p:
 *
 *     agreement C = Σ p e_r e_c / √(Σ p e_r² · Σ p e_c²)       slope B = Σ p e_r e_c / Σ p e_r²
 *
 * C is 1 where the candidate's effect points the same way whatever its size, B is its size along the reference's.
 */
import {
  bareEstimate,
  type Estimate,
  ofCorrelations,
  plain,
  type TwoWayScale,
} from '../intervals/estimate.ts'
import { GROUP_COUNTS } from '../intervals/half-sums.ts'
import { DEGREES_RULE, RESAMPLING_METHOD, type Resampling, replicateSums } from '../intervals/resampling.ts'

/** One list per sum, one number per sequence. */
export interface EffectSums {
  readonly positions: readonly number[]
  /** Σ_t Σ_v p_r e_r² and so on. */
  readonly referenceSquares: readonly number[]
  readonly products: readonly number[]
  readonly candidateSquares: readonly number[]
  /** Σ_t KL(p ‖ p^do) */
  readonly referenceKl: readonly number[]
  readonly candidateKl: readonly number[]
  /** Σ_t loss^do − loss */
  readonly referenceLoss: readonly number[]
  readonly candidateLoss: readonly number[]
}

export const EFFECT_SUMS = [
  'positions',
  'referenceSquares',
  'products',
  'candidateSquares',
  'referenceKl',
  'candidateKl',
  'referenceLoss',
  'candidateLoss',
] as const satisfies readonly (keyof EffectSums)[]

/** Σ over sequences. */
export function totalOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

export function agreement(sums: EffectSums): Estimate {
  const of = ([rr = 0, rc = 0, cc = 0]: ArrayLike<number> & Iterable<number>): number =>
    rr > 0 && cc > 0 ? rc / Math.sqrt(rr * cc) : 0
  const estimate = ratioOf([sums.referenceSquares, sums.products, sums.candidateSquares], of, ofCorrelations)
  return { ...estimate, value: Math.min(1, Math.max(-1, estimate.value)), range: [-1, 1] }
}

export function slope(sums: EffectSums): Estimate {
  const of = ([rr = 0, rc = 0]: ArrayLike<number> & Iterable<number>): number => (rr > 0 ? rc / rr : 0)
  return ratioOf([sums.referenceSquares, sums.products], of, plain)
}

/** A function of sums, its halves those of groups of neighbouring sequences: as many as there are sequences, 32 at most. */
function ratioOf(
  lists: readonly (readonly number[])[],
  of: (sums: Float64Array) => number,
  { to, from }: TwoWayScale,
): Estimate {
  const count = lists[0]?.length ?? 0
  const value = of(Float64Array.from(lists, totalOf))
  const groups = GROUP_COUNTS.find((size) => size <= count)
  if (groups === undefined) return bareEstimate(value)
  const columns = lists.length
  const grouped = new Float64Array(groups * columns)
  const sizes = new Float64Array(groups)
  for (let s = 0; s < count; s++) {
    const group = Math.floor((s * groups) / count)
    sizes[group]! += 1
    for (const [k, list] of lists.entries()) grouped[group * columns + k]! += list[s]!
  }
  const resampling: Resampling = { method: RESAMPLING_METHOD, documents: count, degrees: DEGREES_RULE, sizes }
  const halves = replicateSums(resampling, grouped, columns)
  const values = Array.from({ length: halves.length / columns }, (_, half) =>
    to(of(halves.subarray(half * columns, (half + 1) * columns))),
  )
  return {
    ...bareEstimate(value),
    error: { kind: 'replicates', resampling, scale: from, centre: to(value), values },
  }
}
