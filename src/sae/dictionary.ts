/**
 * @file A sparse autoencoder as the audit uses it: a frozen dictionary of features, whatever file it came from.
 *
 * Names and shapes are SAELens': x (d_in) → feature_acts (d_sae).
 *
 *     z = (x − b_dec) W_enc + b_enc   when b_dec is applied to the input, x W_enc + b_enc when it is not
 *     standard   f = relu(z)
 *     jumprelu   f = relu(z) · [z > θ]                        arXiv 2407.14435, eq. 3
 *     topk       f = relu(z) where z is among the k largest of its row, else 0   arXiv 2406.04093
 *     groupmax   f = relu(z) where z is the largest of its group, features in k groups of neighbours
 *     x̂ = f W_dec + b_dec (+ x W_skip)
 *
 * Gated dictionaries and top-k by decoder norm are brought into these forms where they are read (forms.ts).
 */
import type { HookPoint } from '../contract/hook-point.ts'

/** Which of a row's features fire: the k largest, or of each of k groups the largest. */
export interface RowRule {
  readonly kind: 'topk' | 'groupmax'
  readonly k: number
}

/**
 * What a feature's activation depends on: its own pre-activation (ReLU, JumpReLU, gated), so that features can be had apart and
 * tiled, or all of the row's (top-k).
 */
export type ActivatesBy = 'feature' | RowRule

/**
 * What is done to a row before it is encoded, and undone on what is rebuilt. `layer_norm`: (x − mean) / (std + 1e-5), std over
 * n − 1. `constant_norm_rescale`: x · √d / ‖x‖.
 */
export type InputRows = 'plain' | 'layer_norm' | 'constant_norm_rescale'

export interface EncoderWeights {
  readonly activatesBy: ActivatesBy
  /** (d_in, d_sae), row-major */
  readonly W_enc: Float32Array
  /** (d_sae) */
  readonly b_enc: Float32Array
  /** θ (d_sae), compared with a strict >; null for `standard`. May be negative: relu comes first all the same. */
  readonly threshold: Float32Array | null
}

/** What a dictionary says of itself, to be held against what is measured; null: nothing. */
export interface Claims {
  /** Features that fire per position. */
  readonly l0: number | null
  /** Part of the variance that is left. */
  readonly unexplained: number | null
  /** The model it was trained on, by the name its project uses. */
  readonly model: string | null
  /** Positions of a context in training. */
  readonly contextSize: number | null
}

export const NO_CLAIMS: Claims = { l0: null, unexplained: null, model: null, contextSize: null }

/** Positions of a sequence that it never saw in training. */
export interface Untrained {
  /** So many at the start of a context. */
  readonly first: number
  /** Beginning-of-sequence tokens: left out as special, or never put there. */
  readonly bos: boolean
}

export const TRAINED_ON_ALL: Untrained = { first: 0, bos: false }

export type Architecture = 'standard' | 'jumprelu' | 'gated' | 'topk' | 'groupmax'

export interface Dictionary {
  /** As the user wrote it. */
  readonly spec: string
  readonly architecture: Architecture
  readonly d_in: number
  readonly d_sae: number
  /** Where it reads. */
  readonly reads: HookPoint
  /** Where what it rebuilds stands: for an autoencoder where it reads, for a transcoder further on. */
  readonly predicts: HookPoint
  readonly input: InputRows
  readonly applyBDecToInput: boolean
  /** Subtract each residual's mean over d_model first (trained with TransformerLens' centred writing weights). */
  readonly center: boolean
  readonly untrained: Untrained
  /** Neuronpedia's model/source id, for links. */
  readonly neuronpedia: string | null
  readonly claims: Claims
  /** Of the files that were read of it, weights and config, hex. */
  readonly sha256: string
  readonly encoder: EncoderWeights
  /** (d_out): width of what is predicted, d_in for an autoencoder. */
  readonly b_dec: Float32Array
  readonly warnings: readonly string[]
  /** Does it alone rebuild anything? A layer of a cross-layer transcoder does not. */
  readonly rebuilds: boolean
  /** (d_sae, d_out), row-major; read again on every call, not kept. */
  W_dec(): Promise<Float32Array>
  /** (d_in, d_out), row-major: what a transcoder adds of its input; null: nothing. */
  W_skip(): Promise<Float32Array | null>
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
  return rowNorms(await dictionary.W_dec(), d_sae, b_dec.length)
}

/** ‖row‖₂ of a matrix (rows, width), float64. */
export function rowNorms(matrix: Float32Array, rows: number, width: number): Float64Array {
  const norms = new Float64Array(rows)
  for (let f = 0; f < rows; f++) {
    let square = 0
    for (let i = f * width; i < (f + 1) * width; i++) square += matrix[i]! ** 2
    norms[f] = Math.sqrt(square)
  }
  return norms
}
