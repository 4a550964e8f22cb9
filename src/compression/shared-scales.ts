/**
 * @file Rounding as the paper's own scripts do it (arXiv 2606.03002), where that differs from ours: channels that share a scale,
 * arithmetic in bfloat16.
 *
 * The scripts take "all axes but the last" of a tensor as TransformerLens holds it. W_Q, W_K and W_V are (head, d_model, d_head)
 * there: one scale per position inside a head, shared by all heads. Of W_O (head, d_head, d_model), W_in, W_gate and W_out
 * (in, out) the last axis is the output channel, as everywhere.
 */
import { halfToEven } from '../numbers/half-even.ts'

/** (out, in) row-major; output channels that are equal modulo `period` share a scale. */
export interface SharedShape {
  readonly out: number
  readonly in: number
  readonly period: number
}

export interface SharedRounding {
  readonly bits: number
  readonly arithmetic?: 'bfloat16'
}

/**
 * w′ in float32. scale = max|w| / qmax, 1 where that is 0; q = round-half-even(w / scale), clamped to [−qmax − 1, qmax]; w′ = q · scale. In
 * bfloat16 w, scale, quotient and product are each rounded to it, and the quotient may then pass qmax by one below zero.
 */
export function roundShared(
  weight: Float32Array | Float64Array,
  { out, in: inputs, period }: SharedShape,
  { bits, arithmetic }: SharedRounding,
): Float32Array {
  const qmax = 2 ** (bits - 1) - 1
  const isExact = arithmetic === undefined
  const w = isExact ? weight : weight.map(toBfloat16)
  const scales = new Float64Array(period)
  for (let channel = 0; channel < out; channel++) {
    let largest = scales[channel % period]!
    for (let i = channel * inputs; i < (channel + 1) * inputs; i++) {
      const magnitude = Math.abs(w[i]!)
      if (magnitude > largest) largest = magnitude
    }
    scales[channel % period] = largest
  }
  for (let p = 0; p < period; p++)
    scales[p] = (isExact ? scales[p]! / qmax : toBfloat16(scales[p]! / qmax)) || 1
  const rounded = new Float32Array(w.length)
  for (let channel = 0; channel < out; channel++) {
    const scale = scales[channel % period]!
    for (let i = channel * inputs; i < (channel + 1) * inputs; i++) {
      const q = halfToEven(isExact ? w[i]! / scale : toBfloat16(w[i]! / scale))
      const product = Math.max(-qmax - 1, Math.min(qmax, q)) * scale
      rounded[i] = isExact ? product : toBfloat16(product)
    }
  }
  return rounded
}

const float = new Float32Array(1)
const word = new Uint32Array(float.buffer)

/** To the nearest bfloat16, ties to even, by way of float32, in which PyTorch computes. */
function toBfloat16(x: number): number {
  float[0] = x
  const bits = word[0]!
  word[0] = (bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff_0000
  return float[0]!
}
