/**
 * @file NVIDIA ModelOpt: FP8 with one scale per weight, NVFP4; described by hf_quant_config.json or quantization_config.
 *
 * Source: NVIDIA/TensorRT-Model-Optimizer modelopt/torch/export/quant_utils.py, quantization/qtensor/nvfp4_tensor.py.
 *
 *     FP8     weight e4m3 [N, K], weight_scale one number (or [N, 1]), input_scale one number
 *     NVFP4   weight uint8 [N, K/2], weight_scale e4m3 [N, K/16], weight_scale_2, input_scale one number each
 *             W = E2M1 · weight_scale · weight_scale_2
 *
 * Left out, refused by name: everything with `pre_quant_scale` (AWQ variants), INT4 and W4A8 packings.
 */
import type { ActivationQuantization } from '../../../contract/activation-quantization.ts'
import { packedPartShape, packedUnsupported } from '../../../errors/packed.ts'
import { isJsonObject, type JsonObject } from '../../../sources/json.ts'
import { elementCount, type RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { float4Input, float8Input } from '../declared/activations.ts'
import { isListed, words } from '../declared/config.ts'
import { modulesWith } from '../modules.ts'
import type { PackedWeight, Packing } from '../packing.ts'
import { FLOATS, matrixShape, optionalPart, part, readScalar } from '../parts.ts'
import { float4Weight } from './fp4.ts'
import { float8Weight } from './fp8.ts'

const FIX = 'Export the model with ModelOpt as FP8 or NVFP4 (hf_quant_config.json: quant_algo).'

/** Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
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
    const weight = packedWeight(raw, module)
    weights.push(weight)
    const input = optionalPart(raw, `${module}.input_scale`, FLOATS)
    if (input === null) continue
    const scale = await readScalar(raw, input)
    const isNvfp4 = raw.entries.has(`${module}.weight_scale_2`)
    activations.set(
      module,
      isNvfp4
        ? float4Input(16, Math.fround(1 / scale))
        : { ...float8Input('tensor', null), dynamic: false, scale, zeroPoint: 0 },
    )
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
      module === 'lm_head' ||
      isListed(
        kept.map((name) => name.replace(/\*$/, '')),
        module,
      ),
    warnings: caches.length > 0 ? ['The key/value cache is quantized; that is not simulated.'] : [],
  }
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
  const count = elementCount(scale.shape)
  if (count !== 1 && count !== N) throw packedPartShape(scale.name, scale.shape, `one scale or [${N}, 1]`)
  const decoded = float8Weight(raw, module, weight, scale, count === 1 ? null : [1, K])
  return { ...decoded, storedAs: `modelopt ${decoded.storedAs}` }
}
