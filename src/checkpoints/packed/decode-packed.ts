/**
 * @file Quantized Hugging Face folders: which packing a checkpoint uses, and its weights under their usual names.
 *
 * `quantization_config` of config.json names the method; the tensors that are there decide over it where the two differ,
 * with a warning. Left out: pickled checkpoints.
 */
import type { JsonObject } from '../../sources/json.ts'
import type { RawTensorTable } from '../../tensors/raw-tensor.ts'
import type { TensorTable } from '../../tensors/tensor.ts'
import { cacheScaleWarnings } from './cache-scales.ts'
import { declaredRotation } from './declared/rotation.ts'
import { quantizationConfig } from './declared/section.ts'
import { packedTable } from './packed-table.ts'
import type { PackedCheckpoint, PackedWeight, Packing } from './packing.ts'
import { methodOfTensors } from './seen-method.ts'

/** Files that older tools write beside config.json; their content stands in for a missing quantization_config. */
export const QUANTIZATION_FILES = [
  'quantize_config.json',
  'quant_config.json',
  'hf_quant_config.json',
] as const

/**
 * Decode what is packed; null when the checkpoint is not quantized. `plain` reads the same tensors as they are; `config` is
 * config.json (with the content of one of `QUANTIZATION_FILES` as quantization_config where it has none).
 * Errors: PACKED_*. Nothing but small tensors (shapes, static scales) is read before a weight is asked for.
 */
export async function decodePacked(
  raw: RawTensorTable,
  plain: TensorTable,
  config: JsonObject,
): Promise<PackedCheckpoint | null> {
  const quantization = quantizationConfig(config)
  const seen = methodOfTensors(raw)
  if (quantization === null && seen === null) return null
  // Loaded where something is packed: most checkpoints are plain.
  const { readPacking } = await import('./read-packing.ts')
  const { packing, warnings } = await readPacking(raw, quantization, seen)
  const rotation = quantization === null ? null : declaredRotation(quantization)
  const turned = config.model_type === 'gpt2' || config.model_type === 'openai-gpt'
  const table = packedTable(plain, packing, turned)
  const unquantized = matricesLeft(table, packing)
  return {
    table,
    method: packing.method,
    describe: describe(packing.weights),
    unquantized,
    activations: packing.activations,
    rotation,
    warnings: [
      ...warnings,
      ...packing.warnings,
      ...unexpectedlyPlain(unquantized, packing),
      ...unexpectedlyPacked(packing),
      ...(await cacheScaleWarnings(raw)),
    ],
  }
}

function describe(weights: readonly PackedWeight[]): PackedCheckpoint['describe'] {
  let bytes = 0
  let parameters = 0
  for (const { shape, byteLength } of weights) {
    bytes += byteLength
    parameters += shape[0] * shape[1]
  }
  const bits = parameters === 0 ? null : (8 * bytes) / parameters
  const sizes = new Set(weights.map((weight) => weight.groupSize))
  const [groupSize] = sizes
  const shared = sizes.size === 1 && typeof groupSize === 'number'
  const counts = { bits, tensors: weights.length, parameters }
  return shared ? { ...counts, groupSize } : counts
}

/** Modules whose weight has two axes and is stored as it is: embeddings, the unembedding, layers left out. */
function matricesLeft(table: TensorTable, packing: Packing): readonly string[] {
  const packed = new Set(packing.weights.map((weight) => weight.name))
  const modules: string[] = []
  for (const { name, shape } of table.entries.values()) {
    if (shape.length === 2 && name.endsWith('.weight') && !packed.has(name))
      modules.push(name.slice(0, -'.weight'.length))
  }
  return modules
}

/** Layers stored plain, though others of their name are packed and the config does not exempt them. */
function unexpectedlyPlain(unquantized: readonly string[], packing: Packing): readonly string[] {
  const leaf = (module: string) => module.slice(module.lastIndexOf('.') + 1)
  const packed = new Set(packing.weights.map((weight) => leaf(weight.module)))
  const { isExempt } = packing
  if (isExempt === null) return []
  const strange = unquantized.filter(
    (module) => packed.has(leaf(module)) && module !== HEAD && !isExempt(module),
  )
  return strange.length === 0
    ? []
    : [`${firstOf(strange)} is stored unquantized, though config.json does not say so.`]
}

/** Layers stored packed, though the config says that they are not. */
function unexpectedlyPacked({ weights, isExempt }: Packing): readonly string[] {
  const strange = weights.map(({ module }) => module).filter((module) => isExempt?.(module) === true)
  return strange.length === 0
    ? []
    : [
        `config.json leaves ${firstOf(strange)} unquantized, but the tensors are quantized: they are read as they are stored; an engine that goes by config.json refuses them, or runs another model than the figures are of.`,
      ]
}

/** Left as it is by most methods, without a word in the config. */
const HEAD = 'lm_head'

const firstOf = (modules: readonly string[]): string =>
  `${modules[0]}${modules.length > 1 ? ` and ${modules.length - 1} more` : ''}`
