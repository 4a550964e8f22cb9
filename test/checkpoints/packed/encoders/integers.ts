/** @file Integers with scales per tensor, channel or group: compressed-tensors (packed and plain), torchao, HQQ. */
import { bfloat, clamp, column, denseWords, half, membersOf, paddedWords, row, stored } from './bytes.ts'
import type { Encoded, Encoder, Weight } from './encoder.ts'

/** Groups of `size` along K in blocks of `rows` outputs; scale and zero of each, codes and values of all. */
export interface Quantized {
  readonly codes: number[]
  readonly scales: number[]
  readonly zeros: number[]
  readonly G: number
  readonly expected: Float32Array
}

/** Codes in [−2^(b−1), 2^(b−1) − 1]; `index` gives the group of each input. */
export function quantize(
  { N, K, values }: Weight,
  bits: number,
  size: number,
  symmetric: boolean,
  round: (scale: number) => number,
  index: readonly number[] = Array.from({ length: K }, (_, k) => Math.floor(k / size)),
  perTensor = false,
): Quantized {
  const G = perTensor ? 1 : Math.ceil(K / size)
  const [bottom, top] = [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1]
  const scales: number[] = []
  const zeros: number[] = []
  const groups = membersOf(index, perTensor ? Math.ceil(K / size) : G)
  for (let n = 0; n < (perTensor ? 1 : N); n++) {
    for (let g = 0; g < G; g++) {
      const members = perTensor ? Array.from(values) : groups[g]!.map((k) => values[n * K + k]!)
      const low = members.reduce((least, value) => Math.min(least, value), 0)
      const high = members.reduce((most, value) => Math.max(most, value), 0)
      const span = symmetric ? 2 * Math.max(-low, high) : high - low
      const scale = Math.max(round(span / (top - bottom)), 2 ** -14)
      scales.push(scale)
      zeros.push(symmetric ? 0 : clamp(Math.round(bottom - low / scale), bottom, top))
    }
  }
  const at = (i: number) => (perTensor ? 0 : Math.floor(i / K) * G + index[i % K]!)
  const codes = Array.from(values, (value, i) =>
    clamp(Math.round(value / scales[at(i)]!) + zeros[at(i)]!, bottom, top),
  )
  const expected = Float32Array.from(codes, (code, i) => (code - zeros[at(i)]!) * scales[at(i)]!)
  return { codes, scales, zeros, G, expected }
}

interface PackOptions {
  readonly bits: number
  readonly strategy: 'tensor' | 'channel' | 'group'
  readonly groupSize: number | null
  readonly symmetric: boolean
  readonly layout: 'dense' | 'padded'
  readonly actOrder: boolean
}

export function encodePackQuantized(
  module: string,
  weight: Weight,
  options: PackOptions,
  random: () => number,
): Encoded {
  const { N, K } = weight
  const { bits, symmetric, strategy } = options
  const size = options.groupSize ?? K
  const index = Array.from({ length: K }, (_, k) => Math.floor(k / size))
  if (options.actOrder) index.sort(() => random() - 0.5)
  const { codes, scales, zeros, G, expected } = quantize(
    weight,
    bits,
    size,
    symmetric,
    bfloat,
    index,
    strategy === 'tensor',
  )
  const pack = options.layout === 'dense' ? denseWords : paddedWords
  const offset = 2 ** (bits - 1)
  const rows = Array.from({ length: N }, (_, n) =>
    pack(
      row(codes, n, K).map((code) => code + offset),
      bits,
    ),
  )
  const upright = Array.from({ length: G }, (_, g) =>
    pack(
      column(zeros, g, N, G).map((zero) => zero + offset),
      bits,
    ),
  )
  const zeroRows = upright[0]!.length
  return {
    expected,
    tensors: {
      [`${module}.weight_packed`]: stored('I32', [N, rows[0]!.length], rows.flat()),
      [`${module}.weight_shape`]: stored('I64', [2], [N, K]),
      [`${module}.weight_scale`]: stored('BF16', strategy === 'tensor' ? [1] : [N, G], scales),
      ...(symmetric
        ? {}
        : {
            [`${module}.weight_zero_point`]: stored(
              'I32',
              [zeroRows, G],
              Array.from({ length: zeroRows * G }, (_, i) => upright[i % G]![Math.floor(i / G)]!),
            ),
          }),
      ...(options.actOrder ? { [`${module}.weight_g_idx`]: stored('I32', [K], index) } : {}),
    },
  }
}

export function compressedConfig(format: string, weights: object, inputs: object | null = null) {
  const group = {
    targets: ['Linear'],
    weights: { ...weights },
    input_activations: inputs === null ? null : { ...inputs },
  }
  return {
    quant_method: 'compressed-tensors',
    format,
    quantization_status: 'compressed',
    config_groups: { group_0: group },
    ignore: ['lm_head', 'embed_out'],
  }
}

function packed(options: Partial<PackOptions>): Encoder {
  const full: PackOptions = {
    bits: 4,
    strategy: 'group',
    groupSize: 32,
    symmetric: true,
    layout: 'dense',
    actOrder: false,
    ...options,
  }
  const { bits, strategy, groupSize, symmetric } = full
  const extent = strategy === 'group' ? `g${groupSize}` : `per ${strategy}`
  const weights = { num_bits: bits, type: 'int', symmetric, strategy, group_size: groupSize }
  return {
    name: `pack-quantized int${bits} ${extent} ${full.layout}${symmetric ? '' : ' asymmetric'}${full.actOrder ? ' act-order' : ''}`,
    config: compressedConfig('pack-quantized', weights),
    storedAs: `compressed-tensors int${bits} ${extent}${symmetric ? '' : ' asymmetric'}`,
    encode: (module, weight, random) => encodePackQuantized(module, weight, full, random),
  }
}

function plainInt8(strategy: 'tensor' | 'channel' | 'group', symmetric: boolean, format: string): Encoder {
  const groupSize = strategy === 'group' ? 32 : null
  const extent = strategy === 'group' ? 'g32' : `per ${strategy}`
  const weights = { num_bits: 8, type: 'int', symmetric, strategy, group_size: groupSize }
  const inputs = { num_bits: 8, type: 'int', symmetric: true, strategy: 'token', dynamic: true }
  return {
    name: `${format} int8 ${extent}${symmetric ? '' : ' asymmetric'}`,
    config: compressedConfig(format, weights, inputs),
    storedAs: `compressed-tensors int8 ${extent}`,
    encode: (module, weight) => {
      const { N, K } = weight
      const perTensor = strategy === 'tensor'
      const { codes, scales, zeros, G, expected } = quantize(
        weight,
        8,
        groupSize ?? K,
        symmetric,
        Math.fround,
        undefined,
        perTensor,
      )
      const shape = perTensor ? [1] : [N, G]
      return {
        expected,
        tensors: {
          [`${module}.weight`]: stored('I8', [N, K], codes),
          [`${module}.weight_scale`]: stored('F32', shape, scales),
          ...(symmetric ? {} : { [`${module}.weight_zero_point`]: stored('I8', shape, zeros) }),
        },
      }
    },
  }
}

export const INTEGER_ENCODERS: readonly Encoder[] = [
  packed({}),
  packed({ symmetric: false }),
  packed({ actOrder: true }),
  packed({ strategy: 'channel', groupSize: null, bits: 8 }),
  packed({ strategy: 'channel', groupSize: null, symmetric: false }),
  packed({ strategy: 'tensor', groupSize: null }),
  packed({ bits: 3, layout: 'padded', symmetric: false }),
  packed({ bits: 3, layout: 'dense', symmetric: false }),
  packed({ bits: 5, layout: 'padded' }),
  packed({ bits: 6, layout: 'dense' }),
  packed({ bits: 7, layout: 'dense', symmetric: false }),
  packed({ bits: 2 }),
  plainInt8('channel', true, 'int-quantized'),
  plainInt8('channel', false, 'int-quantized'),
  plainInt8('tensor', true, 'naive-quantized'),
  plainInt8('group', false, 'naive-quantized'),
]

function torchaoInt(
  type: 'IntxUnpackedToInt8Tensor' | 'Int8Tensor',
  bits: number,
  groupSize: number | null,
): Encoder {
  const extent = groupSize === null ? 'per channel' : `g${groupSize}`
  return {
    name: `torchao ${type} int${bits} ${extent}`,
    config: {
      quant_method: 'torchao',
      quant_type: { default: { _type: 'IntxWeightOnlyConfig', _data: {} } },
    },
    storedAs: `torchao int${bits} ${extent}`,
    encode: (module, weight) => {
      const { N, K } = weight
      const { codes, scales, zeros, G, expected } = quantize(weight, bits, groupSize ?? K, false, Math.fround)
      const isIntx = type === 'IntxUnpackedToInt8Tensor'
      const data = {
        block_size: [1, groupSize ?? K],
        dtype: { _type: 'torch.dtype', _data: 'bfloat16' },
        ...(isIntx ? { target_dtype: { _type: 'torch.dtype', _data: `int${bits}` } } : {}),
        ...(isIntx ? { activation_quantization: null } : { act_quant_kwargs: null }),
      }
      const names = ['qdata', 'scale', 'zero_point']
      return {
        expected,
        metadata: {
          [`${module}.weight`]: JSON.stringify({ _type: type, _data: data, _tensor_data_names: names }),
        },
        tensors: {
          [`${module}._weight_qdata`]: stored('I8', [N, K], codes),
          [`${module}._weight_scale`]: stored('F32', [N, G], scales),
          [`${module}._weight_zero_point`]: stored('I8', [N, G], zeros),
        },
      }
    },
  }
}

export const TORCHAO_INTEGER_ENCODERS: readonly Encoder[] = [
  torchaoInt('IntxUnpackedToInt8Tensor', 4, 32),
  torchaoInt('Int8Tensor', 8, null),
]

const HQQ_PACKING: Readonly<Record<number, string>> = {
  8: '8bit_u8',
  4: '4bit_u8',
  3: '3bit_32',
  2: '2bit_u8',
  1: '1bit_u8',
}

/** By bitpack.py: slices of the first axis side by side in one word, the first slice in the highest bits. */
function hqqPack(codes: readonly number[], rows: number, width: number, bits: number) {
  const fields = bits === 3 ? 10 : 8 / bits
  const padded = Math.ceil(rows / fields) * fields
  const step = padded / fields
  const words: number[] = []
  for (let r = 0; r < step; r++) {
    for (let c = 0; c < width; c++) {
      let word = 0
      for (let f = 0; f < fields; f++) word = word * 2 ** bits + (codes[(f * step + r) * width + c] ?? 0)
      words.push(word)
    }
  }
  return stored(bits === 3 ? 'I32' : 'U8', [step, width], words)
}

export function encodeHqq(
  module: string,
  { N, K, values }: Weight,
  bits: number,
  groupSize: number,
  axis: 0 | 1,
): Encoded {
  const total = N * K
  const groups = total / groupSize
  const groupOf = (i: number) => (axis === 1 ? Math.floor(i / groupSize) : i % groups)
  const members: number[][] = Array.from({ length: groups }, () => [])
  values.forEach((value, i) => {
    members[groupOf(i)]!.push(value)
  })
  const top = 2 ** bits - 1
  const scales = members.map((list) =>
    Math.max(half((Math.max(...list) - Math.min(...list)) / top), 2 ** -14),
  )
  const zeros = members.map((list, g) => half(-Math.min(...list) / scales[g]!))
  const codes = Array.from(values, (value, i) => {
    const g = groupOf(i)
    return clamp(Math.round(value / scales[g]! + zeros[g]!), 0, top)
  })
  const [rows, width] = axis === 1 ? [groups, groupSize] : [groupSize, groups]
  const shape = axis === 1 ? [groups, 1] : [1, groups]
  const text = (word: string) => stored('U8', [word.length], new TextEncoder().encode(word))
  return {
    expected: Float32Array.from(codes, (code, i) => (code - zeros[groupOf(i)]!) * scales[groupOf(i)]!),
    tensors: {
      [`${module}.W_q`]: hqqPack(codes, rows, width, bits),
      [`${module}.scale`]: stored('F16', shape, scales),
      [`${module}.zero`]: stored('F16', shape, zeros),
      [`${module}.shape`]: stored('I64', [2], [N, K]),
      [`${module}.nbits`]: stored('I32', [], [bits]),
      [`${module}.group_size`]: stored('I32', [], [groupSize]),
      [`${module}.axis`]: stored('I32', [], [axis]),
      [`${module}.packing`]: text(HQQ_PACKING[bits]!),
      [`${module}.compute_dtype`]: text('torch.float16'),
      [`${module}.view_as_float`]: stored('U8', [], [0]),
      [`${module}.quant_scale`]: stored('U8', [], [0]),
      [`${module}.quant_zero`]: stored('U8', [], [0]),
      [`${module}.encoded_state_dict`]: stored('U8', [], [1]),
    },
  }
}

export const HQQ_ENCODERS: readonly Encoder[] = [8, 4, 3, 2, 1].flatMap((bits) =>
  ([0, 1] as const).map((axis) => ({
    name: `hqq ${bits}-bit axis ${axis}`,
    config: {
      quant_method: 'hqq',
      quant_config: { weight_quant_params: { nbits: bits, group_size: 64, axis } },
    },
    storedAs: `hqq ${bits}-bit g64 axis ${axis}`,
    encode: (module: string, weight: Weight) => encodeHqq(module, weight, bits, 64, axis),
  })),
)
