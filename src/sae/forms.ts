/** @file Encoders in the form of another that computes the same: in place where weights are large. */
import type { EncoderWeights } from './dictionary.ts'

/** x (d_in) is multiplied by this before it is encoded, and what is rebuilt divided: folded as SAELens does. */
export function scaleInput(encoder: EncoderWeights, b_dec: Float32Array, scale: number): void {
  multiply(encoder.W_enc, scale)
  multiply(b_dec, 1 / scale)
}

/** The parameters of a gated encoder, (d_sae) each. */
export interface Gates {
  readonly b_gate: Float32Array
  readonly b_mag: Float32Array
  readonly r_mag: Float32Array
}

/**
 * A gated encoder, f = [u + b_gate > 0] · relu(e^r_mag · u + b_mag) with u = x W_enc (b_dec taken off x where it is applied), as a
 * JumpReLU: the magnitude is z = x (W_enc e^r_mag) + b_mag, and the gate is open where z > b_mag − e^r_mag · b_gate. W_enc is
 * scaled in place. arXiv 2404.16014, section 3.2 and appendix E.
 */
export function gatedAsJumpRelu(W_enc: Float32Array, { b_gate, b_mag, r_mag }: Gates): EncoderWeights {
  const gain = Float64Array.from(r_mag, Math.exp)
  scaleColumns(W_enc, gain)
  const threshold = Float32Array.from(b_mag, (bias, f) => bias - gain[f]! * b_gate[f]!)
  return { activatesBy: 'feature', W_enc, b_enc: b_mag, threshold }
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
