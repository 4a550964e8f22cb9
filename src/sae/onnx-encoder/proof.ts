/** @file Was an exported encoder read right? Its own graph and what was read of it, on trial rows of several sizes. */
import { onnxEncoderDiffers } from '../../errors/sae.ts'
import type { EncoderInMemory } from '../dictionary.ts'
import type { SaeSize } from '../weights.ts'

export const TRIAL_ROWS = 8

/** Of the largest pre-activation of a row: rounding of float32 sums, and of a graph that computes in float16. */
const TOLERANCE = { float32: 1e-4, float16: 2e-2 } as const

export type Width = keyof typeof TOLERANCE

/** Rows at sizes from 1 to 64, because thresholds are of the size of activations: (rows, d_in). */
export function trialRows(rows: number, d_in: number): Float32Array {
  // Of the golden ratio's multiples: spread evenly, the same on every machine.
  const spread = (n: number): number => ((n * 0.6180339887498949) % 1) * 2 - 1
  return Float32Array.from({ length: rows * d_in }, (_, at) => {
    const row = Math.floor(at / d_in)
    return spread(at + 1) * 4 ** ((row % TRIAL_ROWS) >> 1)
  })
}

/** Trial rows, what the graph made of them (rows, d_sae), and in which type. */
export interface Trial {
  readonly rows: Float32Array
  readonly activations: Float32Array
  readonly width: Width
}

/** Errors: SAE_ONNX_DIFFERS. */
export function proveRead(place: string, encoder: EncoderInMemory, size: SaeSize, trial: Trial): void {
  const { d_in, d_sae } = size
  for (let row = 0; row < Math.min(TRIAL_ROWS, trial.rows.length / d_in); row++) {
    const x = trial.rows.subarray(row * d_in, (row + 1) * d_in)
    const found = activationsOf(x, encoder, size)
    const given = trial.activations.subarray(row * d_sae, (row + 1) * d_sae)
    const slack = TOLERANCE[trial.width] * Math.max(1e-3, found.size)
    for (let f = 0; f < d_sae; f++) {
      // On either side of a threshold both are right.
      const near = Math.abs(found.margin[f]!) <= slack
      const error = Math.abs(found.values[f]! - given[f]!)
      if (!(error <= slack) && !(near && (given[f] === 0 || found.values[f] === 0)))
        throw onnxEncoderDiffers(place, row, f, found.values[f]!, given[f] ?? Number.NaN)
    }
  }
}

/** In float64: activations, by how much each fires or does not, and the largest pre-activation. */
function activationsOf(
  x: Float32Array,
  { W_enc, b_enc, threshold, activatesBy }: EncoderInMemory,
  { d_in, d_sae }: SaeSize,
) {
  const z = Float64Array.from(b_enc)
  for (let i = 0; i < d_in; i++) {
    const factor = x[i]!
    for (let f = 0; f < d_sae; f++) z[f]! += factor * W_enc[i * d_sae + f]!
  }
  const size = z.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  const least = activatesBy === 'feature' ? null : Float64Array.from(z).sort()[d_sae - activatesBy.k]!
  const margin = z.map((value, f) => value - (least ?? Math.max(0, threshold?.[f] ?? 0)))
  const values = z.map((value, f) =>
    (least === null ? margin[f]! > 0 : margin[f]! >= 0) ? Math.max(0, value) : 0,
  )
  return { values, margin, size }
}
