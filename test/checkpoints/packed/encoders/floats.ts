/** @file Float8 and FP4 with their scales: fp8, fbgemm, compressed-tensors, ModelOpt, torchao. */
import type { JsonObject } from '../../../../src/sources/json.ts'
import { largest, nearest, type Stored, stored, storedAs } from './bytes.ts'
import type { Encoder, Weight } from './encoder.ts'
import { compressedConfig } from './integers.ts'

/** All finite e4m3fn values with their codes, written out from the definition. */
const E4M3 = Array.from({ length: 127 }, (_, code) => {
  const [exponent, fraction] = [code >> 3, code % 8]
  return exponent === 0 ? fraction / 512 : 2 ** (exponent - 7) * (1 + fraction / 8)
})
const E2M1 = [0, 0.5, 1, 1.5, 2, 3, 4, 6]

/** Code of the nearest value, sign in the top bit of `signBit`. */
const signed = (value: number, table: readonly number[], signBit: number) =>
  nearest(Math.abs(value), table) + (value < 0 ? signBit : 0)
const decoded = (code: number, table: readonly number[], signBit: number) =>
  code >= signBit ? -table[code - signBit]! : table[code]!
const e4m3 = (code: number) => decoded(code, E4M3, 128)
const e2m1 = (code: number) => decoded(code, E2M1, 8)

/** Blocks of rows × columns, edge blocks partial: the largest magnitude of each, [ceil(N/rows), ceil(K/columns)]. */
function blockMaxima({ N, K, values }: Weight, rows: number, columns: number): number[] {
  const wide = Math.ceil(K / columns)
  const maxima = new Array<number>(Math.ceil(N / rows) * wide).fill(0)
  values.forEach((value, i) => {
    const block = Math.floor(Math.floor(i / K) / rows) * wide + Math.floor((i % K) / columns)
    maxima[block] = Math.max(maxima[block]!, Math.abs(value))
  })
  return maxima
}

type ScaleKind = 'F32' | 'E8M0'

/** Float8 codes and scales for blocks. */
function float8(weight: Weight, rows: number, columns: number, kind: ScaleKind) {
  const { N, K, values } = weight
  const wide = Math.ceil(K / columns)
  const blockOf = (i: number) => Math.floor(Math.floor(i / K) / rows) * wide + Math.floor((i % K) / columns)
  const exponents = blockMaxima(weight, rows, columns).map((most) => Math.ceil(Math.log2((most || 1) / 448)))
  const scales =
    kind === 'E8M0'
      ? exponents.map((exponent) => 2 ** exponent)
      : blockMaxima(weight, rows, columns).map((most) => Math.fround((most || 1) / 448))
  const codes = Array.from(values, (value, i) => signed(value / scales[blockOf(i)]!, E4M3, 128))
  const shape = [Math.ceil(N / rows), wide]
  return {
    codes: storedAs('F8_E4M3', [N, K], codes),
    scales: (form: readonly number[] = shape): Stored =>
      kind === 'F32'
        ? stored('F32', form, scales)
        : storedAs(
            'F8_E8M0',
            form,
            exponents.map((e) => e + 127),
          ),
    expected: Float32Array.from(codes, (code, i) => e4m3(code) * scales[blockOf(i)]!),
  }
}

const STATIC_SCALE = Math.fround(0.03)

function fp8(
  block: readonly [number, number] | null,
  kind: ScaleKind,
  scheme: 'dynamic' | 'static',
): Encoder {
  const extent = block === null ? 'per tensor' : block.join('×')
  const format: JsonObject = kind === 'E8M0' ? { scale_fmt: 'ue8m0' } : {}
  return {
    name: `fp8 ${extent} ${kind} ${scheme}`,
    config: { quant_method: 'fp8', weight_block_size: block, activation_scheme: scheme, ...format },
    storedAs: `fp8 e4m3 ${extent}`,
    encode: (module, weight) => {
      const [rows, columns] = block ?? [weight.N, weight.K]
      const { codes, scales, expected } = float8(weight, rows, columns, kind)
      return {
        expected,
        tensors: {
          [`${module}.weight`]: codes,
          [`${module}.weight_scale_inv`]: scales(block === null ? [] : undefined),
          ...(scheme === 'static'
            ? { [`${module}.activation_scale`]: stored('F32', [], [STATIC_SCALE]) }
            : {}),
        },
      }
    },
  }
}

function compressedFp8(strategy: 'tensor' | 'channel' | 'block'): Encoder {
  const structure = strategy === 'block' ? { block_structure: [64, 32] } : {}
  const weights = { num_bits: 8, type: 'float', symmetric: true, strategy, ...structure }
  const isStatic = strategy === 'tensor'
  const inputs = {
    num_bits: 8,
    type: 'float',
    symmetric: true,
    strategy: isStatic ? 'tensor' : 'token',
    dynamic: !isStatic,
  }
  const extent = strategy === 'block' ? '64×32' : `per ${strategy}`
  return {
    name: `float-quantized ${extent}`,
    config: compressedConfig('float-quantized', weights, inputs),
    storedAs: `compressed-tensors fp8 e4m3 ${extent}`,
    encode: (module, weight) => {
      const { N, K } = weight
      const [rows, columns] = strategy === 'block' ? [64, 32] : strategy === 'channel' ? [1, K] : [N, K]
      const { codes, scales, expected } = float8(weight, rows, columns, 'F32')
      return {
        expected,
        tensors: {
          [`${module}.weight`]: codes,
          [`${module}.weight_scale`]: scales(isStatic ? [1] : undefined),
          ...(isStatic ? { [`${module}.input_scale`]: stored('F32', [1], [STATIC_SCALE]) } : {}),
        },
      }
    },
  }
}

/** Codes [N, K/2], scales of groups of 16 in e4m3 under one number, or of 32 as powers of two. */
function fp4({ N, K, values }: Weight, kind: 'nvfp4' | 'mxfp4', combine: 'divide' | 'multiply') {
  const size = kind === 'nvfp4' ? 16 : 32
  const amax = largest(values) || 1
  const second = Math.fround(combine === 'divide' ? (448 * 6) / amax : amax / (448 * 6))
  const codesOfScales: number[] = []
  const scales: number[] = []
  for (let i = 0; i < N * K; i += size) {
    const most = largest(values.subarray(i, i + size)) || 2 ** -20
    if (kind === 'mxfp4') {
      const exponent = Math.floor(Math.log2(most)) - 2
      codesOfScales.push(exponent + 127)
      scales.push(2 ** exponent)
      continue
    }
    const code = Math.max(nearest(combine === 'divide' ? (most / 6) * second : most / 6 / second, E4M3), 1)
    codesOfScales.push(code)
    scales.push(Math.fround(combine === 'divide' ? e4m3(code) / second : e4m3(code) * second))
  }
  const codes = Array.from(values, (value, i) => signed(value / scales[Math.floor(i / size)]!, E2M1, 8))
  const bytes: number[] = []
  for (let i = 0; i < codes.length; i += 2) bytes.push(codes[i]! + 16 * codes[i + 1]!)
  return {
    codes: stored('U8', [N, K / 2], bytes),
    scales: storedAs(kind === 'nvfp4' ? 'F8_E4M3' : 'U8', [N, K / size], codesOfScales),
    second,
    expected: Float32Array.from(codes, (code, i) => e2m1(code) * scales[Math.floor(i / size)]!),
  }
}

function compressedFp4(kind: 'nvfp4' | 'mxfp4'): Encoder {
  const size = kind === 'nvfp4' ? 16 : 32
  const strategy = kind === 'nvfp4' ? 'tensor_group' : 'group'
  const args = { num_bits: 4, type: 'float', symmetric: true, strategy, group_size: size }
  const dynamic = kind === 'nvfp4' ? 'local' : true
  return {
    name: `${kind}-pack-quantized`,
    config: compressedConfig(`${kind}-pack-quantized`, args, { ...args, dynamic }),
    storedAs: `compressed-tensors ${kind} g${size}`,
    encode: (module, weight) => {
      const { codes, scales, second, expected } = fp4(weight, kind, 'divide')
      const globals = {
        [`${module}.weight_global_scale`]: stored('F32', [1], [second]),
        [`${module}.input_global_scale`]: stored('F32', [1], [1000]),
      }
      return {
        expected,
        tensors: {
          [`${module}.weight_packed`]: codes,
          [`${module}.weight_scale`]: scales,
          ...(kind === 'nvfp4' ? globals : {}),
        },
      }
    },
  }
}

const MODELOPT = (algorithm: string) => ({
  producer: { name: 'modelopt', version: '0.29.0' },
  quantization: {
    quant_algo: algorithm,
    kv_cache_quant_algo: null,
    exclude_modules: ['lm_head', 'embed_out'],
  },
})

export const FLOAT_ENCODERS: readonly Encoder[] = [
  fp8([128, 128], 'F32', 'dynamic'),
  fp8([48, 40], 'F32', 'dynamic'),
  fp8([128, 128], 'E8M0', 'dynamic'),
  fp8(null, 'F32', 'static'),
  {
    name: 'fp8 of AutoFP8',
    config: { quant_method: 'fp8', activation_scheme: 'static', ignored_layers: ['lm_head'] },
    storedAs: 'fp8 e4m3 per tensor',
    encode: (module, weight) => {
      const { codes, scales, expected } = float8(weight, weight.N, weight.K, 'F32')
      const input = { [`${module}.input_scale`]: stored('F32', [], [STATIC_SCALE]) }
      return {
        expected,
        tensors: { [`${module}.weight`]: codes, [`${module}.weight_scale`]: scales([]), ...input },
      }
    },
  },
  {
    name: 'fbgemm_fp8',
    config: { quant_method: 'fbgemm_fp8', activation_scale_ub: 1200.0, modules_to_not_convert: ['lm_head'] },
    storedAs: 'fp8 e4m3 per channel',
    encode: (module, weight) => {
      const { codes, scales, expected } = float8(weight, 1, weight.K, 'F32')
      const bound = { [`${module}.input_scale_ub`]: stored('F32', [1], [1200]) }
      return {
        expected,
        tensors: { [`${module}.weight`]: codes, [`${module}.weight_scale`]: scales(), ...bound },
      }
    },
  },
  compressedFp8('tensor'),
  compressedFp8('channel'),
  compressedFp8('block'),
  {
    name: 'mxfp8-quantized',
    config: compressedConfig('mxfp8-quantized', {
      num_bits: 8,
      type: 'float',
      strategy: 'group',
      group_size: 32,
    }),
    storedAs: 'compressed-tensors fp8 e4m3 g32',
    encode: (module, weight) => {
      const { codes, scales, expected } = float8(weight, 1, 32, 'E8M0')
      const bytes = { ...scales(), dtype: 'U8' as const }
      return { expected, tensors: { [`${module}.weight`]: codes, [`${module}.weight_scale`]: bytes } }
    },
  },
  compressedFp4('nvfp4'),
  compressedFp4('mxfp4'),
  {
    name: 'modelopt FP8',
    config: MODELOPT('FP8'),
    storedAs: 'modelopt fp8 e4m3 per tensor',
    encode: (module, weight) => {
      const { codes, scales, expected } = float8(weight, weight.N, weight.K, 'F32')
      const input = { [`${module}.input_scale`]: stored('F32', [], [STATIC_SCALE]) }
      return {
        expected,
        tensors: { [`${module}.weight`]: codes, [`${module}.weight_scale`]: scales([]), ...input },
      }
    },
  },
  {
    name: 'modelopt NVFP4',
    config: MODELOPT('NVFP4'),
    storedAs: 'modelopt nvfp4 g16',
    encode: (module, weight) => {
      const { codes, scales, second, expected } = fp4(weight, 'nvfp4', 'multiply')
      return {
        expected,
        tensors: {
          [`${module}.weight`]: codes,
          [`${module}.weight_scale`]: scales,
          [`${module}.weight_scale_2`]: stored('F32', [], [second]),
          [`${module}.input_scale`]: stored('F32', [], [STATIC_SCALE]),
        },
      }
    },
  },
  {
    name: 'torchao Float8Tensor',
    config: {
      quant_method: 'torchao',
      quant_type: { default: { _type: 'Float8DynamicActivationFloat8WeightConfig' } },
    },
    storedAs: 'torchao fp8 e4m3 per channel',
    encode: (module, weight) => {
      const { codes, scales, expected } = float8(weight, 1, weight.K, 'F32')
      const kwargs = {
        _type: 'QuantizeTensorToFloat8Kwargs',
        _data: { granularity: { _type: 'PerRow', _data: { dim: -1 } } },
      }
      const data = { block_size: [1, weight.K], act_quant_kwargs: kwargs }
      const described = { _type: 'Float8Tensor', _data: data, _tensor_data_names: ['qdata', 'scale'] }
      return {
        expected,
        metadata: { [`${module}.weight`]: JSON.stringify(described) },
        tensors: { [`${module}._weight_qdata`]: codes, [`${module}._weight_scale`]: scales() },
      }
    },
  },
]
