/**
 * @file Logistic regression with an L2 penalty, by Newton's method:
 *
 *     minimise ½‖w‖² + C Σ log(1 + exp(−s_k (w·x_k + b))),   s_k = ±1,
 *
 * the intercept b free. It is the objective that scikit-learn's LogisticRegression(C) minimises, so coefficients compare.
 */

/** (K) each; all columns of one length. */
export type Columns = readonly Float64Array[]

export interface LogisticFit {
  readonly coefficients: readonly number[]
  readonly intercept: number
}

const MOST_STEPS = 100
/** Of what the objective may still fall by over its size: rounding of the objective is a thousandth of it. */
const CONVERGED = 1e-12

/**
 * `c`: C; Infinity: no penalty, and then there is no fit of separable classes. `rows`: those that are fitted; all where left out.
 * RangeError where it does not converge.
 */
export function fitLogistic(
  columns: Columns,
  isOne: Uint8Array,
  c: number,
  rows: ArrayLike<number> = Uint32Array.from(isOne.keys()),
): LogisticFit {
  const problem = { columns, isOne, rows, penalty: 1 / c }
  let weights = new Float64Array(columns.length + 1)
  let value = objective(problem, weights)
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = derivatives(problem, weights)
    const direction = solved(hessian, gradient)
    const slope = direction.reduce((sum, d, i) => sum + d * gradient[i]!, 0)
    // The step that is left squares what is left of the error.
    if (!(slope > CONVERGED * Math.max(1, value))) return fitOf(weights.map((w, i) => w - direction[i]!))
    const next = lineSearch(problem, { weights, value, direction, slope })
    if (next === null) return fitOf(weights)
    ;({ weights, value } = next)
  }
  throw new RangeError('the logistic fit did not converge')
}

/** P(one) of row k. */
export function probability({ coefficients, intercept }: LogisticFit, columns: Columns, row: number): number {
  const score = coefficients.reduce((sum, w, i) => sum + w * columns[i]![row]!, intercept)
  return 1 / (1 + Math.exp(-score))
}

/** The objective divided by C; the last weight is the intercept. */
interface Problem {
  readonly columns: Columns
  readonly isOne: Uint8Array
  readonly rows: ArrayLike<number>
  readonly penalty: number
}

function fitOf(weights: Float64Array): LogisticFit {
  const coefficients = [...weights.subarray(0, -1)]
  return { coefficients, intercept: weights.at(-1) ?? 0 }
}

function scoreOf(columns: Columns, weights: Float64Array, row: number): number {
  let score = weights[columns.length]!
  for (let i = 0; i < columns.length; i++) score += weights[i]! * columns[i]![row]!
  return score
}

function objective({ columns, isOne, rows, penalty }: Problem, weights: Float64Array): number {
  let value = 0
  for (let i = 0; i < columns.length; i++) value += (penalty / 2) * weights[i]! ** 2
  for (let k = 0; k < rows.length; k++) {
    const score = scoreOf(columns, weights, rows[k]!)
    const margin = isOne[rows[k]!] === 1 ? score : -score
    value += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin
  }
  return value
}

/** Gradient (n) and Hessian (n, n) of the objective, n weights with the intercept. */
function derivatives({ columns, isOne, rows, penalty }: Problem, weights: Float64Array) {
  const n = weights.length
  const gradient = weights.map((w, i) => (i < n - 1 ? penalty * w : 0))
  const hessian = new Float64Array(n * n)
  for (let i = 0; i < n - 1; i++) hessian[i * n + i] = penalty
  const x = new Float64Array(n).fill(1)
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!
    for (let i = 0; i < n - 1; i++) x[i] = columns[i]![row]!
    const p = 1 / (1 + Math.exp(-scoreOf(columns, weights, row)))
    const [residual, curvature] = [p - isOne[row]!, p * (1 - p)]
    for (let i = 0; i < n; i++) {
      gradient[i]! += residual * x[i]!
      for (let j = 0; j <= i; j++) hessian[i * n + j]! += curvature * x[i]! * x[j]!
    }
  }
  return { gradient, hessian }
}

/** H⁻¹ g by Cholesky; of H only the lower half is read. RangeError where it is singular. */
function solved(hessian: Float64Array, gradient: Float64Array): Float64Array {
  const n = gradient.length
  const l = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = hessian[i * n + j]!
      for (let m = 0; m < j; m++) sum -= l[i * n + m]! * l[j * n + m]!
      if (i !== j) l[i * n + j] = sum / l[j * n + j]!
      else if (sum > 0) l[i * n + i] = Math.sqrt(sum)
      else throw new RangeError('the logistic fit has no unique answer')
    }
  }
  const x = Float64Array.from(gradient)
  for (let i = 0; i < n; i++) {
    for (let m = 0; m < i; m++) x[i]! -= l[i * n + m]! * x[m]!
    x[i]! /= l[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let m = i + 1; m < n; m++) x[i]! -= l[m * n + i]! * x[m]!
    x[i]! /= l[i * n + i]!
  }
  return x
}

interface Search {
  readonly weights: Float64Array
  readonly value: number
  readonly direction: Float64Array
  readonly slope: number
}

/** Newton's step, halved until the objective falls (Armijo); null: it falls no more, in float64. */
function lineSearch(problem: Problem, { weights, value, direction, slope }: Search) {
  for (let size = 1; size > 1e-10; size /= 2) {
    const next = weights.map((w, i) => w - size * direction[i]!)
    const there = objective(problem, next)
    if (there <= value - 1e-4 * size * slope) return { weights: next, value: there }
  }
  return null
}
