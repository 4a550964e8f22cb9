/** @file Does the SAE fit this model? How much of the residual's variance it leaves unexplained. Pure. */
import { badFit, residualsAlike } from '../../errors/audit.ts'
import type { SaegateError } from '../../errors/problem.ts'
import { present } from '../../numbers/present.ts'
import { type BetterScale, betterScaleOf, type Fit, type FitGroups, fitsOf } from '../sums/residual-sums.ts'

/** A dictionary that leaves this much unexplained is the wrong one: trained SAEs leave 0.05 to 0.4. */
const WORST_FIT = 0.9
/** A variance of less than this part of the mean square is the rounding of residuals that are all the same. */
const LEAST_SPREAD = 1e-6

/** What a fit comes to, and a factor with which it would be better; null: none, or rows are normalised before they are encoded. */
export interface MeasuredFit extends Fit {
  readonly better: BetterScale | null
}

export function fitFigures(groups: FitGroups): MeasuredFit {
  return { ...present(fitsOf(groups.own)[0]), better: betterScaleOf(groups) }
}

/** SAE_BAD_FIT, or RESIDUALS_ALIKE where it is the text's fault and not the SAE's; null: it fits. */
export function misfitOf(
  { sae, hook }: { readonly sae: string; readonly hook: string },
  { unexplained, spread }: Fit,
  l0: number,
  corpus: string,
): SaegateError | null {
  // Where all rows are alike, rounding can even make the variance negative.
  if (unexplained >= 0 && unexplained <= WORST_FIT) return null
  if (!(spread >= LEAST_SPREAD)) return residualsAlike(corpus, hook)
  return badFit(sae, hook, `${(100 * unexplained).toFixed(0)} %`, l0.toFixed(1))
}
