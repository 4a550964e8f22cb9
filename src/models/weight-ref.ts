/** @file Where a weight lies in a checkpoint, and the activation functions that stand between weights. Shapes: as decoder-spec.ts. */

/** `clamped_silu` is gpt-oss's: of gate a and up b, both clamped, a·sigmoid(1.702 a)·(b + 1). */
export type Activation = 'gelu' | 'gelu_tanh' | 'silu' | 'relu' | 'clamped_silu'

/** Half-open range of output channels of a stored matrix. */
export type ChannelRange = readonly [start: number, end: number]

/** A matrix (or a vector beside it) cut out of a stored tensor. */
export interface WeightRef {
  readonly tensor: string
  /** Shape the stored tensor must have. */
  readonly storedShape: readonly number[]
  /** `out-in`: rows are output channels. `in-out`: columns are (GPT-2's Conv1D). Vectors: `out-in`. */
  readonly layout: 'out-in' | 'in-out'
  /** Output channels to take, in this order; null: all. */
  readonly channels: readonly ChannelRange[] | null
}

export interface LinearRef {
  readonly weight: WeightRef
  readonly bias: WeightRef | null
}

export interface NormRef {
  /** Null: a norm without parameters (OLMo 1), as if all gains were 1. */
  readonly gain: WeightRef | null
  readonly bias: WeightRef | null
}
