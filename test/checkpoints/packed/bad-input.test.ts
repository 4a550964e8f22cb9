/** @file Damaged and hostile checkpoints: an error that names the tensor and the field, and never anything else. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePacked } from '../../../src/checkpoints/packed/decode-packed.ts'
import { SaegateError } from '../../../src/errors/problem.ts'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../../src/sources/json.ts'
import { randomWeights, type Stored, seeded, stored } from './encoders/bytes.ts'
import { rawTable } from './encoders/encoder.ts'
import { ENCODERS } from './encoders/index.ts'

type Tensors = Record<string, Stored>

const DTYPES = ['F32', 'F16', 'BF16', 'I32', 'U8', 'I8', 'I64', 'F8_E4M3', 'F8_E8M0', 'F64', 'BOOL'] as const

const WEIGHT = { N: 32, K: 64, values: randomWeights(32 * 64, seeded(3)) }

function encoded(name: string) {
  const encoder = ENCODERS.find((candidate) => candidate.name === name)
  if (encoder === undefined) throw new Error(`no encoder ${name}`)
  const { tensors, metadata = {} } = encoder.encode('m', WEIGHT, seeded(5))
  return { tensors: { ...tensors }, metadata: { ...metadata }, config: { ...encoder.config } }
}

/** Open and decode everything; the error, or null. */
async function failure(
  tensors: Tensors,
  config: JsonObject,
  metadata: Record<string, string> = {},
): Promise<unknown> {
  try {
    const { raw, plain } = rawTable(tensors, metadata)
    const packed = await decodePacked(raw, plain, { quantization_config: config })
    for (const name of packed?.table.entries.keys() ?? []) await packed!.table.read(name)
    return null
  } catch (error) {
    return error
  }
}

interface Case {
  readonly encoder: string
  readonly what: string
  readonly change: (
    tensors: Tensors,
    config: Record<string, JsonValue>,
    metadata: Record<string, string>,
  ) => void
  readonly code: string
  readonly says: readonly string[]
}

const state = (json: unknown): Stored => {
  const bytes = new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json))
  return stored('U8', [bytes.length], bytes)
}
const STATE = 'm.weight.quant_state.bitsandbytes__nf4'
const groupConfig = (weights: JsonObject): JsonObject => ({ group_0: { targets: ['Linear'], weights } })

const CASES: readonly Case[] = [
  {
    encoder: 'gptq 4-bit g64 no g_idx',
    what: 'a group size that the scales contradict',
    change: (_, config) => Object.assign(config, { group_size: 16 }),
    code: 'PACKED_GROUPS',
    says: ['m.scales', 'group_size 16', '64 inputs makes 4', '1 groups'],
  },
  {
    encoder: 'gptq 4-bit g32',
    what: 'an unknown width',
    change: (_, config) => Object.assign(config, { bits: 5 }),
    code: 'PACKED_CONFIG',
    says: ['quantization_config.bits', '5', '2, 3, 4, 8'],
  },
  {
    encoder: 'gptq 4-bit g32',
    what: 'no bits at all',
    change: (_, config) => Object.assign(config, { bits: 0 }),
    code: 'PACKED_CONFIG',
    says: ['quantization_config.bits is 0', 'a number of bits above 0'],
  },
  {
    encoder: 'gptq 4-bit g32',
    what: 'a width that qzeros contradicts',
    change: (tensors) => Object.assign(tensors, { 'm.qzeros': stored('I32', [2, 5], Array(10).fill(0)) }),
    code: 'PACKED_PART_SHAPE',
    says: ['m.qzeros', '[2, 5]'],
  },
  {
    encoder: 'gptq 4-bit g32',
    what: 'missing scales',
    change: (tensors) => delete tensors['m.scales'],
    code: 'PACKED_PART_MISSING',
    says: ['m.scales', 'm.qweight'],
  },
  {
    encoder: 'gptq 4-bit g32',
    what: 'an index outside the groups',
    change: (tensors) => Object.assign(tensors, { 'm.g_idx': stored('I32', [64], Array(64).fill(2)) }),
    code: 'PACKED_PART_VALUE',
    says: ['m.g_idx', 'group 2', 'there are 2'],
  },
  {
    encoder: 'gptq 4-bit g32',
    what: 'a negative index',
    change: (tensors) => Object.assign(tensors, { 'm.g_idx': stored('I32', [64], Array(64).fill(-1)) }),
    code: 'PACKED_PART_VALUE',
    says: ['m.g_idx', 'group -1'],
  },
  {
    encoder: 'gptq 4-bit g32',
    what: 'an index of the wrong length',
    change: (tensors) => Object.assign(tensors, { 'm.g_idx': stored('I32', [63], Array(63).fill(0)) }),
    code: 'PACKED_PART_SHAPE',
    says: ['m.g_idx', '[63]', '[64]'],
  },
  {
    encoder: 'gptq 4-bit g32',
    what: 'planar packing',
    change: (_, config) => Object.assign(config, { checkpoint_format: 'gptq_p' }),
    code: 'PACKED_UNSUPPORTED',
    says: ['gptq_p', 'checkpoint_format'],
  },
  {
    encoder: 'awq gemm g32',
    what: 'the fast GEMV order',
    change: (_, config) => Object.assign(config, { version: 'gemv_fast' }),
    code: 'PACKED_UNSUPPORTED',
    says: ['gemv_fast', 'version'],
  },
  {
    encoder: 'awq gemm g32',
    what: 'a group size that the scales contradict',
    change: (_, config) => Object.assign(config, { group_size: 128 }),
    code: 'PACKED_GROUPS',
    says: ['m.scales', 'group_size 128', '64 inputs makes 1', '2 groups'],
  },
  {
    encoder: 'awq gemm g32',
    what: 'a group size of zero',
    change: (_, config) => Object.assign(config, { group_size: 0 }),
    code: 'PACKED_CONFIG',
    says: ['group_size', 'is 0'],
  },
  {
    encoder: 'bitsandbytes nf4 b64',
    what: 'a state that is not JSON',
    change: (tensors) => Object.assign(tensors, { [STATE]: state('{"blocksize": 64,') }),
    code: 'PACKED_PART_VALUE',
    says: [STATE, 'not JSON'],
  },
  {
    encoder: 'bitsandbytes nf4 b64',
    what: 'a state that nests without end',
    change: (tensors) => Object.assign(tensors, { [STATE]: state('['.repeat(60_000)) }),
    code: 'PACKED_PART_VALUE',
    says: [STATE],
  },
  {
    encoder: 'bitsandbytes nf4 b64',
    what: 'a state that promises a huge shape',
    change: (tensors) =>
      Object.assign(tensors, { [STATE]: state({ blocksize: 64, shape: [2 ** 26, 2 ** 26] }) }),
    code: 'PACKED_PART_VALUE',
    says: [STATE, 'shape [67108864, 67108864]', 'm.weight'],
  },
  {
    encoder: 'bitsandbytes nf4 b64',
    what: 'a block size of zero',
    change: (tensors) => Object.assign(tensors, { [STATE]: state({ blocksize: 0, shape: [32, 64] }) }),
    code: 'PACKED_PART_VALUE',
    says: [STATE, 'blocksize'],
  },
  {
    encoder: 'bitsandbytes nf4 b64 double',
    what: 'missing nested scales',
    change: (tensors) => delete tensors['m.weight.nested_absmax'],
    code: 'PACKED_PART_MISSING',
    says: ['m.weight.nested_absmax', 'm.weight.absmax'],
  },
  {
    encoder: 'bitsandbytes int8',
    what: 'missing scales of one layer among others',
    change: (tensors) => Object.assign(tensors, { 'm.SCB': stored('F32', [31], Array(31).fill(1)) }),
    code: 'PACKED_PART_SHAPE',
    says: ['m.SCB', '[31]', '[32]'],
  },
  {
    encoder: 'bitsandbytes int8',
    what: 'a tiled layout',
    change: (tensors) => Object.assign(tensors, { 'm.weight_format': stored('U8', [], [2]) }),
    code: 'PACKED_UNSUPPORTED',
    says: ['tiled', 'm.weight_format'],
  },
  {
    encoder: 'pack-quantized int4 g32 dense',
    what: 'a width that does not fit the words',
    change: (_, config) =>
      Object.assign(config, { config_groups: groupConfig({ num_bits: 8, group_size: 32 }) }),
    code: 'PACKED_PART_SHAPE',
    says: ['m.weight_packed', 'num_bits 8', '16 words'],
  },
  {
    encoder: 'pack-quantized int4 g32 dense',
    what: 'a group size that the scales contradict',
    change: (_, config) =>
      Object.assign(config, { config_groups: groupConfig({ num_bits: 4, group_size: 16 }) }),
    code: 'PACKED_GROUPS',
    says: ['m.weight_scale', 'group_size 16'],
  },
  {
    encoder: 'pack-quantized int4 g32 dense',
    what: 'a hostile shape',
    change: (tensors) => Object.assign(tensors, { 'm.weight_shape': stored('I64', [2], [32, 2 ** 40]) }),
    code: 'PACKED_PART_VALUE',
    says: ['m.weight_shape', '1099511627776'],
  },
  {
    encoder: 'pack-quantized int4 g32 dense asymmetric',
    what: 'zero points of another shape',
    change: (tensors) =>
      Object.assign(tensors, { 'm.weight_zero_point': stored('I32', [3, 2], Array(6).fill(0)) }),
    code: 'PACKED_PART_SHAPE',
    says: ['m.weight_zero_point', '[3, 2]', '[4, 2]'],
  },
  {
    encoder: 'int-quantized int8 per channel',
    what: 'sparse compression',
    change: (tensors) => Object.assign(tensors, { 'm.bitmask': stored('U8', [1], [1]) }),
    code: 'PACKED_UNSUPPORTED',
    says: ['sparse', 'm.bitmask'],
  },
  {
    encoder: 'nvfp4-pack-quantized',
    what: 'a missing global scale of the inputs',
    change: (tensors) => delete tensors['m.input_global_scale'],
    code: 'PACKED_PART_MISSING',
    says: ['m.input_global_scale', 'tensor_group'],
  },
  {
    encoder: 'fp8 128×128 F32 dynamic',
    what: 'blocks that do not fit',
    change: (tensors, config) => {
      config.weight_block_size = [16, 16]
      tensors['m.weight_scale_inv'] = stored('F32', [3, 4], Array(12).fill(1))
    },
    code: 'PACKED_PART_SHAPE',
    says: ['m.weight_scale_inv', '[3, 4]', '[2, 4]', 'weight_block_size'],
  },
  {
    encoder: 'fp8 per tensor F32 static',
    what: 'a missing static scale',
    change: (tensors) => delete tensors['m.activation_scale'],
    code: 'PACKED_PART_MISSING',
    says: ['m.activation_scale', 'static'],
  },
  {
    encoder: 'fp8 per tensor F32 static',
    what: 'a NaN among the weights',
    change: (tensors) => {
      tensors['m.weight'] = {
        dtype: 'F8_E4M3',
        shape: [32, 64],
        bytes: new Uint8Array(2048).fill(0x7f, 70, 71),
      }
    },
    code: 'TENSOR_NOT_FINITE',
    says: ['m.weight', 'NaN', '[1, 6]'],
  },
  {
    encoder: 'hqq 4-bit axis 1',
    what: 'an unknown packing',
    change: (tensors) => Object.assign(tensors, { 'm.packing': state('5bit_u8') }),
    code: 'PACKED_PART_VALUE',
    says: ['m.packing', '4bit_u8'],
  },
  {
    encoder: 'hqq 4-bit axis 1',
    what: 'a hostile shape',
    change: (tensors) => Object.assign(tensors, { 'm.shape': stored('I64', [2], [2 ** 30, 2 ** 20]) }),
    code: 'PACKED_PART_SHAPE',
    says: ['m.W_q', 'm.shape'],
  },
  {
    encoder: 'hqq 4-bit axis 1',
    what: 'quantized scales',
    change: (tensors) => Object.assign(tensors, { 'm.quant_scale': stored('U8', [], [1]) }),
    code: 'PACKED_UNSUPPORTED',
    says: ['quantized scales', 'm.quant_scale'],
  },
  {
    encoder: 'torchao Float8Tensor',
    what: 'a hardware layout',
    change: (_, __, metadata) =>
      Object.assign(metadata, { 'm.weight': '{"_type": "Int4TilePackedTo4dTensor", "_data": {}}' }),
    code: 'PACKED_UNSUPPORTED',
    says: ['Int4TilePackedTo4dTensor', 'm.weight'],
  },
  {
    encoder: 'torchao Float8Tensor',
    what: 'a block size that does not divide',
    change: (_, __, metadata) =>
      Object.assign(metadata, { 'm.weight': '{"_type": "Float8Tensor", "_data": {"block_size": [1, 48]}}' }),
    code: 'PACKED_PART_VALUE',
    says: ['block_size', '[32, 64]'],
  },
  {
    encoder: 'modelopt NVFP4',
    what: 'input scales folded out of the weight',
    change: (tensors) =>
      Object.assign(tensors, { 'm.pre_quant_scale': stored('F32', [64], Array(64).fill(1)) }),
    code: 'PACKED_UNSUPPORTED',
    says: ['pre_quant_scale'],
  },
  {
    encoder: 'auto-round 4-bit g32 gptq',
    what: 'an unknown packing',
    change: (_, config) => Object.assign(config, { packing_format: 'marlin' }),
    code: 'PACKED_UNSUPPORTED',
    says: ['auto-round: marlin', 'packing_format'],
  },
  {
    encoder: 'gptq 4-bit g32',
    what: 'a method that is not read',
    change: (_, config) => Object.assign(config, { quant_method: 'aqlm' }),
    code: 'PACKED_UNSUPPORTED',
    says: ['aqlm', 'quant_method'],
  },
]

describe('damaged checkpoints', () => {
  it.each(CASES)('$encoder: $what', async ({ encoder, change, code, says }) => {
    const { tensors, metadata, config } = encoded(encoder)
    expect(await failure(tensors, config, metadata)).toBeNull()
    change(tensors, config, metadata)
    const error = await failure(tensors, config, metadata)
    if (!(error instanceof SaegateError)) throw new Error(`no expected failure but ${error}`)
    expect(error.code).toBe(code)
    for (const text of says) expect(error.message).toContain(text)
  })

  it.each(ENCODERS)('$name: a part that is cut short names its tensor', async (encoder) => {
    const { tensors, metadata = {} } = encoder.encode('m', WEIGHT, seeded(5))
    for (const [name, tensor] of Object.entries(tensors)) {
      if (tensor.bytes.length < 2) continue
      const short = { ...tensor, bytes: tensor.bytes.subarray(0, tensor.bytes.length - 1) }
      const error = await failure({ ...tensors, [name]: short }, encoder.config, metadata)
      if (error === null) continue
      expect(error).toBeInstanceOf(SaegateError)
      expect(String(error)).toContain(name)
    }
  })
})

const MADE = new Map(ENCODERS.map((encoder) => [encoder, encoder.encode('m', WEIGHT, seeded(5))]))

describe('random damage', () => {
  const any = fc.record({
    encoder: fc.constantFrom(...ENCODERS),
    pick: fc.nat(1000),
    how: fc.constantFrom('drop', 'dtype', 'shape', 'bytes', 'config', 'metadata'),
    dtype: fc.constantFrom(...DTYPES),
    shape: fc.array(fc.oneof(fc.nat(70), fc.constantFrom(0, 1, 2 ** 31, 2 ** 52)), { maxLength: 4 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 64 }),
    json: fc.jsonValue({ maxDepth: 3 }),
  })

  it('ends in a decoded table or in an expected failure', async () => {
    const run = fc.asyncProperty(any, async ({ encoder, pick, how, dtype, shape, bytes, json }) => {
      const made = MADE.get(encoder)!
      const tensors: Tensors = { ...made.tensors }
      const metadata = { ...made.metadata }
      let config: JsonObject = encoder.config
      const names = Object.keys(tensors)
      const name = names[pick % names.length]!
      const tensor = tensors[name]!
      if (how === 'drop') delete tensors[name]
      // The file's reader has already made sure that bytes fit type and shape; here they need not.
      else if (how === 'dtype') tensors[name] = { ...tensor, dtype }
      else if (how === 'shape') tensors[name] = { ...tensor, shape }
      else if (how === 'bytes')
        tensors[name] = { ...tensor, bytes: tensor.bytes.map((_, i) => bytes[i % bytes.length]!) }
      else if (how === 'metadata')
        metadata['m.weight'] = JSON.stringify({ _type: 'Float8Tensor', _data: json })
      else config = damaged(encoder.config, pick, parsed(json))
      const error = await failure(tensors, config, metadata)
      if (error !== null && !(error instanceof SaegateError)) throw error
    })
    await fc.assert(run, { numRuns: 600, seed: 11 })
  })
})

/** `config` with one of its fields, at the top or further down, replaced. */
function damaged(config: JsonObject, pick: number, value: JsonValue): JsonObject {
  const keys = Object.keys(config)
  const key = keys[pick % Math.max(keys.length, 1)] ?? 'bits'
  const inner = config[key]
  const deeper = pick % 2 === 1 && inner !== undefined && isJsonObject(inner)
  return { ...config, [key]: deeper ? damaged(inner, pick >> 1, value) : value }
}

function parsed(json: unknown): JsonValue {
  const outcome = parseJson(new TextEncoder().encode(JSON.stringify(json)))
  return 'reason' in outcome ? null : outcome.value
}
