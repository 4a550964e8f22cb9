/** @file MLX's packings by the rules of mlx.core.quantize: affine codes from the smallest value of a group up, and floats. */
import { denseWords, half, nearest, row, stored } from './bytes.ts'
import type { Encoder } from './encoder.ts'

function mlx(bits: number, groupSize: number): Encoder {
  return {
    name: `mlx ${bits}-bit g${groupSize}`,
    config: { quant_method: 'mlx', bits, group_size: groupSize },
    storedAs: `mlx ${bits}-bit g${groupSize}`,
    encode: (module, { N, K, values }) => {
      const G = K / groupSize
      const top = 2 ** bits - 1
      const scales: number[] = []
      const biases: number[] = []
      const codes = new Array<number>(N * K)
      const expected = new Float32Array(N * K)
      for (let n = 0; n < N; n++) {
        for (let g = 0; g < G; g++) {
          const members = row(values, n, K).slice(g * groupSize, (g + 1) * groupSize)
          const bias = half(Math.min(...members))
          const scale = Math.max(half((Math.max(...members) - bias) / top), 2 ** -14)
          scales.push(scale)
          biases.push(bias)
          members.forEach((value, i) => {
            const code = Math.min(top, Math.max(0, Math.round((value - bias) / scale)))
            const at = n * K + g * groupSize + i
            codes[at] = code
            expected[at] = code * scale + bias
          })
        }
      }
      const words = Array.from({ length: N }, (_, n) => denseWords(row(codes, n, K), bits)).flat()
      return {
        expected,
        tensors: {
          [`${module}.weight`]: { ...stored('I32', [N, (K * bits) / 32], words), dtype: 'U32' },
          [`${module}.scales`]: stored('F16', [N, G], scales),
          [`${module}.biases`]: stored('F16', [N, G], biases),
        },
      }
    },
  }
}

/** All 16 values of e2m1, and of e4m3 by its bits. */
const fourBits = (code: number) => [0, 0.5, 1, 1.5, 2, 3, 4, 6][code & 7]! * (code & 8 ? -1 : 1)
function eightBits(code: number): number {
  const [exponent, fraction] = [(code >> 3) & 15, code & 7]
  const magnitude = exponent === 0 ? fraction / 512 : (8 + fraction) * 2 ** (exponent - 10)
  return code & 128 ? -magnitude : magnitude
}

const FLOATS = {
  mxfp4: { bits: 4, groupSize: 32, level: fourBits, largest: 6, scale: (code: number) => 2 ** (code - 127) },
  mxfp8: {
    bits: 8,
    groupSize: 32,
    level: eightBits,
    largest: 448,
    scale: (code: number) => 2 ** (code - 127),
  },
  nvfp4: { bits: 4, groupSize: 16, level: fourBits, largest: 6, scale: eightBits },
} as const

/** The values of so many codes; of the 256 of e4m3 two are no numbers. */
const levels = (level: (code: number) => number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, code) =>
    count === 256 && (code & 127) === 127 ? Number.POSITIVE_INFINITY : level(code),
  )
const SCALES = levels(eightBits, 127)

function mlxFloat(mode: keyof typeof FLOATS): Encoder {
  const { bits, groupSize, level, largest, scale } = FLOATS[mode]
  const table = levels(level, 2 ** bits)
  return {
    name: `mlx ${mode}`,
    config: { quant_method: 'mlx', bits, group_size: groupSize, mode },
    storedAs: `mlx ${mode} g${groupSize}`,
    encode: (module, { N, K, values }) => {
      const scales: number[] = []
      const codes: number[] = []
      for (let at = 0; at < N * K; at += groupSize) {
        const members = Array.from(values.subarray(at, at + groupSize))
        const wanted = Math.max(...members.map(Math.abs), 2 ** -9) / largest
        const code =
          mode === 'nvfp4' ? Math.max(1, nearest(wanted, SCALES)) : Math.round(Math.log2(wanted)) + 127
        scales.push(code)
        codes.push(...members.map((value) => nearest(value / scale(code), table)))
      }
      const words = Array.from({ length: N }, (_, n) => denseWords(row(codes, n, K), bits)).flat()
      return {
        expected: Float32Array.from(
          codes,
          (code, i) => level(code) * scale(scales[Math.floor(i / groupSize)]!),
        ),
        tensors: {
          [`${module}.weight`]: { ...stored('I32', [N, (K * bits) / 32], words), dtype: 'U32' },
          [`${module}.scales`]: stored('U8', [N, K / groupSize], scales),
        },
      }
    },
  }
}

export const MLX_ENCODERS: readonly Encoder[] = [
  ...[2, 3, 4, 5, 6, 8].map((bits) => mlx(bits, 32)),
  ...(['mxfp4', 'mxfp8', 'nvfp4'] as const).map(mlxFloat),
]
