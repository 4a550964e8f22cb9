/**
 * @file A sparse autoencoder as the audit uses it: a frozen dictionary of features, whatever file it came from.
 *
 * Names and shapes are SAELens': x (d_in) → feature_acts (d_sae).
 *
 *     standard   f = relu(z)                 z = (x − b_dec) W_enc + b_enc   when b_dec is applied to the input
 *     jumprelu   f = relu(z) · [z > θ]       z = x W_enc + b_enc             when it is not (Gemma Scope)
 *     x̂ = f W_dec + b_dec
 *
 * JumpReLU: arXiv 2407.14435, eq. 3. Other architectures (gated, top-k, transcoders)
 * are refused where they are read.
 */
import type { HookPoint } from '../contract/hook-point.ts'

/**
 * What a feature's activation depends on: its own pre-activation (ReLU, JumpReLU, gated), so that features can be had apart and
 * tiled, or all of the row's (top-k).
 */
export type ActivatesBy = 'feature' | 'row'

export interface EncoderWeights {
  readonly activatesBy: ActivatesBy
  /** (d_in, d_sae), row-major */
  readonly W_enc: Float32Array
  /** (d_sae) */
  readonly b_enc: Float32Array
  /** θ (d_sae), compared with a strict >; null for `standard`. May be negative: relu comes first all the same. */
  readonly threshold: Float32Array | null
}

export interface Dictionary {
  /** As the user wrote it. */
  readonly spec: string
  readonly architecture: 'standard' | 'jumprelu'
  readonly d_in: number
  readonly d_sae: number
  /** Where it reads. */
  readonly reads: HookPoint
  /** Where what it rebuilds stands: for an autoencoder where it reads, for a transcoder further on. */
  readonly predicts: HookPoint
  readonly applyBDecToInput: boolean
  /** Subtract each residual's mean over d_model first (trained with TransformerLens' centred writing weights). */
  readonly center: boolean
  /** What `positions: auto` means for it: `skip-first` when it was trained without special tokens or position 0. */
  readonly positions: 'all' | 'skip-first'
  /** Neuronpedia's model/source id, for links. */
  readonly neuronpedia: string | null
  /** Of the weights file, hex. */
  readonly sha256: string
  readonly encoder: EncoderWeights
  /** (d_out): width of what is predicted, d_in for an autoencoder. */
  readonly b_dec: Float32Array
  readonly warnings: readonly string[]
  /** (d_sae, d_out), row-major; read again on every call, not kept. */
  W_dec(): Promise<Float32Array>
}

/**
 * The bias that makes z = x W_enc + bias, (d_sae): b_enc − b_dec W_enc where b_dec is applied to the input, else b_enc.
 *
 * Summed in float64 and rounded once. It saves a subtraction per token; z then differs from the two-step form by float32
 * rounding of x W_enc, which matters only if ‖x‖ were thousands of times ‖x − b_dec‖.
 */
export function encoderBias(dictionary: Dictionary): Float32Array {
  if (!dictionary.applyBDecToInput) return dictionary.encoder.b_enc
  return Float32Array.from(exactEncoderBias(dictionary))
}

/** The same, not rounded. */
export function exactEncoderBias(dictionary: Dictionary): Float64Array {
  const { d_in, d_sae, b_dec, applyBDecToInput } = dictionary
  const { W_enc, b_enc } = dictionary.encoder
  const bias = Float64Array.from(b_enc)
  if (!applyBDecToInput) return bias
  for (let i = 0; i < d_in; i++) {
    const shift = b_dec[i]!
    const row = i * d_sae
    for (let f = 0; f < d_sae; f++) bias[f]! -= shift * W_enc[row + f]!
  }
  return bias
}

/** ‖W_dec row‖₂ of every feature, (d_sae), float64. */
export async function decoderNorms(dictionary: Dictionary): Promise<Float64Array> {
  const { b_dec, d_sae } = dictionary
  const d_out = b_dec.length
  const W_dec = await dictionary.W_dec()
  const norms = new Float64Array(d_sae)
  for (let f = 0; f < d_sae; f++) {
    let square = 0
    for (let i = f * d_out; i < (f + 1) * d_out; i++) square += W_dec[i]! ** 2
    norms[f] = Math.sqrt(square)
  }
  return norms
}
