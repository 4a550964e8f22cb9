/** @file What one architecture's file says: where its tensors go, and what its config.json would be. */
import type { JsonObject } from '../../../sources/json.ts'
import type { GgufTensor } from '../container.ts'
import type { Undo } from '../layout.ts'
import type { ModelMetadata } from '../model-metadata.ts'

/**
 * One module: its GGUF name and its Hugging Face name, without `.weight` or `.bias`; `*` stands for the block's number, `#` for an expert's.
 * `undo` applies to weight and bias alike, except `transposed`, which concerns matrices.
 */
export interface NameRule {
  readonly gguf: string
  readonly hf: string
  readonly undo: Undo
  /** Of all experts of a block together: a matrix for each, [expert, out, in]. */
  readonly ofExperts: boolean
  /** Is it a tensor of the module itself, whose Hugging Face name has no ending? */
  readonly isParameter?: boolean
  /** Has the stored name none either? Absent: it ends in `.weight` or `.bias`. */
  readonly hasNoEnding?: boolean
  /** What the converter took off the shape: [channels, reach] for [channels, 1, reach], [width] for [1, width]. */
  readonly squeezed?: 'convolution' | 'row'
}

/** A GGUF model before its tensors are renamed. */
export interface GgufModel {
  readonly file: string
  readonly metadata: ModelMetadata
  readonly tensors: ReadonlyMap<string, GgufTensor>
  /** `rope_freqs`, `rope_factors_long`, `rope_factors_short`, where the file has them: one factor per rotated pair. */
  readonly ropeFactors: ReadonlyMap<string, readonly number[]>
}

export interface GgufFamily {
  /** Does it know models with experts? Absent: no. */
  readonly hasExperts?: boolean
  readonly rules: readonly NameRule[]
  /** The config.json that transformers would write. Errors: GGUF_KEY_MISSING, GGUF_KEY_INVALID, GGUF_MODEL_UNSUPPORTED. */
  config(model: GgufModel): JsonObject
}

export function rule(gguf: string, hf: string, undo: Undo = 'none'): NameRule {
  return { gguf, hf, undo, ofExperts: false }
}

/** The matrices or biases of all experts of a block. */
export function expertsRule(gguf: string, hf: string): NameRule {
  return { gguf, hf, undo: 'none', ofExperts: true }
}
