/**
 * @file NVIDIA ModelOpt: FP8 with one scale per weight, NVFP4; described by hf_quant_config.json or quantization_config.
 *
 * Source: NVIDIA/TensorRT-Model-Optimizer modelopt/torch/export/quant_utils.py, quantization/qtensor/nvfp4_tensor.py.
 *
 *     FP8                         weight e4m3 [N, K], weight_scale one number; input_scale one number
 *     FP8_PER_CHANNEL_PER_TOKEN   weight e4m3, weight_scale [N]; inputs e4m3 per token, nothing of them stored
 *     FP8_PB_WO                   weight e4m3, weight_scale [N / b, 1, K / b, 1] over blocks of b × b; inputs as they are
 *     NVFP4                       weight uint8 [N, K/2], weight_scale e4m3 [N, K/16], weight_scale_2, input_scale one number each
 *                                 W = E2M1 · weight_scale · weight_scale_2
 *
 * `quant_algo` decides what happens to inputs, for all layers or (MIXED_PRECISION) for each in `quantized_layers`; where it
 * is missing, a stored input_scale does. Left out, refused by name: everything with `pre_quant_scale` (AWQ variants), INT4,
 * INT8 and W4A8 packings.
 */
import type { ActivationQuantization } from '../../../contract/activation-quantization.ts'
import { packedPartShape, packedUnsupported } from '../../../errors/packed.ts'
import { isJsonObject, type JsonObject } from '../../../sources/json.ts'
import { elementCount, type RawTensor, type RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { float4Input, float8Input } from '../declared/activations.ts'
import { cacheScheme } from '../declared/cache-scheme.ts'
import { isListed, optionalWord, words } from '../declared/config.ts'
import { modulesWith } from '../modules.ts'
import type { PackedWeight, Packing } from '../packing.ts'
import { FLOATS, matrixShape, optionalPart, part, readScalar } from '../parts.ts'
import { float4Weight } from './fp4.ts'
import { float8Weight } from './fp8.ts'

const FIX =
  'Export the model with ModelOpt as FP8, FP8_PER_CHANNEL_PER_TOKEN, FP8_PB_WO or NVFP4 (quant_algo).'

/** What an algorithm does to the inputs of its layers; `stored`: static where an input_scale is stored. */
type Inputs = 'static' | 'token' | 'plain' | 'stored'

const ALGORITHMS: ReadonlyMap<string, Inputs> = new Map([
  ['FP8', 'static'],
  ['FP8_PER_CHANNEL_PER_TOKEN', 'token'],
  ['FP8_PB_WO', 'plain'],
  ['NVFP4', 'static'],
  ['W4A16_NVFP4', 'plain'],
])

/** Errors: PACKED_CONFIG, PACKED_UNSUPPORTED, PACKED_PART_*. */
export async function readModelOpt(raw: RawTensorTable, quantization: JsonObject): Promise<Packing | null> {
  const modules = modulesWith(raw, '.weight_scale')
  if (modules.length === 0) return null
  const described = isJsonObject(quantization.quantization) ? quantization.quantization : quantization
  const weights: PackedWeight[] = []
  const parts = new Set<string>()
  const activations = new Map<string, ActivationQuantization>()
  for (const module of modules) {
    for (const suffix of ['weight', 'weight_scale', 'weight_scale_2', 'input_scale']) {
      if (raw.entries.has(`${module}.${suffix}`)) parts.add(`${module}.${suffix}`)
    }
    const inputs = inputsOf(described, module)
    weights.push(packedWeight(raw, module))
    const quantized = await inputQuantization(raw, module, inputs)
    if (quantized !== null) activations.set(module, quantized)
  }
  const caches = [...raw.entries.keys()].filter((name) => /\.[kv]_scale$/.test(name))
  for (const name of caches) parts.add(name)
  const kept = [...words(described, 'exclude_modules'), ...words(described, 'ignore')]
  return {
    method: 'modelopt',
    weights,
    parts,
    activations,
    isExempt: (module) =>
      isListed(
        kept.map((name) => name.replace(/\*$/, '')),
        module,
      ),
    warnings: cacheWarnings(quantization, caches.length > 0),
  }
}

/** Errors: PACKED_UNSUPPORTED for an algorithm that is not known. */
function inputsOf(described: JsonObject, module: string): Inputs {
  const { quantized_layers: layers } = described
  const own = isJsonObject(layers) ? layers[module] : undefined
  const named = optionalWord(isJsonObject(own) ? own : described, ['quant_algo'])
  if (named === null || named === 'MIXED_PRECISION') return 'stored'
  const inputs = ALGORITHMS.get(named.toUpperCase())
  if (inputs === undefined) throw packedUnsupported(`modelopt ${named.slice(0, 60)}`, 'quant_algo', FIX)
  return inputs
}

async function inputQuantization(
  raw: RawTensorTable,
  module: string,
  inputs: Inputs,
): Promise<ActivationQuantization | null> {
  if (inputs === 'token') return float8Input('token', null)
  if (inputs === 'plain') return null
  const input = optionalPart(raw, `${module}.input_scale`, FLOATS)
  if (input === null && inputs === 'stored') return null
  const why = 'quant_algo quantizes the inputs of layers by a stored scale'
  const scale = await readScalar(raw, input ?? part(raw, `${module}.input_scale`, FLOATS, why))
  if (raw.entries.has(`${module}.weight_scale_2`)) return float4Input(16, Math.fround(1 / scale))
  return { ...float8Input('tensor', null), dynamic: false, scale, zeroPoint: 0 }
}

/** Declared, or only to be seen by stored scales. */
function cacheWarnings(quantization: JsonObject, stored: boolean): readonly string[] {
  const declared = cacheScheme(quantization)
  if (declared !== null) return [declared]
  return stored ? ['The key/value cache is quantized by stored scales; that is not simulated.'] : []
}

function packedWeight(raw: RawTensorTable, module: string): PackedWeight {
  if (raw.entries.has(`${module}.pre_quant_scale`)) {
    throw packedUnsupported('modelopt with pre_quant_scale (AWQ)', `${module}.pre_quant_scale`, FIX)
  }
  const weight = part(raw, `${module}.weight`, ['F8_E4M3', 'U8', 'I8'], `"${module}.weight_scale" is there`)
  if (weight.dtype === 'U8') {
    const second = part(raw, `${module}.weight_scale_2`, FLOATS, `"${weight.name}" holds NVFP4 codes`)
    return float4Weight(raw, 'modelopt', module, weight, `${module}.weight_scale`, {
      globalScale: second,
      combine: 'multiply',
    })
  }
  if (weight.dtype === 'I8') throw packedUnsupported('modelopt int8', `tensor "${weight.name}"`, FIX)
  const scale = part(raw, `${module}.weight_scale`, FLOATS, `"${weight.name}" cannot be decoded without it`)
  const [N, K] = matrixShape(weight)
  const decoded = float8Weight(raw, module, weight, scale, blocksOf(scale, N, K))
  return { ...decoded, storedAs: `modelopt ${decoded.storedAs}` }
}

/** [rows, columns] that share a scale; null: all of them. Errors: PACKED_PART_SHAPE. */
function blocksOf(scale: RawTensor, N: number, K: number): readonly [number, number] | null {
  const [rows, one, columns, last, more] = scale.shape
  if (columns !== undefined && one === 1 && last === 1 && more === undefined) {
    if (rows && columns && N % rows === 0 && K % columns === 0) return [N / rows, K / columns]
    throw packedPartShape(scale.name, scale.shape, `[${N} / b, 1, ${K} / b, 1] for blocks of b × b`)
  }
  const count = elementCount(scale.shape)
  if (count !== 1 && count !== N) throw packedPartShape(scale.name, scale.shape, `one scale or [${N}, 1]`)
  return count === 1 ? null : [1, K]
}
