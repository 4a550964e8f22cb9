/** @file Encoders in the form of another that computes the same: matrices as they are read, in place where they are in memory. */
import type { EncoderWeights, ReadFeatures } from './dictionary.ts'

/** Columns of a matrix (rows, d_sae) that is in memory, copied. */
export function columnsInMemory(matrix: Float32Array, rows: number): ReadFeatures {
  const width = matrix.length / rows
  return async ([start, end] = [0, width]) => {
    const columns = new Float32Array(rows * (end - start))
    for (let row = 0; row < rows; row++)
      columns.set(matrix.subarray(row * width + start, row * width + end), row * (end - start))
    return columns
  }
}

/** The encoder whose input (d_in) is multiplied by this first: folded as SAELens does. */
export function scaledInput(encoder: EncoderWeights, scale: number): EncoderWeights {
  return { ...encoder, W_enc: readTimes(encoder.W_enc, scale) }
}

/** Every weight times a factor, as it is read. */
export function readTimes(read: ReadFeatures, factor: number): ReadFeatures {
  if (factor === 1) return read
  return async (range) => {
    const weights = await read(range)
    multiply(weights, factor)
    return weights
  }
}

/** Column f of a matrix (rows, d_sae) times factors[f], as it is read. */
export function readScaledColumns(read: ReadFeatures, factors: Float64Array): ReadFeatures {
  return async (range = [0, factors.length]) => {
    const columns = await read(range)
    scaleColumns(columns, factors.subarray(...range))
    return columns
  }
}

/** Row f of a matrix (d_sae, width) times factors[f], as it is read. */
export function readScaledRows(read: ReadFeatures, factors: Float32Array | Float64Array): ReadFeatures {
  return async (range = [0, factors.length]) => {
    const rows = await read(range)
    scaleRows(rows, factors.subarray(...range), rows.length / (range[1] - range[0]))
    return rows
  }
}

/** A decoder (d_sae, width) whose rows have these norms, with rows of norm 1, as it is read; zeros stay. */
export function readUnitRows(read: ReadFeatures, norms: Float64Array): ReadFeatures {
  return readScaledRows(
    read,
    norms.map((norm) => (norm === 0 ? 1 : 1 / norm)),
  )
}

/** The parameters of a gated encoder, (d_sae) each. */
export interface Gates {
  readonly b_gate: Float32Array
  readonly b_mag: Float32Array
  readonly r_mag: Float32Array
}

/**
 * A gated encoder, f = [u + b_gate > 0] · relu(e^r_mag · u + b_mag) with u = x W_enc (b_dec taken off x where it is applied), as a
 * JumpReLU: the magnitude is z = x (W_enc e^r_mag) + b_mag, and the gate is open where z > b_mag − e^r_mag · b_gate.
 * arXiv 2404.16014, section 3.2 and appendix E.
 */
export function gatedAsJumpRelu(W_enc: ReadFeatures, { b_gate, b_mag, r_mag }: Gates): EncoderWeights {
  const gain = Float64Array.from(r_mag, Math.exp)
  const threshold = Float32Array.from(b_mag, (bias, f) => bias - gain[f]! * b_gate[f]!)
  return { activatesBy: 'feature', W_enc: readScaledColumns(W_enc, gain), b_enc: b_mag, threshold }
}

/** Multiply column f of (rows, d_sae) by factors[f], in place. */
export function scaleColumns(matrix: Float32Array, factors: Float64Array): void {
  const width = factors.length
  for (let start = 0; start < matrix.length; start += width) {
    for (let f = 0; f < width; f++) matrix[start + f]! *= factors[f]!
  }
}

/** Multiply row f of (d_sae, width) by factors[f], in place. */
export function scaleRows(matrix: Float32Array, factors: ArrayLike<number>, width: number): void {
  for (let f = 0; f < factors.length; f++) multiply(matrix.subarray(f * width, (f + 1) * width), factors[f]!)
}

/** In place. */
export function multiply(values: Float32Array, factor: number): void {
  if (factor === 1) return
  for (let i = 0; i < values.length; i++) values[i]! *= factor
}
