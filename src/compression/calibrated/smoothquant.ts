/**
 * @file SmoothQuant (arXiv 2211.10438): what makes inputs hard to round is moved into the weights, s_j = √(max|x_j| / max|w_j|) over the
 * matrices that read input j. The norm before them gives x/s, they hold w·s, and both are rounded.
 */
import type { Rows } from './feedback.ts'

const LEAST = 1e-5

/** (in) s. `largest`: (in) the largest |x|. */
export function smoothingScales(matrices: readonly Rows[], largest: ArrayLike<number>): Float64Array {
  const weights = new Float64Array(largest.length).fill(LEAST)
  for (const { data, out, in: inputs } of matrices) {
    for (let row = 0; row < out; row++) {
      for (let k = 0; k < inputs; k++) weights[k] = Math.max(weights[k]!, Math.abs(data[row * inputs + k]!))
    }
  }
  return weights.map((weight, k) => Math.max(LEAST, Math.sqrt(largest[k]! / weight)))
}

/** w · s, float32. */
export function smoothed({ data, out, in: inputs }: Rows, scales: Float64Array): Float32Array {
  const scaled = new Float32Array(data.length)
  for (let row = 0, i = 0; row < out; row++) {
    for (let k = 0; k < inputs; k++, i++) scaled[i] = data[i]! * scales[k]!
  }
  return scaled
}
