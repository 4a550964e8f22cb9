/** @file What a checkpoint is, found out without reading its weights: what `saegate inspect` prints. */
import type { Checkpoint } from '../../checkpoints/open.ts'
import { SaegateError } from '../../errors/problem.ts'
import type { TensorEntry } from '../../tensors/tensor.ts'
import { activationsInWords } from './activations.ts'
import { decoderOf } from './decoder.ts'

export interface TypeCount {
  readonly type: string
  readonly tensors: number
  readonly parameters: number
  readonly bytes: number
}

/** Of a Hugging Face folder or a GGUF file. `--json` prints it as it is. */
export interface Inspection {
  readonly spec: string
  readonly revision: string | null
  readonly format: 'safetensors' | 'gguf'
  /** model_type of its config. */
  readonly family: string
  readonly parameters: number
  /** Stored bytes of all tensors. */
  readonly bytes: number
  readonly storedAs: string
  /** Most bytes first. */
  readonly types: readonly TypeCount[]
  /** Null where the weights are plain floats. */
  readonly quantization: {
    readonly method: string
    readonly bits: number | null
    readonly groupSize: number | null
    readonly tensors: number
    readonly parameters: number
    readonly activations: string | null
    readonly rotation: string | null
  } | null
  /** Modules whose matrix is stored as plain floats although others are quantized. */
  readonly unquantized: readonly string[]
  /** Null where it cannot be audited; `problem` says why, `fix` what to do. */
  readonly decoder: {
    readonly blocks: number
    readonly width: number
    readonly vocabulary: number
    readonly maxPositions: number | null
    readonly tiedEmbeddings: boolean
  } | null
  readonly problem: string | null
  readonly fix: string | null
  /** What an audit would warn of, as far as it needs no reference. */
  readonly warnings: readonly string[]
}

export function inspectCheckpoint(checkpoint: Checkpoint): Inspection {
  const entries = [...checkpoint.tensors.entries.values()]
  const { model_type: family } = checkpoint.config
  return {
    spec: checkpoint.spec,
    revision: checkpoint.revision,
    format: checkpoint.gguf === null ? 'safetensors' : 'gguf',
    family: typeof family === 'string' ? family : 'unknown',
    parameters: checkpoint.parameters,
    bytes: entries.reduce((sum, { byteLength }) => sum + byteLength, 0),
    storedAs: checkpoint.storedAs,
    types: typeCounts(entries),
    quantization: quantizationOf(checkpoint),
    unquantized: checkpoint.packed?.unquantized ?? (checkpoint.gguf === null ? [] : plainOfGguf(entries)),
    ...decoderIn(checkpoint),
  }
}

function typeCounts(entries: readonly TensorEntry[]): readonly TypeCount[] {
  const counts = new Map<string, TypeCount>()
  for (const { storedAs: type, shape, byteLength } of entries) {
    const { tensors, parameters, bytes } = counts.get(type) ?? { tensors: 0, parameters: 0, bytes: 0 }
    const values = shape.reduce((product, size) => product * size, 1)
    counts.set(type, {
      type,
      tensors: tensors + 1,
      parameters: parameters + values,
      bytes: bytes + byteLength,
    })
  }
  return [...counts.values()].sort((a, b) => b.bytes - a.bytes || (a.type < b.type ? -1 : 1))
}

function quantizationOf(checkpoint: Checkpoint): Inspection['quantization'] {
  const { packed, gguf } = checkpoint
  if (packed !== null) {
    const { bits, groupSize, tensors, parameters } = packed.describe
    const activations = activationsInWords(checkpoint, 'simulate')
    const group = { groupSize: groupSize ?? null, tensors, parameters }
    return { method: packed.method, bits, ...group, activations, rotation: packed.rotation }
  }
  if (gguf === null || [...gguf.types.keys()].every(isPlain)) return null
  return { ...gguf.describe, groupSize: null, activations: null, rotation: null }
}

/** ggml's names; a file of these alone is not quantized. */
const isPlain = (type: string): boolean => type === 'F32' || type === 'F16' || type === 'BF16'

function plainOfGguf(entries: readonly TensorEntry[]): readonly string[] {
  const matrices = entries.filter(({ shape }) => shape.length === 2)
  const plain = matrices.filter(({ storedAs }) => isPlain(storedAs))
  if (plain.length === matrices.length) return []
  return plain.map(({ name }) => name.replace(/\.weight$/, ''))
}

function decoderIn(checkpoint: Checkpoint): Pick<Inspection, 'decoder' | 'problem' | 'fix' | 'warnings'> {
  try {
    const { spec, weights, warnings } = decoderOf(checkpoint, 1)
    const decoder = {
      blocks: spec.blocks.length,
      width: spec.d_model,
      vocabulary: spec.n_vocab,
      maxPositions: spec.maxPositions,
      tiedEmbeddings: weights.unembedding.weight.tensor === weights.embedding.tensor,
    }
    return { decoder, problem: null, fix: null, warnings }
  } catch (error) {
    if (!(error instanceof SaegateError)) throw error
    return { decoder: null, problem: error.message, fix: error.fix, warnings: checkpoint.warnings }
  }
}
