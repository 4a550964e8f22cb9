/** @file What projects do to inputs beside the plain rule: bounds, stored scales, older spellings, powers of two. */
import { describe, expect, it } from 'vitest'
import { decodePacked } from '../../../src/checkpoints/packed/decode-packed.ts'
import { describeActivations } from '../../../src/contract/activation-quantization.ts'
import type { JsonObject } from '../../../src/sources/json.ts'
import { type Stored, stored, storedAs } from './encoders/bytes.ts'
import { rawTable } from './encoders/encoder.ts'
import { opened } from './encoders/opened.ts'

/** The inputs of a torchao weight of this type; `more`: tensors beside it, by their last part. */
async function torchao(type: string, data: JsonObject, more: Record<string, Stored> = {}) {
  const isFloat = type === 'Float8Tensor'
  const codes = isFloat ? storedAs('F8_E4M3', [2, 2], [1, 2, 3, 4]) : stored('I8', [2, 2], [1, 2, 3, 4])
  const beside = Object.entries(more).map(([name, tensor]) => [`m._weight_${name}`, tensor] as const)
  const tensors = {
    'm._weight_qdata': codes,
    'm._weight_scale': stored('F32', [2, 1], [1, 2]),
    ...Object.fromEntries(beside),
  }
  const metadata = { 'm.weight': JSON.stringify({ _type: type, _data: { block_size: [1, 2], ...data } }) }
  const { raw, plain } = rawTable(tensors, metadata)
  const packed = await decodePacked(raw, plain, { quantization_config: { quant_method: 'torchao' } })
  return packed?.activations.get('m')
}

const perTensor = { _type: 'PerTensor', _data: {} }
const int8 = { act_quant_kwargs: { _type: 'QuantizeTensorToInt8Kwargs', _data: { granularity: perTensor } } }
const float8 = (fields: JsonObject) => ({
  act_quant_kwargs: { _type: 'QuantizeTensorToFloat8Kwargs', _data: fields },
})

describe('torchao', () => {
  it('bounds of the largest input', async () => {
    const bounded = await torchao('Float8Tensor', float8({ hp_value_ub: 3, hp_value_lb: 0.5 }))
    expect(bounded).toMatchObject({ largestAmax: 3, minimumScale: 0.5 / 448 })
    expect(await torchao('Float8Tensor', float8({ hp_value_ub: null }))).toMatchObject({ largestAmax: null })
  })

  it('a stored scale of int8 inputs', async () => {
    const scale = { act_quant_scale: stored('F32', [1, 1], [0.25]) }
    const found = await torchao('Int8Tensor', int8, scale)
    expect(found).toMatchObject({
      dynamic: false,
      scale: 0.25,
      zeroPoint: 0,
      strategy: 'tensor',
      levels: [-128, 127],
    })
  })

  it('several stored scales are refused, not swallowed', async () => {
    const scales = { act_quant_scale: stored('F32', [1, 2], [0.25, 0.5]) }
    await expect(torchao('Int8Tensor', int8, scales)).rejects.toMatchObject({ code: 'PACKED_UNSUPPORTED' })
  })

  it('the older flag', async () => {
    const found = await torchao('IntxUnpackedToInt8Tensor', { apply_int8_act_asym_per_token_quant: true })
    expect(describeActivations(found!)).toBe('int8 dynamic per token, asymmetric')
  })
})

describe('fbgemm', () => {
  const bound = async (config: JsonObject) => {
    const tensors = {
      'm.weight': storedAs('F8_E4M3', [2, 2], [1, 2, 3, 4]),
      'm.weight_scale': stored('F32', [2, 1], [1, 2]),
    }
    const { raw, plain } = rawTable(tensors)
    const quantization_config = { quant_method: 'fbgemm_fp8', ...config }
    return (await decodePacked(raw, plain, { quantization_config }))?.activations.get('m')?.largestAmax
  }

  it('bounds inputs by what the config says, and by its default', async () => {
    expect(await bound({ activation_scale_ub: 2 })).toBe(2)
    expect(await bound({})).toBe(1200)
  })
})

describe('microscaling', () => {
  it.each([
    ['mxfp4-pack-quantized', 4, 4],
    ['mxfp8-quantized', 8, 256],
  ])('%s by its format or by the type of its scales', async (name, num_bits, scaleDivisor) => {
    const args = { num_bits, type: 'float', strategy: 'group', group_size: 32 }
    const groups = (input: JsonObject) => ({
      config_groups: {
        a: { targets: ['Linear'], weights: args, input_activations: { ...args, dynamic: true, ...input } },
      },
    })
    const byFormat = (await opened(name, groups({}))).activations.get('m')
    expect(byFormat).toMatchObject({ powerOfTwo: true, scaleDivisor })
    const byType = (
      await opened(name, { format: 'mixed', ...groups({ scale_dtype: 'torch.uint8' }) })
    ).activations.get('m')
    expect(byType).toMatchObject({ powerOfTwo: true, scaleDivisor })
    const plain = (await opened(name, groups({ scale_dtype: 'torch.float16' }))).activations.get('m')
    expect(plain).toMatchObject({ powerOfTwo: false })
  })
})
