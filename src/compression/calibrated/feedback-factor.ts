/**
 * @file How an error made in one input of a layer is made up for in the inputs behind it.
 *
 * With H = Σ x xᵀ over calibration inputs and e = w − ŵ, a row of a layer adds e H eᵀ to the squared error of its output. Let
 * H = (I + M) D (I + M)ᵀ, M strictly upper triangular: then e H eᵀ = Σ_k D_k (e_k + Σ_{j<k} e_j M_jk)². Inputs chosen in their order,
 * the best value for k is the one nearest to w_k + Σ_{j<k} e_j M_jk (arXiv 2307.13304 shows that this is what GPTQ, arXiv
 * 2210.17323, computes by way of the inverse of H: U_kk there is 1/√D_k). M comes from the Cholesky factor of H with both its
 * sides reversed, 1/3 n³ operations; the inverse is never made.
 */
import { addRowProducts } from '../products/row-products.ts'

export interface FeedbackFactor {
  readonly size: number
  /** (size, size): M_jk at [k][j], j < k. What lies elsewhere says nothing. */
  readonly feedback: Float64Array
  /** (size) D. */
  readonly weights: Float64Array
  /** Inputs that no calibration token used: their weights count for nothing. */
  readonly dead: Uint8Array
}

/** Added to the diagonal of H, as a part of its mean: the default of GPTQ's and SparseGPT's code. */
const DAMPING = 0.01
/** Columns that are factored together. */
const PANEL = 64

/** Of `products`, (size, size) Σ x xᵀ, symmetric; it is left alone. */
export function feedbackFactor(products: ArrayLike<number>, size: number): FeedbackFactor {
  const unused = Uint8Array.from({ length: size }, (_, k) => (products[k * size + k]! > 0 ? 0 : 1))
  // An expert that no calibration token reached: nothing tells its inputs apart, and none is given up.
  const dead = unused.includes(0) ? unused : new Uint8Array(size)
  let mean = 0
  for (let k = 0; k < size; k++) mean += (products[k * size + k]! > 0 ? products[k * size + k]! : 1) / size
  // Sums in float32 may leave an H that is no square: more is added until it is one.
  for (let damping = DAMPING; ; damping *= 10) {
    const factor = reversed(products, dead, damping * mean)
    if (!factorLower(factor, size)) continue
    const weights = new Float64Array(size)
    for (let k = 0; k < size; k++) weights[k] = factor[(size - 1 - k) * (size + 1)]! ** 2
    turnAcross(factor, size)
    for (let k = 0; k < size; k++) {
      const diagonal = factor[k * size + k]!
      for (let j = 0; j < k; j++) factor[k * size + j]! /= diagonal
    }
    return { size, feedback: factor, weights, dead }
  }
}

/** (I + M)⁻¹ of inputs [start, end), transposed: [k][j], row-major and whole. */
export function undoneFeedback({ feedback, size }: FeedbackFactor, start: number, end: number): Float64Array {
  const width = end - start
  const inverse = new Float64Array(width * width)
  for (let k = 0; k < width; k++) {
    inverse[k * width + k] = 1
    // Of (I + M) X = I: X_jk = −M_jk − Σ X_ji M_ik over j < i < k.
    for (let j = 0; j < k; j++) {
      let sum = -feedback[(start + k) * size + start + j]!
      for (let i = j + 1; i < k; i++)
        sum -= inverse[i * width + j]! * feedback[(start + k) * size + start + i]!
      inverse[k * width + j] = sum
    }
  }
  return inverse
}

/** H with rows and columns in reverse; its lower half is what is read. */
function reversed(products: ArrayLike<number>, dead: Uint8Array, damping: number): Float64Array {
  const size = dead.length
  const turned = new Float64Array(size * size)
  for (let k = 0; k < size; k++) {
    const from = (size - 1 - k) * size + size - 1
    for (let j = 0; j <= k; j++) turned[k * size + j] = products[from - j]!
    const diagonal = k * size + k
    turned[diagonal] = (turned[diagonal]! > 0 ? turned[diagonal]! : 1) + damping
  }
  return turned
}

/** Cholesky in place, lower triangle, panel by panel. False: it has none. */
function factorLower(a: Float64Array, size: number): boolean {
  for (let start = 0; start < size; start += PANEL) {
    const end = Math.min(start + PANEL, size)
    const panel = { data: a, start: start * size, stride: size }
    addRowProducts({ ...panel, start: start * size + start }, panel, panel, {
      rows: size - start,
      columns: end - start,
      depth: start,
      sign: -1,
    })
    if (!factorPanel(a, size, start, end)) return false
  }
  return true
}

function factorPanel(a: Float64Array, size: number, start: number, end: number): boolean {
  for (let k = start; k < end; k++) {
    let pivot = a[k * size + k]!
    for (let p = start; p < k; p++) pivot -= a[k * size + p]! ** 2
    if (!(pivot > 0)) return false
    const root = Math.sqrt(pivot)
    a[k * size + k] = root
    for (let i = k + 1; i < size; i++) {
      let sum = a[i * size + k]!
      for (let p = start; p < k; p++) sum -= a[i * size + p]! * a[k * size + p]!
      a[i * size + k] = sum / root
    }
  }
  return true
}

/** [k][j] and [n − 1 − j][n − 1 − k] change places: the lower triangle is mirrored at the other diagonal. */
function turnAcross(a: Float64Array, size: number): void {
  for (let k = 0; k < size; k++) {
    for (let j = 0; j <= k && j < size - 1 - k; j++) {
      const [here, there] = [k * size + j, (size - 1 - j) * size + size - 1 - k]
      const kept = a[here]!
      a[here] = a[there]!
      a[there] = kept
    }
  }
}
