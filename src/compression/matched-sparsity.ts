/**
 * @file The sparsity at which a pruned model's perplexity comes closest to a target: six halvings of [0, 0.8], the step with the
 * smallest absolute error taken (arXiv 2606.03002). Steps are whole eightieths, so that 0.15 is 0.15 and not a sum that rounds.
 */

/** Halvings of the range, and the finest step's fraction: 0.8 / 2⁶ = 1 / 80. */
const HALVINGS = 6
const PARTS = 80
const HIGHEST = 2 ** HALVINGS

/** Where the range ends; no step is as high. */
export const HIGHEST_SPARSITY = HIGHEST / PARTS

/** The step that is tried first, whatever the target. */
export const FIRST_SPARSITY = HIGHEST / 2 / PARTS

/** A target that all steps lie on one side of is met where the nearest is within this part of it. */
const NEAR = 0.01

export interface SparsityStep {
  readonly sparsity: number
  readonly perplexity: number
}

export interface MatchedSparsity {
  /** Every step, in the order it was tried. */
  readonly trace: readonly SparsityStep[]
  /** The step that is taken: the earliest of those with the smallest error. */
  readonly chosen: SparsityStep
  /** Steps lie on both sides of the target, or one within a hundredth of it; else no sparsity of the range reaches it. */
  readonly isReached: boolean
}

/** `perplexityAt`: of the model pruned to a sparsity. Perplexity is taken to grow with it. */
export async function matchSparsity(
  target: number,
  perplexityAt: (sparsity: number) => Promise<number>,
): Promise<MatchedSparsity> {
  const trace: SparsityStep[] = []
  let [low, high] = [0, HIGHEST]
  while (high - low > 1) {
    const middle = (low + high) / 2
    const sparsity = middle / PARTS
    const perplexity = await perplexityAt(sparsity)
    trace.push({ sparsity, perplexity })
    if (perplexity > target) high = middle
    else low = middle
  }
  const errorOf = ({ perplexity }: SparsityStep): number => Math.abs(perplexity - target)
  const chosen = trace.reduce((best, step) => (errorOf(step) < errorOf(best) ? step : best))
  const isBetween = low > 0 && high < HIGHEST
  return { trace, chosen, isReached: isBetween || errorOf(chosen) <= NEAR * target }
}
