/** @file Checkpoints whose config says one thing and whose tensors another, or whose schemes are easily dropped. */
import { describe, expect, it } from 'vitest'
import { decodePacked } from '../../../src/checkpoints/packed/decode-packed.ts'
import { describeActivations } from '../../../src/contract/activation-quantization.ts'
import type { JsonObject } from '../../../src/sources/json.ts'
import { type Stored, seeded, stored, storedAs } from './encoders/bytes.ts'
import { rawTable } from './encoders/encoder.ts'
import { encodeGptq } from './encoders/gptq.ts'
import { encoderNamed, opened, WEIGHT } from './encoders/opened.ts'

const close = (found: ArrayLike<number>, expected: ArrayLike<number>) => {
  const worst = Math.max(...Array.from(expected, (value, i) => Math.abs(value - (found[i] ?? Number.NaN))))
  expect(worst).toBeLessThan(1e-6)
}

async function openedTensors(tensors: Record<string, Stored>, config: JsonObject) {
  const { raw, plain } = rawTable(tensors)
  const packed = await decodePacked(raw, plain, { quantization_config: config })
  if (packed === null) throw new Error('nothing packed')
  return packed
}

describe('zero points of GPTQ', () => {
  const CASES = [
    { bits: 2, written: 0, says: 'gptq' },
    { bits: 4, written: 0, says: 'gptq' },
    { bits: 8, written: 0, says: 'gptq' },
    { bits: 4, written: 1, says: 'gptq_v2' },
  ] as const

  it.each(CASES)('$bits bits, less $written, though $says is said', async ({ bits, written, says }) => {
    const options = { bits, groupSize: 32, symmetric: true, actOrder: false, withIndex: true } as const
    const { tensors, expected } = encodeGptq('m', WEIGHT, { ...options, zeroOffset: written }, seeded(1))
    const config = { quant_method: 'gptq', bits, group_size: 32, sym: true, checkpoint_format: says }
    const packed = await openedTensors(tensors, config)
    expect(packed.warnings[0]).toContain('the stored values decide')
    expect((await packed.table.read('m.weight')).data).toEqual(expected)
  })

  it('that differ although the config says symmetric are read as they are stored', async () => {
    const options = { bits: 4, groupSize: 32, symmetric: false, actOrder: false, withIndex: true } as const
    const { tensors, expected } = encodeGptq('m', WEIGHT, { ...options, zeroOffset: 1 }, seeded(1))
    const packed = await openedTensors(tensors, { quant_method: 'gptq', bits: 4, group_size: 32, sym: true })
    expect(packed.warnings).toEqual([
      'config.json says that the quantization is symmetric, but the zero points of m differ; they are read as they are stored.',
    ])
    expect((await packed.table.read('m.weight')).data).toEqual(expected)
  })
})

describe('settings of single layers', () => {
  const wide = { bits: 8, group_size: 64 }

  it.each<[string, JsonObject]>([
    ['look-ahead', { dynamic: { '+:.*mlp\\.(?!gate|up)\\w+': wide } }],
    ['named group', { dynamic: { '+:model\\.layers\\.(?P<i>\\d+)\\.mlp\\.down_proj$': wide } }],
    ['expression of AutoRound', { extra_config: { '.*mlp.down_proj': wide } }],
    ['part of a name', { extra_config: { down_proj: wide } }],
    [
      'whole name before an expression',
      { extra_config: { '.*': { bits: 4 }, 'model.layers.0.mlp.down_proj': wide } },
    ],
  ])('%s', async (_, rules) => {
    const module = 'model.layers.0.mlp.down_proj'
    const options = { bits: 8, groupSize: 64, symmetric: true, actOrder: false, withIndex: false } as const
    const { tensors, expected } = encodeGptq(module, WEIGHT, { ...options, zeroOffset: 1 }, seeded(1))
    const packed = await openedTensors(tensors, { quant_method: 'gptq', bits: 4, group_size: 32, ...rules })
    expect(packed.warnings).toEqual([])
    expect((await packed.table.read(`${module}.weight`)).data).toEqual(expected)
  })

  it.each(['dynamic', 'extra_config'])(
    'an expression of %s that is not understood is said as such',
    async (field) => {
      const key = field === 'dynamic' ? '+:(a)\\1' : '(a)\\1'
      await expect(opened('gptq 4-bit g32', { [field]: { [key]: wide } })).rejects.toMatchObject({
        code: 'PACKED_CONFIG',
        message: expect.stringMatching(
          /not understood; allowed: regular expressions without back references/,
        ),
      })
    },
  )
})

describe('schemes of compressed-tensors', () => {
  const weights = { num_bits: 8, type: 'float', strategy: 'channel' }
  const inputs = { num_bits: 8, type: 'float', strategy: 'token', dynamic: true }
  const groups = (targets: string[], input: JsonObject | null = inputs) => ({
    config_groups: { group_0: { targets, weights, input_activations: input } },
  })

  it.each(['re:^(?!.*lm_head).*$', 're:(?P<name>m)', 'Linear', 'm'])(
    '%s finds its layers',
    async (target) => {
      const { activations, warnings } = await opened('float-quantized per channel', groups([target]))
      expect(describeActivations(activations.get('m')!)).toBe('fp8 e4m3 dynamic per token')
      expect(warnings).toEqual([])
    },
  )

  it.each(['re:(m)\\1', 'LlamaMLP'])('%s is refused, not dropped', async (target) => {
    await expect(opened('float-quantized per channel', groups([target]))).rejects.toMatchObject({
      code: 'PACKED_CONFIG',
      message: expect.stringContaining('config_groups.group_0.targets'),
    })
  })

  it.each(['LlamaAttention', 're:.*self_attn$'])('a group for %s is named', async (target) => {
    const attention = { targets: [target], input_activations: { strategy: 'attn_head', num_bits: 8 } }
    const config_groups = { ...groups(['Linear'], null).config_groups, attention }
    const { warnings } = await opened('float-quantized per channel', { config_groups })
    expect(warnings).toEqual([
      expect.stringContaining('config_groups.attention quantizes queries, keys and values'),
    ])
  })

  it('a group that finds nothing is named', async () => {
    const config_groups = { ...groups(['Linear']).config_groups, other: { targets: ['re:vision'], weights } }
    const { warnings } = await opened('float-quantized per channel', { config_groups })
    expect(warnings).toEqual([expect.stringContaining('config_groups.other names no layer')])
  })

  it('reads frozen layers that were left uncompressed', async () => {
    const tensors = {
      'm.weight': stored('F16', [2, 2], [0.5, -1, 2, 0]),
      'm.weight_scale': stored('F16', [2, 1], [0.5, 1]),
      'm.weight_zero_point': stored('I8', [2, 1], [0, 0]),
    }
    const config = { quant_method: 'compressed-tensors', format: 'dense', ...groups(['Linear']) }
    const packed = await openedTensors(tensors, config)
    expect([...packed.table.entries.keys()]).toEqual(['m.weight'])
    expect([...(await packed.table.read('m.weight')).data]).toEqual([0x3800, 0xbc00, 0x4000, 0])
    expect(packed.activations.has('m')).toBe(true)
    expect(packed.warnings).toEqual([
      '1 layer is stored as floats beside their scales; the floats are read as they are.',
    ])
  })
})

describe('algorithms of ModelOpt', () => {
  const codes = [0x38, 0x40, 0xb8, 0x30] // 1, 2, −1, 0.5
  const fp8 = storedAs('F8_E4M3', [2, 2], codes)

  it('FP8_PER_CHANNEL_PER_TOKEN quantizes inputs, of which nothing is stored', async () => {
    const tensors = { 'm.weight': fp8, 'm.weight_scale': stored('F32', [2], [2, 4]) }
    const config = { quant_method: 'modelopt', quant_algo: 'FP8_PER_CHANNEL_PER_TOKEN' }
    const { table, activations } = await openedTensors(tensors, config)
    expect(describeActivations(activations.get('m')!)).toBe('fp8 e4m3 dynamic per token')
    expect([...(await table.read('m.weight')).data]).toEqual([2, 4, -4, 2])
  })

  it('FP8_PB_WO has a scale per block, and inputs as they are', async () => {
    const tensors = {
      'm.weight': storedAs('F8_E4M3', [2, 4], [...codes, ...codes]),
      'm.weight_scale': stored('F32', [1, 1, 2, 1], [1, 10]),
    }
    const { table, activations } = await openedTensors(tensors, {
      quant_method: 'modelopt',
      quant_algo: 'FP8_PB_WO',
    })
    expect(activations.size).toBe(0)
    close((await table.read('m.weight')).data, [1, 2, -10, 5, 1, 2, -10, 5])
  })

  it('FP8 without its input scale is refused, and so is an algorithm that is not known', async () => {
    const tensors = { 'm.weight': fp8, 'm.weight_scale': stored('F32', [], [1]) }
    const config = (quant_algo: string) => ({ quant_method: 'modelopt', quant_algo })
    await expect(openedTensors(tensors, config('FP8'))).rejects.toMatchObject({ code: 'PACKED_PART_MISSING' })
    await expect(openedTensors(tensors, config('W4A8_AWQ'))).rejects.toMatchObject({
      code: 'PACKED_UNSUPPORTED',
      message: expect.stringContaining('W4A8_AWQ'),
    })
  })

  it('names a quantized cache', async () => {
    const config = { ...encoderNamed('modelopt FP8').config }
    const packed = await opened('modelopt FP8', {
      ...config,
      kv_cache_scheme: null,
      quantization: { quant_algo: 'FP8', kv_cache_quant_algo: 'FP8' },
    })
    expect(packed.warnings).toEqual([
      expect.stringContaining('kv_cache_quant_algo quantizes the key/value cache (FP8)'),
    ])
  })
})

describe('a scheme of the cache alone is named', () => {
  const plain = { 'm.weight': stored('F16', [1, 2], [1, 2]), 'm.k_scale': stored('F32', [], [1]) }

  it.each<[string, JsonObject]>([
    ['compressed-tensors', { config_groups: {}, kv_cache_scheme: { num_bits: 8, type: 'float' } }],
    ['modelopt', { quantization: { quant_algo: null, kv_cache_quant_algo: 'FP8' } }],
  ])('%s', async (quant_method, config) => {
    const { warnings, describe: found } = await openedTensors(plain, { quant_method, ...config })
    expect(warnings[0]).toMatch(/^kv_cache_\w+ quantizes the key\/value cache \(/)
    expect(found.tensors).toBe(0)
  })
})

it('inputs are quantized where weights stay as they are', async () => {
  const input_activations = { num_bits: 8, type: 'int', strategy: 'token', dynamic: true }
  const config_groups = { a: { targets: ['Linear'], weights: null, input_activations } }
  const tensors = {
    'm.weight': stored('F16', [1, 2], [1, 2]),
    'lm_head.weight': stored('F16', [1, 2], [1, 2]),
    'embed_tokens.weight': stored('F16', [1, 2], [1, 2]),
  }
  const config = { quant_method: 'compressed-tensors', ignore: ['lm_head'], config_groups }
  const { activations } = await openedTensors(tensors, config)
  expect([...activations.keys()]).toEqual(['m'])
})

it.each([0, -4, '4'])('bits: %j is refused, whatever is packed', async (bits) => {
  const tensors = { 'm.weight': stored('F16', [1, 2], [1, 2]) }
  await expect(openedTensors(tensors, { quant_method: 'gptq', bits })).rejects.toMatchObject({
    code: 'PACKED_CONFIG',
    message: expect.stringContaining('quantization_config.bits'),
  })
})

it('Marlin tiles are refused by name', async () => {
  const tensors = { 'm.B': stored('I32', [1, 4], [1, 2, 3, 4]), 'm.s': stored('F16', [1, 2], [1, 1]) }
  await expect(openedTensors(tensors, { quant_method: 'gptq', bits: 4 })).rejects.toMatchObject({
    code: 'PACKED_UNSUPPORTED',
    message: expect.stringContaining('Marlin'),
  })
})

describe('MLX', () => {
  const { tensors } = encoderNamed('mlx 4-bit g32').encode('m', WEIGHT, seeded(5))
  const { tensors: wide } = encoderNamed('mlx 8-bit g32').encode('n', WEIGHT, seeded(5))

  it('says how it is quantized under a name of its own, other values for single layers', async () => {
    const quantization = { group_size: 32, bits: 4, n: { bits: 8, group_size: 32 }, lm_head: false }
    const { raw, plain } = rawTable({ ...tensors, ...wide, 'lm_head.weight': stored('F32', [1, 1], [1]) })
    const packed = await decodePacked(raw, plain, { quantization, quantization_config: quantization })
    expect(packed?.warnings).toEqual([])
    expect(['m', 'n'].map((name) => packed?.table.entries.get(`${name}.weight`)?.storedAs)).toEqual([
      'mlx 4-bit g32',
      'mlx 8-bit g32',
    ])
  })

  it('of a mode that is not known is refused by name, as are a width or groups that the tensors or the mode do not have', async () => {
    const config = (changes: JsonObject) => ({ quant_method: 'mlx', group_size: 32, bits: 4, ...changes })
    await expect(openedTensors(tensors, config({ mode: 'mxfp6' }))).rejects.toMatchObject({
      code: 'PACKED_UNSUPPORTED',
      message: expect.stringContaining('mlx: mxfp6'),
    })
    await expect(openedTensors(tensors, config({ bits: 8 }))).rejects.toMatchObject({
      code: 'PACKED_PART_SHAPE',
    })
    await expect(openedTensors(tensors, config({ mode: 'nvfp4' }))).rejects.toMatchObject({
      code: 'PACKED_UNSUPPORTED',
      message: expect.stringContaining('mlx: nvfp4 in groups of 32'),
    })
    // The affine mode's scales are numbers; those of the modes without biases are bytes.
    await expect(openedTensors(tensors, config({ mode: 'mxfp4' }))).rejects.toMatchObject({
      code: 'PACKED_PART_TYPE',
    })
  })
})
