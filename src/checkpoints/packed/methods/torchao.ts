/**
 * @file torchao: tensor subclasses flattened into safetensors, described by JSON in the file's metadata.
 *
 * Sources: pytorch/ao torchao/prototype/safetensors/safetensors_support.py, torchao/quantization/quantize_/workflows/
 * float8/float8_tensor.py, intx/intx_unpacked_to_int8_tensor.py, int8/int8_tensor.py. For a weight `m.weight`:
 *
 *     metadata["m.weight"] = {"_type": "Float8Tensor", "_data": {"block_size": [1, K], …}, "_tensor_data_names": […]}
 *     m._weight_qdata [N, K], m._weight_scale, m._weight_zero_point [N / block_size[0], K / block_size[1]]
 *     Float8Tensor: W = q · scale     IntxUnpackedToInt8Tensor, Int8Tensor: W = (q − zero) · scale
 *
 * Left out, refused by name: Int4Tensor and its hardware layouts, MXTensor, NVFP4Tensor, anything with act_pre_scale;
 * pickled checkpoints (never opened).
 */
import type { ActivationQuantization } from '../../../contract/activation-quantization.ts'
import { packedPartShape, packedPartValue, packedUnsupported } from '../../../errors/packed.ts'
import { E4M3, E5M2, INT8 } from '../../../numbers/levels.ts'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../../sources/json.ts'
import { elementCount, type RawTensor, type RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { dequantizeBytes } from '../codes/scaling.ts'
import { float8Input, integerInput } from '../declared/activations.ts'
import { finiteNumber, isList } from '../declared/config.ts'
import { modulesWith } from '../modules.ts'
import type { PackedWeight, Packing } from '../packing.ts'
import {
  FLOATS,
  INTEGERS,
  matrixShape,
  optionalPart,
  part,
  partBytes,
  readNumbers,
  readPart,
  readScalar,
} from '../parts.ts'
import { FLOAT8 } from './fp8.ts'

const READABLE: readonly string[] = ['Float8Tensor', 'IntxUnpackedToInt8Tensor', 'Int8Tensor']

/** Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
export async function readTorchao(raw: RawTensorTable): Promise<Packing | null> {
  const modules = modulesWith(raw, '._weight_qdata')
  if (modules.length === 0) return null
  const weights: PackedWeight[] = []
  const parts = new Set<string>()
  const activations = new Map<string, ActivationQuantization>()
  for (const module of modules) {
    const { type, data } = describedWeight(raw, module)
    for (const name of raw.entries.keys()) if (name.startsWith(`${module}._weight_`)) parts.add(name)
    weights.push(packedWeight(raw, module, type, data))
    const input = (await storedScale(raw, module, data)) ?? inputQuantization(module, data)
    if (input !== null) activations.set(module, input)
  }
  return { method: 'torchao', weights, parts, activations, isExempt: null, warnings: [] }
}

function describedWeight(
  raw: RawTensorTable,
  module: string,
): { readonly type: string; readonly data: JsonObject } {
  const name = `${module}.weight`
  const text = raw.metadata.get(name)
  if (text === undefined)
    throw packedPartValue(`${module}._weight_qdata`, `the file's metadata does not describe ${name}`)
  const outcome = parseJson(new TextEncoder().encode(text))
  const described = 'reason' in outcome ? null : outcome.value
  if (!isJsonObject(described ?? undefined) || !isObject(described)) {
    throw packedPartValue(name, 'its description in the file’s metadata is not a JSON object')
  }
  const { _type: type, _data: data } = described
  if (typeof type !== 'string' || !isJsonObject(data)) {
    throw packedPartValue(name, 'its description in the file’s metadata lacks _type or _data')
  }
  if (!READABLE.includes(type) || raw.entries.has(`${module}._weight_act_pre_scale`)) {
    const what = READABLE.includes(type) ? `${type} with act_pre_scale` : type.slice(0, 60)
    const fix = `Quantize with a configuration that stores ${READABLE.join(', ')}, or export to another format.`
    throw packedUnsupported(`torchao ${what}`, name, fix)
  }
  return { type, data }
}

function isObject(value: JsonValue | null): value is JsonObject {
  return value !== null && isJsonObject(value)
}

function packedWeight(raw: RawTensorTable, module: string, type: string, data: JsonObject): PackedWeight {
  const prefix = `${module}._weight_`
  const needed = `"${prefix}qdata" cannot be decoded without it`
  const codes = part(raw, `${prefix}qdata`, type === 'Float8Tensor' ? FLOAT8 : ['I8'], needed)
  const scale = part(raw, `${prefix}scale`, FLOATS, needed)
  const zero = optionalPart(raw, `${prefix}zero_point`, [...FLOATS, ...INTEGERS])
  const [N, K] = matrixShape(codes)
  const [blockRows, blockColumns] = blockSize(module, data.block_size, N, K)
  const columns = K / blockColumns
  const count = (N / blockRows) * columns
  for (const tensor of [scale, zero]) {
    if (tensor !== null && elementCount(tensor.shape) !== count) {
      const because = `block_size [${blockRows}, ${blockColumns}] over [${N}, ${K}]`
      throw packedPartShape(tensor.name, tensor.shape, `[${N / blockRows}, ${columns}] (${because})`)
    }
  }
  return {
    module,
    name: `${module}.weight`,
    shape: [N, K],
    storedAs: `torchao ${kindOf(type, codes, data)} ${extentOf(blockRows, blockColumns, N, K)}`,
    groupSize: blockRows === 1 && blockColumns < K ? blockColumns : null,
    byteLength: partBytes([codes, scale, zero]),
    decode: async () => {
      const levels = codes.dtype === 'I8' ? INT8 : codes.dtype === 'F8_E5M2' ? E5M2 : E4M3
      return dequantizeBytes(N, K, await readPart(raw, codes), levels, {
        scales: await readNumbers(raw, scale),
        zeros: zero === null ? null : await readNumbers(raw, zero),
        columns,
        blockRows,
        blockColumns,
        order: null,
      })
    },
  }
}

/** Sizes that divide the weight; an empty list means one block, −1 the whole axis. */
function blockSize(
  module: string,
  value: JsonValue | undefined,
  N: number,
  K: number,
): readonly [number, number] {
  if (isList(value) && value.length === 0) return [N, K]
  const [rows, columns, more] = isList(value) ? value : []
  const size = (given: JsonValue | undefined, whole: number) => (given === -1 ? whole : given)
  const [blockRows, blockColumns] = [size(rows, N), size(columns, K)]
  const divides = (block: JsonValue | undefined, whole: number): block is number =>
    typeof block === 'number' && Number.isSafeInteger(block) && block > 0 && whole % block === 0
  if (!divides(blockRows, N) || !divides(blockColumns, K) || more !== undefined) {
    throw packedPartValue(`${module}.weight`, `block_size in the file's metadata must divide [${N}, ${K}]`)
  }
  return [blockRows, blockColumns]
}

function kindOf(type: string, codes: RawTensor, { target_dtype: target }: JsonObject): string {
  if (type === 'Float8Tensor') return codes.dtype === 'F8_E5M2' ? 'fp8 e5m2' : 'fp8 e4m3'
  const named = isJsonObject(target) && typeof target._data === 'string' ? target._data : 'int8'
  return /^int[1-8]$/.test(named) ? named : 'int8'
}

function extentOf(blockRows: number, blockColumns: number, N: number, K: number): string {
  if (blockRows === N && blockColumns === K) return 'per tensor'
  if (blockRows === 1) return blockColumns === K ? 'per channel' : `g${blockColumns}`
  return `${blockRows}×${blockColumns}`
}

/** Static int8 inputs: one scale, beside the weight. Errors: PACKED_UNSUPPORTED, PACKED_PART_*. */
async function storedScale(
  raw: RawTensorTable,
  module: string,
  data: JsonObject,
): Promise<ActivationQuantization | null> {
  const scale = optionalPart(raw, `${module}._weight_act_quant_scale`, FLOATS)
  if (scale === null) return null
  const dynamic = inputQuantization(module, data)
  if (dynamic?.type !== 'int' || elementCount(scale.shape) !== 1) {
    const fix = 'Quantize with one static scale for int8 activations, or with dynamic ones.'
    throw packedUnsupported('torchao static activations of this kind', `tensor "${scale.name}"`, fix)
  }
  const zero = optionalPart(raw, `${module}._weight_act_quant_zero_point`, [...FLOATS, ...INTEGERS])
  return {
    ...dynamic,
    strategy: 'tensor',
    dynamic: false,
    scale: await readScalar(raw, scale),
    zeroPoint: zero === null ? 0 : await readScalar(raw, zero),
  }
}

/**
 * `act_quant_kwargs` of Float8Tensor and Int8Tensor, `activation_quantization` of IntxUnpackedToInt8Tensor, which older
 * versions said by a flag.
 */
function inputQuantization(module: string, data: JsonObject): ActivationQuantization | null {
  const { act_quant_kwargs: kwargs, activation_quantization: named } = data
  const isNamed = isJsonObject(named) ? named._data : named
  if (typeof isNamed === 'string') {
    if (isNamed.toLowerCase() === 'int8_asym_per_token') return integerInput(8, false, 'token', null)
    const fix = 'Quantize again with int8_asym_per_token activations, or without.'
    throw packedUnsupported(`torchao activations ${isNamed.slice(0, 60)}`, `${module}.weight`, fix)
  }
  if (data.apply_int8_act_asym_per_token_quant === true) return integerInput(8, false, 'token', null)
  if (!isJsonObject(kwargs)) return null
  const fields = isJsonObject(kwargs._data) ? kwargs._data : {}
  const granularity = isJsonObject(fields.granularity) ? fields.granularity._type : 'PerRow'
  const strategy = granularity === 'PerTensor' ? 'tensor' : 'token'
  if (kwargs._type === 'QuantizeTensorToFloat8Kwargs') return boundedFloat8(strategy, fields)
  const { mapping_type: mapping } = fields
  const symmetric = !isJsonObject(mapping) || mapping._data !== 'ASYMMETRIC'
  return integerInput(8, symmetric, strategy, null)
}

/** `hp_value_ub` and `hp_value_lb` bound the largest input that a scale is computed from. Errors: PACKED_CONFIG. */
function boundedFloat8(strategy: 'tensor' | 'token', fields: JsonObject): ActivationQuantization {
  const input = float8Input(strategy, null)
  const most = finiteNumber(fields, 'hp_value_ub', Number.POSITIVE_INFINITY)
  const least = finiteNumber(fields, 'hp_value_lb', 0)
  return {
    ...input,
    largestAmax: Number.isFinite(most) ? most : null,
    minimumScale: Math.max(input.minimumScale, least / input.scaleDivisor),
  }
}
