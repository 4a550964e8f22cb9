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
import { EVERY_POSITION, type PositionSlice } from '../contract/options/positions.ts'

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

/** Half open. */
export type FeatureRange = readonly [start: number, end: number]

/**
 * A matrix by its features: the weights of those in the range, of all where none is given. Read again on every call, not kept, and
 * the caller's own to change. Errors: those of reading (TENSOR_NOT_FINITE, …).
 */
export type ReadFeatures = (range?: FeatureRange) => Promise<Float32Array>

export interface EncoderWeights {
  readonly activatesBy: ActivatesBy
  /** (d_in, d_sae), row-major: of a range the columns, (d_in, end − start). */
  readonly W_enc: ReadFeatures
  /** (d_sae) */
  readonly b_enc: Float32Array
  /** θ (d_sae), compared with a strict >; null for `standard`. May be negative: relu comes first all the same. */
  readonly threshold: Float32Array | null
}

/** Features of a group of neighbours, which stay together where a dictionary is cut: one, but for groupmax. */
export function featuresTogether(activatesBy: ActivatesBy, d_sae: number): number {
  return activatesBy !== 'feature' && activatesBy.kind === 'groupmax' ? d_sae / activatesBy.k : 1
}

/**
 * The rule for `count` of the features, whole groups, by themselves: what may be among a row's winners is among theirs. RangeError: a part
 * of a group.
 */
export function ruleAmong(activatesBy: ActivatesBy, d_sae: number, count: number): ActivatesBy {
  if (activatesBy === 'feature') return activatesBy
  const { kind, k } = activatesBy
  if (kind === 'topk') return { kind, k: Math.min(k, count) }
  const together = featuresTogether(activatesBy, d_sae)
  if (count % together !== 0) throw new RangeError(`${count} features in groups of ${together}`)
  return { kind, k: count / together }
}

/** With all its weights at hand: (d_in, d_sae), row-major. */
export interface EncoderInMemory extends Omit<EncoderWeights, 'W_enc'> {
  readonly W_enc: Float32Array
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
  /** By where they stand: all but these. */
  readonly outside: PositionSlice
  /** Beginning-of-sequence tokens: left out as special, or never put there. */
  readonly bos: boolean
}

export const TRAINED_ON_ALL: Untrained = { outside: EVERY_POSITION, bos: false }

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
  /** (d_sae, d_out), row-major: of a range the rows. */
  readonly W_dec: ReadFeatures
  /** (d_in, d_out), row-major: what a transcoder adds of its input; null: nothing. */
  W_skip(): Promise<Float32Array | null>
}

/** Weights of a range of features that is gone through by itself take so many bytes of float32 at most. */
const RANGE_BYTES = 64e6

/** Ranges of features, in order, with `each` weights of every feature in memory at once. */
export function featureRanges(
  d_sae: number,
  each: number,
  mostBytes: number = RANGE_BYTES,
): readonly FeatureRange[] {
  return rangesOf(d_sae, Math.max(1, Math.floor(mostBytes / (4 * each))))
}

/** So many features at a time, in order. */
export function rangesOf(d_sae: number, size: number): readonly FeatureRange[] {
  return Array.from({ length: Math.ceil(d_sae / size) }, (_, i) => [
    i * size,
    Math.min((i + 1) * size, d_sae),
  ])
}

/** What its columns are like: made in one pass over W_enc, a range of features after the other. */
export interface EncoderColumns {
  /**
   * The bias that makes z = x W_enc + bias, (d_sae): b_enc − b_dec W_enc where b_dec is applied to the input, else b_enc; summed in
   * float64 and not rounded.
   *
   * It saves a subtraction per token; z then differs from the two-step form by float32 rounding of x W_enc, which matters
   * only if ‖x‖ were thousands of times ‖x − b_dec‖.
   */
  readonly bias: Float64Array
  /** ‖w_j‖₂ (d_sae) */
  readonly norms: Float64Array
}

/** `mostBytes`: of weights that are asked for at a time. Errors: those of reading W_enc. */
export async function encoderColumns(
  dictionary: Pick<Dictionary, 'd_in' | 'd_sae' | 'b_dec' | 'applyBDecToInput' | 'encoder'>,
  mostBytes: number = RANGE_BYTES,
): Promise<EncoderColumns> {
  const { d_in, d_sae, b_dec, applyBDecToInput, encoder } = dictionary
  const bias = Float64Array.from(encoder.b_enc)
  const squares = new Float64Array(d_sae)
  for (const [start, end] of featureRanges(d_sae, d_in, mostBytes)) {
    const columns = await encoder.W_enc([start, end])
    const size = end - start
    for (let i = 0; i < d_in; i++) {
      const shift = applyBDecToInput ? b_dec[i]! : 0
      const row = i * size
      for (let f = 0; f < size; f++) {
        const w = columns[row + f]!
        bias[start + f]! -= shift * w
        squares[start + f]! += w * w
      }
    }
  }
  return { bias, norms: squares.map(Math.sqrt) }
}

/** ‖W_dec row‖₂ of every feature, (d_sae), float64. */
export async function decoderNorms({
  b_dec,
  d_sae,
  W_dec,
}: Pick<Dictionary, 'b_dec' | 'd_sae' | 'W_dec'>): Promise<Float64Array> {
  const norms = new Float64Array(d_sae)
  for (const range of featureRanges(d_sae, b_dec.length))
    norms.set(rowNorms(await W_dec(range), range[1] - range[0], b_dec.length), range[0])
  return norms
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
