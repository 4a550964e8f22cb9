/** @file Does a feature survive causally, and does ρ tell? Thresholds stand here once. */

import { NORMAL } from '../fragility/fragility.ts'
import type { ConfidenceInterval } from '../intervals/estimate.ts'
import { studentQuantile } from '../intervals/student-t.ts'
import { spearman } from '../overlap/ranks.ts'
import { quantile } from '../quantile.ts'

/** C from which on, and B between which, a feature acts as it did. */
export const CAUSAL_AGREEMENT = 0.9
export const CAUSAL_SLOPE: readonly [low: number, high: number] = [0.8, 1.25]
/** Quantile of the controls' effects above which a feature's own is one. */
export const CONTROL_QUANTILE = 0.95

/** `none`: no effect measured in the reference, so nothing is there to survive. */
export type CausalVerdict = 'survived' | 'changed' | 'undecided' | 'none'

export interface Known {
  readonly agreement: ConfidenceInterval
  readonly slope: ConfidenceInterval
}

/** Survived: all of C's interval at or above 0.9 and B's within [0.8, 1.25]. Changed: all of either elsewhere. */
export function causalVerdict({ agreement, slope }: Known): Exclude<CausalVerdict, 'none'> {
  if (agreement === null || slope === null) return 'undecided'
  const [low, high] = CAUSAL_SLOPE
  if (agreement[1] < CAUSAL_AGREEMENT || slope[1] < low || slope[0] > high) return 'changed'
  return agreement[0] >= CAUSAL_AGREEMENT && slope[0] >= low && slope[1] <= high ? 'survived' : 'undecided'
}

/** By the values alone. */
export function actsTheSame(agreement: number, slope: number): boolean {
  return agreement >= CAUSAL_AGREEMENT && slope >= CAUSAL_SLOPE[0] && slope <= CAUSAL_SLOPE[1]
}

/** Is the effect (mean KL) above what random vectors of its size do? */
export function hasEffect(kl: number, controls: readonly number[]): boolean {
  return controls.length === 0 || kl > quantile(controls, CONTROL_QUANTILE)
}

/**
 * Spearman's correlation with the interval of Fisher's z, whose standard error for ranks is √(1.06 / (n − 3)): Fieller, Hartley and
 * Pearson 1957, "Tests for rank correlation coefficients". Null of fewer than five pairs, or where one side does not vary.
 */
export function spearmanInterval(
  a: readonly number[],
  b: readonly number[],
  confidence: number,
): { readonly value: number; readonly ci: [number, number] } | null {
  const value = spearman(a, b)
  if (a.length < 5 || Number.isNaN(value)) return null
  const z = Math.atanh(Math.max(-1 + 1e-12, Math.min(1 - 1e-12, value)))
  const half = studentQuantile(confidence, NORMAL) * Math.sqrt(1.06 / (a.length - 3))
  return { value, ci: [Math.min(value, Math.tanh(z - half)), Math.max(value, Math.tanh(z + half))] }
}
