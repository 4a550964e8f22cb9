/**
 * @file Quantized Hugging Face folders: which packing a checkpoint uses, and its weights under their usual names.
 *
 * `quantization_config` of config.json names the method; the tensors that are there decide over it where the two differ,
 * with a warning. Left out: pickled checkpoints.
 */
import { packedConfig } from '../../errors/packed.ts'
import type { JsonObject } from '../../sources/json.ts'
import type { RawTensorTable } from '../../tensors/raw-tensor.ts'
import type { TensorTable } from '../../tensors/tensor.ts'
import { cacheScaleWarnings } from './cache-scales.ts'
import { cacheScheme } from './declared/cache-scheme.ts'
import { shownJson } from './declared/config.ts'
import { declaredMethod, quantizationConfig } from './declared/method.ts'
import { declaredRotation } from './declared/rotation.ts'
import { READERS } from './methods/index.ts'
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
  const declared = quantization === null ? null : declaredMethod(quantization)
  const { packing, warnings } = await readPacking(raw, quantization ?? {}, declared, seen)
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
      ...(await cacheScaleWarnings(raw)),
    ],
  }
}

/** Methods whose tensors may be just a weight of one byte and its `weight_scale`. */
const SCALED = [
  'compressed-tensors',
  'sparseml',
  'fp8',
  'fbgemm_fp8',
  'modelopt',
  'auto-round',
  'intel/auto-round',
]

async function readPacking(
  raw: RawTensorTable,
  quantization: JsonObject,
  declared: string | null,
  seen: string | null,
): Promise<{ readonly packing: Packing; readonly warnings: readonly string[] }> {
  const { bits } = quantization
  if (bits !== undefined && bits !== null && !(typeof bits === 'number' && bits > 0)) {
    throw packedConfig('bits', shownJson(bits), 'a number of bits above 0')
  }
  const warnings: string[] = []
  const likely = seen === 'scaled' ? 'compressed-tensors' : seen
  let method = declared ?? likely
  if (declared !== null && seen !== null && !agree(declared, seen)) {
    const cache = cacheScheme(quantization)
    if (cache !== null) warnings.push(cache)
    warnings.push(`config.json says ${declared}, but the tensors are ${likely}; the tensors decide.`)
    method = likely
  } else if (declared === null && method !== null) {
    warnings.push(`config.json does not say how the weights are quantized; the tensors look like ${method}.`)
  }
  const reader = method === null ? undefined : READERS[method]
  const fields = method === declared || declared === null ? quantization : {}
  const packing = (await reader?.(raw, fields)) ?? null
  if (packing !== null) return { packing, warnings }
  const cache = cacheScheme(quantization)
  if (cache !== null) warnings.push(cache)
  warnings.push(`config.json says ${declared ?? 'that the weights are quantized'}, but no tensor is packed.`)
  return { packing: nothingPacked(declared ?? 'none'), warnings }
}

function agree(declared: string, seen: string): boolean {
  if (seen === 'scaled') return SCALED.includes(declared)
  return (
    declared === seen || declared.endsWith('auto-round') || (declared === 'sparseml' && seen === SCALED[0])
  )
}

function nothingPacked(method: string): Packing {
  return { method, weights: [], parts: new Set(), activations: new Map(), isExempt: () => true, warnings: [] }
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
  const strange = unquantized.filter((module) => packed.has(leaf(module)) && !packing.isExempt(module))
  if (strange.length === 0) return []
  const more = strange.length > 1 ? ` and ${strange.length - 1} more` : ''
  return [`${strange[0]}${more} is stored unquantized, though config.json does not say so.`]
}
