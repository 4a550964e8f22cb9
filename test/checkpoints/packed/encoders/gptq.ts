/** @file GPTQ and AutoRound's use of it, by the rule of AutoGPTQ's qlinear_cuda_old.py. */
import { clamp, column, denseWords, half, membersOf, row, stored, turned } from './bytes.ts'
import type { Encoded, Encoder, Weight } from './encoder.ts'

export interface GptqOptions {
  readonly bits: number
  readonly groupSize: number
  readonly symmetric: boolean
  readonly actOrder: boolean
  readonly withIndex: boolean
  /** What is subtracted from a zero point before it is stored: 1 in v1. */
  readonly zeroOffset: 0 | 1
}

export function encodeGptq(
  module: string,
  weight: Weight,
  options: GptqOptions,
  random: () => number,
): Encoded {
  const { N, K, values } = weight
  const { bits, symmetric, zeroOffset } = options
  const size = options.groupSize === -1 ? K : options.groupSize
  const G = Math.ceil(K / size)
  const index = Array.from({ length: K }, (_, k) => Math.floor(k / size))
  if (options.actOrder) index.sort(() => random() - 0.5)
  const top = 2 ** bits - 1
  const scales: number[] = []
  const zeros: number[] = []
  for (const inputs of membersOf(index, G)) {
    for (let n = 0; n < N; n++) {
      const members = inputs.map((k) => values[n * K + k]!)
      const low = Math.min(0, ...members)
      const high = Math.max(0, ...members)
      const span = symmetric ? 2 * Math.max(-low, high) : high - low
      const scale = Math.max(half(span / top), 2 ** -14)
      scales.push(scale)
      zeros.push(symmetric ? 2 ** (bits - 1) : clamp(Math.round(-low / scale), 0, top))
    }
  }
  const codes = new Array<number>(N * K)
  const expected = new Float32Array(N * K)
  for (let n = 0; n < N; n++) {
    for (let k = 0; k < K; k++) {
      const at = index[k]! * N + n
      const code = clamp(Math.round(values[n * K + k]! / scales[at]!) + zeros[at]!, 0, top)
      codes[n * K + k] = code
      expected[n * K + k] = (code - zeros[at]!) * scales[at]!
    }
  }
  // One stream per output, standing upright.
  const words = Array.from({ length: N }, (_, n) => denseWords(row(codes, n, K), bits)).flat()
  const perOutput = (K * bits) / 32
  const storedZeros = zeros.map((zero) => (zero - zeroOffset) & top)
  const zeroWords = Array.from({ length: G }, (_, g) => denseWords(row(storedZeros, g, N), bits)).flat()
  return {
    expected,
    tensors: {
      [`${module}.qweight`]: stored('I32', [perOutput, N], turned(words, N, perOutput)),
      [`${module}.qzeros`]: stored('I32', [G, (N * bits) / 32], zeroWords),
      [`${module}.scales`]: stored('F16', [G, N], scales),
      ...(options.withIndex ? { [`${module}.g_idx`]: stored('I32', [K], index) } : {}),
    },
  }
}

function gptq(options: Partial<GptqOptions>, extra: string, method = 'gptq', format?: string): Encoder {
  const full: GptqOptions = {
    bits: 4,
    groupSize: 32,
    symmetric: true,
    actOrder: false,
    withIndex: true,
    zeroOffset: 1,
    ...options,
  }
  const { bits, groupSize } = full
  const extent = groupSize === -1 ? 'per channel' : `g${groupSize}`
  const packing = method === 'auto-round' ? { packing_format: format ?? '' } : {}
  const version = method === 'gptq' && format !== undefined ? { checkpoint_format: format } : {}
  return {
    name: `${method} ${bits}-bit ${extent}${extra}`,
    config: {
      quant_method: method,
      bits,
      group_size: groupSize,
      sym: full.symmetric,
      desc_act: full.actOrder,
      ...packing,
      ...version,
    },
    storedAs: `${method} ${bits}-bit ${extent}${full.actOrder ? ' act-order' : ''}`,
    encode: (module, weight, random) => encodeGptq(module, weight, full, random),
  }
}

export const GPTQ_ENCODERS: readonly Encoder[] = [
  gptq({}, ''),
  gptq({ groupSize: 64, withIndex: false }, ' no g_idx'),
  gptq({ groupSize: -1 }, ''),
  gptq({ symmetric: false }, ' asymmetric'),
  gptq({ symmetric: false, zeroOffset: 0 }, ' asymmetric v2', 'gptq', 'gptq_v2'),
  gptq({ actOrder: true, symmetric: false, zeroOffset: 0 }, ' act-order', 'gptq', 'gptq_v2'),
  gptq({ bits: 2, symmetric: false, zeroOffset: 0 }, '', 'gptq', 'gptq_v2'),
  gptq({ bits: 3, symmetric: false, zeroOffset: 0 }, '', 'gptq', 'gptq_v2'),
  gptq({ bits: 3, actOrder: true }, ' act-order'),
  gptq({ bits: 8 }, ''),
  gptq({}, ' gptq', 'auto-round', 'auto_round:auto_gptq'),
  gptq({ symmetric: false, zeroOffset: 0 }, ' own', 'auto-round', 'auto_round'),
]

/** The order in which AutoAWQ puts eight outputs into a word. */
const AWQ_ORDER = [0, 2, 4, 6, 1, 3, 5, 7]

export function encodeAwq(
  module: string,
  weight: Weight,
  groupSize: number,
  order: 'gemm' | 'gemv',
): Encoded {
  const { N, K, values } = weight
  const size = groupSize === -1 ? K : groupSize
  const G = K / size
  const scales: number[] = []
  const zeros: number[] = []
  const codes = new Array<number>(N * K)
  const expected = new Float32Array(N * K)
  for (let n = 0; n < N; n++) {
    for (let g = 0; g < G; g++) {
      const members = row(values, n, K).slice(g * size, (g + 1) * size)
      const low = Math.min(0, ...members)
      const scale = Math.max(half((Math.max(0, ...members) - low) / 15), 2 ** -14)
      const zero = clamp(Math.round(-low / scale), 0, 15)
      scales.push(scale)
      zeros.push(zero)
      members.forEach((value, i) => {
        const at = n * K + g * size + i
        codes[at] = clamp(Math.round(value / scale) + zero, 0, 15)
        expected[at] = (codes[at] - zero) * scale
      })
    }
  }
  if (order === 'gemv') {
    const wide = Math.ceil(G / 8) * 8
    const pad = (list: number[]) =>
      Array.from({ length: N }, (_, n) => [...row(list, n, G), ...Array(wide - G).fill(0)]).flat()
    return {
      expected,
      tensors: {
        [`${module}.qweight`]: stored('I32', [N, K / 8], denseWords(codes, 4)),
        [`${module}.qzeros`]: stored('I32', [N, wide / 8], denseWords(pad(zeros), 4)),
        [`${module}.scales`]: stored('F16', [N, wide], pad(scales)),
      },
    }
  }
  const interleaved = (list: number[], wide: number) => {
    const words: number[] = []
    for (let k = 0; k < wide; k++) {
      const outputs = column(list, k, N, wide)
      for (let j = 0; j < N; j += 8)
        words.push(
          denseWords(
            AWQ_ORDER.map((o) => outputs[j + o]!),
            4,
          )[0]!,
        )
    }
    return words
  }
  return {
    expected,
    tensors: {
      [`${module}.qweight`]: stored('I32', [K, N / 8], interleaved(codes, K)),
      [`${module}.qzeros`]: stored('I32', [G, N / 8], interleaved(zeros, G)),
      [`${module}.scales`]: stored('F16', [G, N], turned(scales, N, G)),
    },
  }
}

function awq(groupSize: number, version: 'gemm' | 'gemv'): Encoder {
  const extent = groupSize === -1 ? 'per channel' : `g${groupSize}`
  return {
    name: `awq ${version} ${extent}`,
    config: { quant_method: 'awq', bits: 4, group_size: groupSize, zero_point: true, version },
    storedAs: `awq 4-bit ${extent}`,
    encode: (module, weight) => encodeAwq(module, weight, groupSize, version),
  }
}

export const AWQ_ENCODERS: readonly Encoder[] = [
  awq(32, 'gemm'),
  awq(-1, 'gemm'),
  awq(32, 'gemv'),
  {
    ...awq(32, 'gemm'),
    name: 'auto-round awq',
    config: { quant_method: 'auto-round', bits: 4, group_size: 32, packing_format: 'auto_round:auto_awq' },
  },
]
