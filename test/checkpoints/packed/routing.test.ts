/** @file What a checkpoint says of itself beside its weights: method, activations, rotation, warnings. */
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../src/bytes/source.ts'
import { decodePacked } from '../../../src/checkpoints/packed/decode-packed.ts'
import { openSafetensors } from '../../../src/checkpoints/safetensors.ts'
import { describeActivations } from '../../../src/contract/activation-quantization.ts'
import type { JsonObject } from '../../../src/sources/json.ts'
import { floatTensors } from '../../../src/tensors/float-tensors.ts'
import { randomWeights, seeded, stored } from './encoders/bytes.ts'
import { packModel, rawTable, safetensorsFile } from './encoders/encoder.ts'
import { encodeGptq } from './encoders/gptq.ts'
import { ENCODERS } from './encoders/index.ts'
import { encoderNamed, opened, WEIGHT } from './encoders/opened.ts'

describe('activations', () => {
  const CASES: readonly (readonly [encoder: string, words: string | null])[] = [
    ['gptq 4-bit g32', null],
    ['bitsandbytes nf4 b64', null],
    ['bitsandbytes int8', 'int8 dynamic per token, outlier columns from 6 kept'],
    ['int-quantized int8 per channel', 'int8 dynamic per token'],
    ['float-quantized per tensor', 'fp8 e4m3 static per tensor'],
    ['float-quantized per channel', 'fp8 e4m3 dynamic per token'],
    ['fp8 128×128 F32 dynamic', 'fp8 e4m3 dynamic per group of 128'],
    ['fp8 per tensor F32 static', 'fp8 e4m3 static per tensor'],
    ['fp8 of AutoFP8', 'fp8 e4m3 static per tensor'],
    ['fbgemm_fp8', 'fp8 e4m3 dynamic per token'],
    ['nvfp4-pack-quantized', 'fp4 e2m1 dynamic per group of 16'],
    ['mxfp4-pack-quantized', 'fp4 e2m1 dynamic per group of 32, scales powers of two'],
    ['modelopt FP8', 'fp8 e4m3 static per tensor'],
    ['modelopt NVFP4', 'fp4 e2m1 dynamic per group of 16'],
    ['torchao Float8Tensor', 'fp8 e4m3 dynamic per token'],
  ]

  it.each(CASES)('%s: %s', async (name, words) => {
    const { activations } = await opened(name)
    const found = activations.get('m')
    expect(found === undefined ? null : describeActivations(found)).toBe(words)
  })

  it('carries what is stored', async () => {
    const fp8 = (await opened('float-quantized per tensor')).activations.get('m')
    expect(fp8).toMatchObject({ scale: Math.fround(0.03), zeroPoint: 0, dynamic: false, scaleDivisor: 448 })
    const nvfp4 = (await opened('nvfp4-pack-quantized')).activations.get('m')
    expect(nvfp4).toMatchObject({ globalScale: 1000, strategy: 'tensor_group', scaleDivisor: 6 })
    const inverse = (await opened('modelopt NVFP4')).activations.get('m')
    expect(inverse?.globalScale).toBe(Math.fround(1 / Math.fround(0.03)))
    expect((await opened('fbgemm_fp8')).activations.get('m')?.largestAmax).toBe(1200)
    const int8 = (await opened('int-quantized int8 per channel')).activations.get('m')
    expect(int8).toMatchObject({ levels: [-128, 127], scaleDivisor: 127.5, minimumScale: 2 ** -23 })
  })

  it('reads asymmetric dynamic inputs', async () => {
    const inputs = { num_bits: 8, type: 'int', symmetric: false, strategy: 'token', dynamic: true }
    const weights = { num_bits: 8, type: 'int', strategy: 'channel' }
    const { activations } = await opened('int-quantized int8 per channel', {
      config_groups: { a: { targets: ['re:^m$'], weights, input_activations: inputs } },
    })
    expect(activations.get('m')).toMatchObject({ symmetric: false, scaleDivisor: 255, levels: [-128, 127] })
  })
})

describe('scales of a quantized key/value cache', () => {
  const scales = (value: number) => ({
    'model.layers.0.self_attn.k_scale': stored('F32', [1], [0.02]),
    'model.layers.0.self_attn.v_scale': stored('F32', [1], [value]),
    'model.layers.1.self_attn.v_scale': stored('F32', [2], [0.02, value]),
  })

  it.each([0, -0.02, Number.NaN, Infinity])('of %d are named with what follows', async (value) => {
    const { warnings } = await opened('float-quantized per tensor', {}, scales(value))
    expect(warnings.filter((warning) => warning.includes('computes noise'))).toEqual([
      expect.stringMatching(
        /^model\.layers\.0\.self_attn\.v_scale and 1 more are zero, negative or not a number/,
      ),
    ])
  })

  it('that can be used are no matter', async () => {
    const { warnings } = await opened('float-quantized per tensor', {}, scales(0.03))
    expect(warnings.join()).not.toContain('computes noise')
  })
})

describe('rotation', () => {
  it.each<JsonObject>([
    { transform_config: { config_groups: { R1: { type: 'hadamard', apply: [] } } } },
    { rotation: 'hadamard' },
    { rotation: true },
  ])('is reported: %j', async (declared) => {
    expect((await opened('gptq 4-bit g32', declared)).rotation).toContain(Object.keys(declared)[0])
  })

  it.each<JsonObject>([
    { transform_config: {} },
    { transform_config: { config_groups: {} } },
    { rotation: null },
    { rotation: false },
  ])('is not seen where there is none: %j', async (declared) => {
    expect((await opened('gptq 4-bit g32', declared)).rotation).toBeNull()
  })
})

describe('tensors against the config', () => {
  it('is not packed when neither says so', async () => {
    const { raw, plain } = rawTable({ 'm.weight': stored('F32', [1, 1], [1]) })
    expect(await decodePacked(raw, plain, { model_type: 'llama' })).toBeNull()
  })

  it('says when the config promises what the tensors do not hold', async () => {
    const { raw, plain } = rawTable({ 'm.weight': stored('F32', [1, 2], [1, 2]) })
    const packed = await decodePacked(raw, plain, { quantization_config: { quant_method: 'gptq', bits: 4 } })
    expect(packed?.describe).toEqual({ bits: null, tensors: 0, parameters: 0 })
    expect(packed?.unquantized).toEqual(['m'])
    expect(packed?.warnings).toEqual(['config.json says gptq, but no tensor is packed.'])
  })

  it.each([
    'gptq 4-bit g64 no g_idx',
    'awq gemm g32',
    'hqq 4-bit axis 1',
    'bitsandbytes nf4 b64',
    'torchao Float8Tensor',
  ])('believes the tensors of %s when the config names another method', async (name) => {
    const method = name.startsWith('gptq') ? 'awq' : 'gptq'
    const packed = await opened(name, { quant_method: method })
    expect(packed.table.entries.get('m.weight')?.storedAs).toBe(encoderNamed(name).storedAs)
    expect(packed.warnings[0]).toContain(`config.json says ${method}, but the tensors are`)
  })

  it('reads tensors without any config', async () => {
    const { tensors } = encoderNamed('awq gemm g32').encode('m', WEIGHT, seeded(5))
    const { raw, plain } = rawTable(tensors)
    const packed = await decodePacked(raw, plain, {})
    expect(packed?.table.entries.get('m.weight')?.storedAs).toBe('awq 4-bit g32')
    expect(packed?.warnings).toEqual([
      'config.json does not say how the weights are quantized; the tensors look like awq.',
    ])
  })

  it('believes the width of the tensors', async () => {
    const packed = await opened('gptq 4-bit g32', { bits: 8 })
    expect(packed.table.entries.get('m.weight')?.storedAs).toBe('gptq 4-bit g32')
    expect(packed.warnings).toEqual(['m: the tensors hold 4-bit codes; config.json says 8.'])
  })

  it('applies rules for single layers', async () => {
    const dynamic = { '-:lm_.*': {}, '+:m$': { bits: 4, group_size: 32 } }
    const packed = await opened('gptq 4-bit g32', { bits: 8, group_size: 128, dynamic })
    expect(packed.warnings).toEqual([])
  })
})

describe('warnings', () => {
  it('warns of a layer left plain that the config does not exempt', async () => {
    const plain = {
      'a.q.weight': stored('F32', [2, 2], [1, 2, 3, 4]),
      'lm_head.weight': stored('F32', [1, 1], [1]),
    }
    const packed = await opened('pack-quantized int4 g32 dense', {}, plain, 'b.q')
    expect(packed.unquantized).toEqual(['a.q', 'lm_head'])
    expect(packed.warnings).toEqual(['a.q is stored unquantized, though config.json does not say so.'])
    const exempt = await opened(
      'pack-quantized int4 g32 dense',
      { ignore: ['re:a\\..*', 'lm_head'] },
      plain,
      'b.q',
    )
    expect(exempt.warnings).toEqual([])
  })

  // compressed-tensors 712: what its recipe ignored was packed when it was saved.
  it.each([
    ['pack-quantized int4 g32 dense', { ignore: ['m'] }],
    ['awq gemm g32', { modules_to_not_convert: ['m'] }],
    ['gptq 4-bit g32', { dynamic: { '-:^m$': {} } }],
    ['bitsandbytes nf4 b64', { llm_int8_skip_modules: ['m'] }],
    ['fp8 128×128 F32 dynamic', { modules_to_not_convert: ['m'] }],
    ['modelopt FP8', { quantization: { quant_algo: 'FP8', exclude_modules: ['m'] } }],
    ['mlx 4-bit g32', { m: false }],
  ])('warns of a layer that is packed, though config.json leaves it out: %s', async (name, fields) => {
    expect((await opened(name)).warnings.join()).not.toContain('unquantized')
    expect((await opened(name, fields)).warnings).toContainEqual(
      expect.stringMatching(
        /^config\.json leaves m unquantized, but the tensors are quantized: .* another model/,
      ),
    )
  })

  it('warns of zero points on which kernels disagree', async () => {
    // All weights positive: every zero point is 0, which v1 stores as 2^bits − 1.
    const options = {
      bits: 4,
      groupSize: 32,
      symmetric: false,
      actOrder: false,
      withIndex: true,
      zeroOffset: 1,
    } as const
    const positive = { ...WEIGHT, values: WEIGHT.values.map(Math.abs) }
    const { tensors, expected } = encodeGptq('m', positive, options, seeded(1))
    const { raw, plain } = rawTable(tensors)
    const config = { quant_method: 'gptq', bits: 4, group_size: 32, sym: false }
    const packed = await decodePacked(raw, plain, { quantization_config: config })
    expect(packed?.warnings[0]).toContain('1 of 1 layers store a zero point of all ones')
    expect((await packed!.table.read('m.weight')).data).toEqual(expected)
  })

  it('says what is not simulated', async () => {
    const packed = await opened('int-quantized int8 per channel', { kv_cache_scheme: { num_bits: 8 } })
    expect(packed.warnings).toEqual([
      'kv_cache_scheme quantizes the key/value cache (8 bits); that is not simulated, so the model as it is served is worse than the figures say.',
    ])
  })
})

describe('tables', () => {
  it('turns the layers of GPT-2 into the layout of its family', async () => {
    const { tensors, expected } = encoderNamed('gptq 4-bit g32').encode('h.0.attn.c_attn', WEIGHT, seeded(5))
    const { raw, plain } = rawTable(tensors)
    const config = { model_type: 'gpt2', quantization_config: encoderNamed('gptq 4-bit g32').config }
    const packed = await decodePacked(raw, plain, config)
    const { shape, data } = await packed!.table.read('h.0.attn.c_attn.weight')
    expect(packed!.table.entries.get('h.0.attn.c_attn.weight')?.shape).toEqual([128, 32])
    expect(shape).toEqual([128, 32])
    for (const [k, n] of [
      [0, 0],
      [127, 31],
      [5, 17],
    ] as const)
      expect(data[k * 32 + n]).toBe(expected[n * 128 + k])
  })

  it('counts the stored bits with scales and zero points', async () => {
    const { describe: counts } = await opened('gptq 4-bit g64 no g_idx')
    // 4 bits, and per group of 64 a scale of 16 bits and a zero point of 4.
    expect(counts).toEqual({ bits: 4 + 20 / 64, groupSize: 64, tensors: 1, parameters: 4096 })
  })

  it.each(ENCODERS)('$name: a whole model through a safetensors file', async (encoder) => {
    const values = randomWeights(64 * 64, seeded(9))
    const matrix = { ...stored('F32', [64, 64], values), values }
    const norm = { ...stored('F32', [64], values.subarray(0, 64)), values }
    const model = { 'a.q.weight': matrix, 'b.q.weight': matrix, 'norm.weight': norm, 'embed.weight': matrix }
    const { tensors, metadata } = packModel(encoder, model, (module) => module.endsWith('.q'), seeded(2))
    const raw = await openSafetensors(bytesSource('model.safetensors', safetensorsFile(tensors, metadata)))
    const config = { quantization_config: encoder.config }
    const packed = await decodePacked(raw, floatTensors('model', raw), config)
    expect([...packed!.table.entries.keys()].sort()).toEqual(Object.keys(model).sort())
    expect(packed!.unquantized).toEqual(['embed'])
    expect(packed!.warnings).toEqual([])
    for (const name of Object.keys(model)) await packed!.table.read(name)
    expect((await packed!.table.read('norm.weight')).data).toEqual(values.subarray(0, 64))
  })
})

describe('experts as gpt-oss packs them', () => {
  const stem = 'model.layers.0.mlp.experts.gate_up_proj'
  // Codes of 2 experts of 3 outputs and 64 inputs, the even input in the low half; an exponent for each 32.
  const codes = Array.from({ length: 2 * 3 * 64 }, (_, i) => (7 * i + (i >> 4)) % 16)
  const bytes = Uint8Array.from(
    { length: codes.length / 2 },
    (_, i) => codes[2 * i]! + 16 * codes[2 * i + 1]!,
  )
  const exponents = Uint8Array.from({ length: 2 * 3 * 2 }, (_, i) => 120 + i)
  const tensors = {
    [`${stem}_blocks`]: stored('U8', [2, 3, 2, 16], bytes),
    [`${stem}_scales`]: stored('U8', [2, 3, 2], exponents),
    [`${stem}_bias`]: stored('F32', [2, 3], [1, 2, 3, 4, 5, 6]),
  }
  const magnitudes = [0, 0.5, 1, 1.5, 2, 3, 4, 6]

  it.each([{}, { quantization_config: { quant_method: 'mxfp4' } }])(
    'are weights of their own: %j',
    async (config) => {
      const { raw, plain } = rawTable(tensors)
      const packed = await decodePacked(raw, plain, config)
      const names = [0, 1].map((expert) => `model.layers.0.mlp.experts.${expert}.gate_up_proj.weight`)
      expect([...(packed?.table.entries.keys() ?? [])]).toEqual([`${stem}_bias`, ...names])
      expect(packed?.describe).toEqual({ bits: 4.25, tensors: 2, parameters: 2 * 3 * 64, groupSize: 32 })
      for (const [expert, name] of names.entries()) {
        const { shape, data } = await packed!.table.read(name)
        expect(shape).toEqual([3, 64])
        const expected = Array.from({ length: 3 * 64 }, (_, i) => {
          const code = codes[expert * 3 * 64 + i]!
          const exponent = exponents[Math.floor((expert * 3 * 64 + i) / 32)]! - 127
          return (code < 8 ? 1 : -1) * magnitudes[code % 8]! * 2 ** exponent
        })
        expect(Array.from(data, (value) => value + 0)).toEqual(expected.map((value) => value + 0))
      }
    },
  )

  it.each([
    [[2, 3, 2, 8], '_blocks'],
    [[2, 3, 32], '_blocks'],
  ])('blocks of shape %j are refused', async (shape, name) => {
    const size = shape.reduce((product, dim) => product * dim, 1)
    const { raw, plain } = rawTable({
      ...tensors,
      [`${stem}_blocks`]: stored('U8', shape, new Uint8Array(size)),
    })
    await expect(decodePacked(raw, plain, {})).rejects.toMatchObject({
      code: 'PACKED_PART_SHAPE',
      message: expect.stringContaining(stem + name),
    })
  })
})
