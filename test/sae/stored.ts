/** @file Encoders that a test has outright, as an audit has them: weights by ranges of features. */
import type { Encoder } from '../../src/audit/run/readout.ts'
import type { StoredEncoder } from '../../src/audit/run/stored-encoder.ts'
import { present } from '../../src/numbers/present.ts'
import type { ReadFeatures } from '../../src/sae/dictionary.ts'

/** Columns of a matrix (rows, columns), copied one by one. */
export function columnsOf(matrix: Float32Array, rows: number): ReadFeatures {
  const width = matrix.length / rows
  return async ([start, end] = [0, width]) =>
    Float32Array.from({ length: rows * (end - start) }, (_, i) => {
      const [row, column] = [Math.floor(i / (end - start)), i % (end - start)]
      return present(matrix[row * width + start + column])
    })
}

/** `rangeFeatures`: as many are in memory at once. */
export function storedOf(
  encoder: Encoder,
  rangeFeatures = encoder.bias.length,
  isWide = false,
): StoredEncoder {
  const { d_in, W_enc, bias } = encoder
  const width = bias.length
  const norms = Float64Array.from(bias, (_, j) =>
    Math.hypot(...Array.from({ length: d_in }, (__, i) => present(W_enc[i * width + j]))),
  )
  return {
    ...encoder,
    W_enc: columnsOf(W_enc, d_in),
    exact: { bias: Float64Array.from(bias), norms },
    rangeFeatures,
    isWide,
  }
}
