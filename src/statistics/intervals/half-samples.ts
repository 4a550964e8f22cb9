/**
 * @file Bias, error and interval of a figure from its values on balanced half-samples of the token groups (half-sums.ts).
 *
 * Half the text has twice the variance and twice the bias of order 1/T, so that over all 2(G − 1) halves
 *
 *     b = mean of θ(half) − θ          estimates the bias of θ,
 *     V = mean of (θ(half) − θ)²       estimates its squared error, bias included,
 *
 * and the interval is θ ± t √(V + b²), on the scale on which the figure's errors are most nearly normal. For what is linear
 * in the groups V is the usual variance, exactly, and b is 0. The value shown is never corrected by b: b is itself noisy, and
 * intervals around corrected fractions covered less. Nor is V enough where errors are independent and bias is most of the
 * error: b² once more stands for what is uncertain in it (docs/statistics.md, with what each of these covers in simulation).
 *
 * Delete-one replicates move a figure by 1/G of the text: too little to see how a fraction of features above a threshold
 * moves when features err independently, which made such intervals 2.4 times too wide.
 */
import { canHalve } from './half-sums.ts'

/** How far a figure's values on halves of the text lie from its value on all of it. */
export interface HalfSampleSpread {
  /** b: the bias of order 1/T. */
  readonly bias: number
  /** √(V + b²): the standard error, bias included. */
  readonly error: number
  /** G − 1 */
  readonly degrees: number
}

/**
 * The spread of `value` given its 2(G − 1) values on the halves; null where they are not those of 8, 16 or 32 groups or
 * where one is not finite.
 */
export function halfSampleSpread(value: number, halves: ArrayLike<number>): HalfSampleSpread | null {
  const groups = halves.length / 2 + 1
  if (!canHalve(groups)) return null
  let [sum, squares] = [0, 0]
  for (let i = 0; i < halves.length; i++) {
    const difference = halves[i]! - value
    sum += difference
    squares += difference * difference
  }
  const bias = sum / halves.length
  const error = Math.sqrt(squares / halves.length + bias * bias)
  return Number.isFinite(error) ? { bias, error, degrees: groups - 1 } : null
}

/**
 * Upper end for the fraction of a class in which nothing was found, where all halves together have nothing to spread: the
 * largest fraction in any half, and no less than one feature's share, as whether a single feature belongs there is not
 * excluded by not having found it. Never 0.
 */
export function emptyClassEnd(halves: ArrayLike<number>, oneFeature: number): number {
  let most = oneFeature
  for (let i = 0; i < halves.length; i++) most = Math.max(most, halves[i]!)
  return Math.min(1, most)
}

/**
 * By which power of the budget the tokens that an interval needs grow: to halve it takes 2^exponent times the text.
 *
 * 2 where errors fall as T^−½. A fraction of features whose errors are independent moves by the few features that are
 * near the threshold, which grow fewer as errors shrink: its error falls as T^−¼, and the exponent is 4. Two halves that
 * share nothing differ by twice the text that two halves sharing half of it differ by, so the ratio of the mean squared
 * differences is 2 in the first case and √2 in the second; both kinds have the same bias, which drops out.
 *
 * Not below 2 nor above 4; 2 where all halves agree.
 */
export function budgetExponent(halves: ArrayLike<number>): number {
  const count = halves.length
  let [sum, squares, apart] = [0, 0, 0]
  for (let i = 0; i < count; i += 2) {
    const [plus, minus] = [halves[i]!, halves[i + 1]!]
    sum += plus + minus
    squares += plus * plus + minus * minus
    apart += (plus - minus) ** 2
  }
  const pairs = count / 2
  // Σ over all pairs of halves of (θ_i − θ_j)² is count · Σθ² − (Σθ)²; less those of the pairs that share nothing.
  const sharing = (count * squares - sum * sum - apart) / ((count * (count - 2)) / 2)
  const ratio = apart / pairs / sharing
  if (!(apart > 0 && sharing > 0)) return 2
  return Math.min(4, Math.max(2, 2 / Math.max(Math.log2(ratio), Number.MIN_VALUE)))
}
