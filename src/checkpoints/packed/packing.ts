/** @file What a reader of one packing hands to `decodePacked`, and what that hands on. */
import type { ActivationQuantization } from '../../contract/activation-quantization.ts'
import type { JsonObject } from '../../sources/json.ts'
import type { RawTensorTable } from '../../tensors/raw-tensor.ts'
import type { TensorTable } from '../../tensors/tensor.ts'

/** One weight that is stored in another form, before it is decoded. */
export interface PackedWeight {
  /** The module it belongs to: `model.layers.0.self_attn.q_proj`. */
  readonly module: string
  /** The tensor it decodes to: `model.layers.0.self_attn.q_proj.weight`. */
  readonly name: string
  /** [N outputs, K inputs]. */
  readonly shape: readonly [outputs: number, inputs: number]
  /** The packing in words: `gptq 4-bit g128`. */
  readonly storedAs: string
  /** Inputs that share a scale: the size of a quantization group; null where scales are per channel, per tensor or per two-dimensional block. */
  readonly groupSize: number | null
  /** Stored bytes: codes, scales, zero points. */
  readonly byteLength: number
  /** float32 [N, K], row-major. */
  decode(): Promise<Float32Array>
}

/** What was found of one packing in a checkpoint. */
export interface Packing {
  /** `gptq`, `awq`, …: the report's `compression.method`. */
  readonly method: string
  readonly weights: readonly PackedWeight[]
  /** Stored tensors that are parts of packed weights, so not weights themselves. */
  readonly parts: ReadonlySet<string>
  readonly activations: ReadonlyMap<string, ActivationQuantization>
  /** Does the config say that this module is not quantized? null: it says nothing of modules. */
  readonly isExempt: ((module: string) => boolean) | null
  readonly warnings: readonly string[]
}

/** A reader of one packing. Returns null when no tensor of the checkpoint is packed so. */
export type PackingReader = (raw: RawTensorTable, quantization: JsonObject) => Promise<Packing | null>

/** A quantized checkpoint with every weight under its usual name. */
export interface PackedCheckpoint {
  /** Packed weights appear as `X.weight` and decode to float32 when read; all other tensors pass through. */
  readonly table: TensorTable
  readonly method: string
  readonly describe: {
    /** Mean stored bits per compressed weight, scales and zero points included; null when nothing is packed. */
    readonly bits: number | null
    /** Present where all compressed weights share one. */
    readonly groupSize?: number
    readonly tensors: number
    readonly parameters: number
  }
  /** Modules with a weight matrix that the artifact left as it was, embeddings included. */
  readonly unquantized: readonly string[]
  /** Declared run-time quantization of the inputs of linear layers, by module. */
  readonly activations: ReadonlyMap<string, ActivationQuantization>
  /** Why the residual stream may lie in a turned basis, as the config says it; null when it does not. */
  readonly rotation: string | null
  readonly warnings: readonly string[]
}
