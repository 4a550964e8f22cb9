/**
 * @file What the words mean, once: a feature's firing rate and mean, which features are active, what an undefined ρ counts
 * as, and the class of a feature. The audit, the policy and the reports all call these. Definitions: arXiv 2606.03002.
 */
import type { FeatureThresholds } from '../contract/options/audit-config.ts'
import type { FeatureClass } from '../contract/report/feature-table.ts'

/** Fraction of the counted positions at which the reference's activation is above 0. */
export function firingRate(firings: number, positions: number): number {
  return firings / positions
}

/** Fires more often than the threshold, not as often: all fractions are fractions of these features. */
export function isActive(rate: number, threshold: number): boolean {
  return rate > threshold
}

/** ρ as it counts in fractions, means, quantiles and intervals of active features: 0 where it is undefined, for the feature is gone. */
export function countedRho(rho: number): number {
  return Number.isNaN(rho) ? 0 : rho
}

export type ActiveClass = Exclude<FeatureClass, 'inactive'>

/** Where the classes of survival end. */
export type ClassThresholds = Pick<FeatureThresholds, 'survived' | 'damaged'>

/** Class of one active feature. Survived: ρ ≥ survived. Damaged: ρ < damaged. Degraded: between. */
export function classOf(rho: number, thresholds: ClassThresholds): ActiveClass {
  const value = countedRho(rho)
  if (value >= thresholds.survived) return 'survived'
  return value < thresholds.damaged ? 'damaged' : 'degraded'
}

/** Where the classes end, and whether ρ on the first end is below it: survived is ρ above `survived`, the rule of the paper's code. */
export interface SurvivalRule extends ClassThresholds {
  readonly above: boolean
}

/** Thresholds for which `classOf` follows the rule: ρ is above t where it is at or above the next float64. */
export function thresholdsOf({ survived, damaged, above }: SurvivalRule): ClassThresholds {
  return { survived: above ? nextAbove(survived) : survived, damaged }
}

/** The smallest float64 above one that is not negative. */
function nextAbove(value: number): number {
  const bits = new BigUint64Array(1)
  const number = new Float64Array(bits.buffer)
  number[0] = value
  bits[0]! += 1n
  return number[0]
}
