/**
 * @file The few formulas that every naive forward pass is written with: float64, one loop per index, no sharing of work.
 *
 * Shapes: `Rows` is [position][channel]. Matrices are read from the checkpoint's tensors, [out, in] row-major.
 */

export type Rows = Float64Array[]

export interface NaiveTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array | Float64Array
}
export type Tensors = ReadonlyMap<string, NaiveTensor>

export function tensor(tensors: Tensors, name: string): NaiveTensor {
  const found = tensors.get(name)
  if (!found) throw new Error(`the oracle needs ${name}`)
  return found
}

/** Number `index` of a list; the oracle's loops stay inside their arrays, and say so when they do not. */
export function at(list: ArrayLike<number>, index: number): number {
  const value = list[index]
  if (value === undefined) throw new Error(`index ${index} of ${list.length}`)
  return value
}

/** `sum` + Σ over j of a[from + j · step] · x[j]; what lies beyond either makes it NaN, which no figure passes as. */
function product(a: NaiveTensor['data'], from: number, step: number, x: Float64Array, sum: number): number {
  let total = sum
  for (let j = 0, k = from; j < x.length; j++, k += step) total += (a[k] ?? Number.NaN) * (x[j] ?? Number.NaN)
  return total
}

/** Each row's values for `length` output channels. */
function outputs(rows: Rows, length: number, value: (row: Float64Array, index: number) => number): Rows {
  return rows.map((row) => {
    const out = new Float64Array(length)
    for (let index = 0; index < length; index++) out[index] = value(row, index)
    return out
  })
}

/** Rows as wide as a matrix takes them. */
function ofWidth(rows: Rows, width: number): Rows {
  for (const row of rows) if (row.length !== width) throw new Error(`rows of ${row.length} for ${width}`)
  return rows
}

/** W x (+ b), for output channels `start`..`end` of `NAME.weight` [out, in]. */
export function linear(rows: Rows, tensors: Tensors, name: string, start = 0, end = -1): Rows {
  const { shape, data } = tensor(tensors, `${name}.weight`)
  const bias = tensors.get(`${name}.bias`)?.data
  const width = at(shape, 1)
  const last = end < 0 ? at(shape, 0) : end
  return outputs(ofWidth(rows, width), last - start, (row, index) =>
    product(data, (start + index) * width, 1, row, bias === undefined ? 0 : at(bias, start + index)),
  )
}

/** GPT-2's Conv1D: x W + b with W [in, out]. */
export function conv1d(rows: Rows, tensors: Tensors, name: string): Rows {
  const { shape, data } = tensor(tensors, `${name}.weight`)
  const bias = tensor(tensors, `${name}.bias`).data
  const [width, out] = [at(shape, 0), at(shape, 1)]
  return outputs(ofWidth(rows, width), out, (row, index) => product(data, index, out, row, at(bias, index)))
}

/** With `NAME.bias` where it is stored. */
export function layerNorm(rows: Rows, tensors: Tensors, name: string, epsilon: number): Rows {
  const gain = tensor(tensors, `${name}.weight`).data
  const bias = tensors.get(`${name}.bias`)?.data
  return rows.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length
    return row.map(
      (value, i) => ((value - mean) / Math.sqrt(variance + epsilon)) * at(gain, i) + (bias ? at(bias, i) : 0),
    )
  })
}

/** x / √(mean x² + ε), each row by itself. */
export function unitRmsNorm(rows: Rows, epsilon: number): Rows {
  return rows.map((row) => {
    const meanSquare = row.reduce((sum, value) => sum + value * value, 0) / row.length
    return row.map((value) => value / Math.sqrt(meanSquare + epsilon))
  })
}

/** x / rms(x) · (offset + gain); offset is 1 in Gemma. */
export function rmsNorm(rows: Rows, tensors: Tensors, name: string, epsilon: number, offset: number): Rows {
  const gain = tensor(tensors, `${name}.weight`).data
  return rows.map((row) => {
    const meanSquare = row.reduce((sum, value) => sum + value * value, 0) / row.length
    return row.map((value, i) => (value / Math.sqrt(meanSquare + epsilon)) * (offset + at(gain, i)))
  })
}

/** The same norm on each head's slice of a row, one gain [head size] for all heads. */
export function headRmsNorm(
  rows: Rows,
  tensors: Tensors,
  name: string,
  epsilon: number,
  offset: number,
): Rows {
  const size = at(tensor(tensors, `${name}.weight`).shape, 0)
  return rows.map((row) => {
    const slices = Array.from({ length: row.length / size }, (_, head) =>
      row.subarray(head * size, (head + 1) * size),
    )
    return Float64Array.from(rmsNorm(slices, tensors, name, epsilon, offset).flatMap((slice) => [...slice]))
  })
}

export function add(a: Rows, b: Rows): Rows {
  return a.map((row, t) => row.map((value, i) => value + at(b[t] ?? [], i)))
}

export function multiply(a: Rows, b: Rows): Rows {
  return a.map((row, t) => row.map((value, i) => value * at(b[t] ?? [], i)))
}

export function each(rows: Rows, f: (value: number) => number): Rows {
  return rows.map((row) => row.map(f))
}

/** Error function: Maclaurin series below 3, continued fraction (Lentz) above; about 1e-15. */
export function erf(x: number): number {
  if (x < 0) return -erf(-x)
  if (x < 3) {
    let term = x
    let sum = x
    // Terms shrink from n = 9 on at the latest; those that follow one of 1e-20 add nothing to a float64.
    for (let n = 1; n < 200 && (n < 10 || Math.abs(term) > 1e-20 * Math.abs(x)); n++) {
      term *= (-x * x) / n
      sum += term / (2 * n + 1)
    }
    return (2 / Math.sqrt(Math.PI)) * sum
  }
  let fraction = x
  for (let n = 100; n >= 1; n--) fraction = x + n / 2 / fraction
  return 1 - Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction)
}

const tanhGelu = (x: number): number =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))

export function activation(name: string): (x: number) => number {
  switch (name) {
    case 'gelu':
      return (x) => 0.5 * x * (1 + erf(x / Math.SQRT2))
    case 'gelu_new':
    case 'gelu_fast':
    case 'gelu_pytorch_tanh':
      return tanhGelu
    case 'silu':
      return (x) => x / (1 + Math.exp(-x))
    case 'relu':
      return (x) => Math.max(0, x)
    default:
      throw new Error(`the oracle does not know activation ${name}`)
  }
}

/** c · tanh(x / c) */
export function softcap(x: number, c: number | null): number {
  return c === null ? x : c * Math.tanh(x / c)
}

/** Rows of `NAME` picked by token id, times a factor. */
export function embed(ids: readonly number[], tensors: Tensors, name: string, factor = 1): Rows {
  const table = tensor(tensors, name)
  const width = at(table.shape, 1)
  return ids.map((id) =>
    Float64Array.from({ length: width }, (_, i) => factor * at(table.data, id * width + i)),
  )
}

/** x · NAMEᵀ: logits from an unembedding [vocabulary, width]. */
export function unembed(rows: Rows, tensors: Tensors, name: string): Rows {
  return linear(rows, new Map([['head.weight', tensor(tensors, name)]]), 'head')
}
