/** @file What is added where the reference fires a feature, by model and edit: strengths of its decoder row, position by position. */
import { CAUSAL_EDITS } from '../../contract/report/causal/causal-schema.ts'
import { present } from '../../numbers/present.ts'
import type { InputRows } from '../../sae/dictionary.ts'

/** For each edit the first that does the same to the reference: its own f is the reference's. */
export const SAME_IN_REFERENCE = CAUSAL_EDITS.map(({ name }, e) =>
  name === 'ablate-reference' ? CAUSAL_EDITS.findIndex((other) => other.name === 'ablate') : e,
)

/** Rows of one model where a feature is looked at. */
export interface SeenRows {
  /** (rows) activation of the feature. */
  readonly activations: Float32Array
  /** (rows) how much of the stream one unit of activation is: not 1 where rows are normalised before they are encoded. */
  readonly units: Float64Array
}

const LAYER_NORM_EPSILON = 1e-5

/**
 * (rows) by what a rebuilt row is multiplied to be one of the stream again. `encoded` (rows, width): as they are encoded, before they are
 * normalised; `scale`: what the stream was multiplied by for that.
 */
export function rowUnits(
  input: InputRows,
  encoded: Float32Array,
  width: number,
  scale: number,
): Float64Array {
  const rows = encoded.length / width
  return Float64Array.from({ length: rows }, (_, row) => {
    if (input === 'plain') return 1 / scale
    const values = encoded.subarray(row * width, (row + 1) * width)
    if (input === 'constant_norm_rescale') return Math.sqrt(meanSquare(values, 0, width)) / scale
    const mean = values.reduce((sum, value) => sum + value, 0) / width
    return (Math.sqrt(meanSquare(values, mean, width - 1)) + LAYER_NORM_EPSILON) / scale
  })
}

function meanSquare(values: Float32Array, mean: number, count: number): number {
  let sum = 0
  for (const value of values) sum += (value - mean) ** 2
  return sum / count
}

/** A feature's own peak in the reference, and where it is edited. */
export interface EditPlaces {
  readonly peak: number
  /** (rows) 1 where the reference fires it at a position that counts. */
  readonly fires: Uint8Array
}

/** (rows) for each of CAUSAL_EDITS. `reference`: what the reference makes of the same rows. */
export function editStrengths(
  own: SeenRows,
  reference: SeenRows,
  { peak, fires }: EditPlaces,
): readonly Float32Array[] {
  return CAUSAL_EDITS.map(({ name, strength }) =>
    Float32Array.from(fires, (isFiring, row) => {
      if (isFiring === 0) return 0
      const unit = present(own.units[row])
      if (name === 'steer') return strength * peak * unit
      const { activations } = name === 'ablate' ? own : reference
      return -present(activations[row]) * unit
    }),
  )
}
