/**
 * @file AWQ (arXiv 2306.00978): inputs that are large on average have their weights scaled up before they are rounded, and down after;
 * one scale per input, s = (mean |x|)^α, for all matrices that read it, α the best of 20 by the error of their outputs.
 *
 * The error is that on synthetic inputs which have the second moments of the calibration's: (I + M) √D z, z of ±1 drawn by a fixed
 * seed (feedback-factor.ts). Its mean is Σ e H eᵀ over rows, for a fraction of what H itself would cost.
 */

import { addRowProducts } from '../products/row-products.ts'
import type { Rows } from './feedback.ts'
import type { FeedbackFactor } from './feedback-factor.ts'
import { levelsOf, nearestLevel } from './levels.ts'

const EXPONENTS = 20
const LEAST_SCALE = 1e-4
/** Synthetic inputs. */
const PROBES = 64

export interface AwqRounding {
  readonly bits: number
  readonly group: number | null
}

/** (in) s, for all of the matrices. `magnitudes`: (in) Σ|x|. */
export function awqScales(
  matrices: readonly Rows[],
  magnitudes: ArrayLike<number>,
  factor: FeedbackFactor,
  how: AwqRounding,
): Float64Array {
  const probes = syntheticInputs(factor)
  let best: Float64Array = new Float64Array(factor.size).fill(1)
  let least = Number.POSITIVE_INFINITY
  for (let step = 0; step < EXPONENTS; step++) {
    const scales = scalesAt(magnitudes, step / EXPONENTS)
    const error = matrices.reduce((sum, rows) => sum + outputError(rows, awq(rows, scales, how), probes), 0)
    if (error < least) [best, least] = [scales, error]
  }
  return best
}

/** Rounded with scales s: Q(w s)/s. */
export function awq(
  { data, out, in: inputs }: Rows,
  scales: Float64Array,
  { bits, group }: AwqRounding,
): Float32Array {
  const rounded = new Float32Array(data.length)
  const size = group ?? inputs
  for (let row = 0; row < out; row++) {
    for (let first = 0; first < inputs; first += size) {
      const end = Math.min(first + size, inputs)
      const scaled = Float64Array.from(
        { length: end - first },
        (_, i) => data[row * inputs + first + i]! * scales[first + i]!,
      )
      const levels = levelsOf(scaled, bits)
      for (let k = first; k < end; k++)
        rounded[row * inputs + k] = nearestLevel(scaled[k - first]!, levels) / scales[k]!
    }
  }
  return rounded
}

/** m^α with its largest times its smallest made 1. A mean is as good as a sum then. */
function scalesAt(magnitudes: ArrayLike<number>, exponent: number): Float64Array {
  const total = Array.from(magnitudes).reduce((sum, one) => sum + one, 0) / magnitudes.length
  const scales = Float64Array.from(magnitudes, (one) =>
    Math.max(LEAST_SCALE, (one / (total || 1)) ** exponent),
  )
  const [least, most] = [scales.reduce((a, b) => Math.min(a, b)), scales.reduce((a, b) => Math.max(a, b))]
  return scales.map((one) => one / Math.sqrt(least * most))
}

/** (PROBES, in). */
function syntheticInputs({ size, feedback, weights }: FeedbackFactor): Float64Array {
  const inputs = new Float64Array(PROBES * size)
  let state = 1
  for (let probe = 0; probe < PROBES; probe++) {
    const x = inputs.subarray(probe * size, (probe + 1) * size)
    for (let k = 0; k < size; k++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      const z = state >= 2 ** 31 ? Math.sqrt(weights[k]!) : -Math.sqrt(weights[k]!)
      for (let j = 0; j < k; j++) x[j]! += feedback[k * size + j]! * z
      x[k]! += z
    }
  }
  return inputs
}

function outputError({ data, out, in: inputs }: Rows, rounded: Float32Array, probes: Float64Array): number {
  const errors = Float64Array.from(data, (weight, i) => weight - rounded[i]!)
  const outputs = new Float64Array(out * PROBES)
  const [left, right] = [
    { data: errors, start: 0, stride: inputs },
    { data: probes, start: 0, stride: inputs },
  ]
  const size = { rows: out, columns: PROBES, depth: inputs, sign: 1 } as const
  addRowProducts({ data: outputs, start: 0, stride: PROBES }, left, right, size)
  return outputs.reduce((sum, value) => sum + value * value, 0)
}
