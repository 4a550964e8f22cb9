/** @file MLX's affine packing, by the rule of mlx.core.quantize: codes from the smallest value of a group up. */
import { denseWords, half, row, stored } from './bytes.ts'
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

export const MLX_ENCODERS: readonly Encoder[] = [2, 3, 4, 5, 6, 8].map((bits) => mlx(bits, 32))
