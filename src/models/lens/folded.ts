/**
 * @file The arithmetic of folding and centring, on float64 matrices [out, in], row-major: what TransformerLens' from_pretrained does
 * to a LayerNorm model by default, written from its description.
 */

/** A matrix [out, in]. */
export interface Matrix {
  readonly out: number
  readonly in: number
  readonly data: Float64Array
}

/** W · diag(gain): the norm's gain moved into what reads it. */
export function withGain({ out, in: inputs, data }: Matrix, gain: Float64Array): Matrix {
  const folded = new Float64Array(data.length)
  for (let row = 0, at = 0; row < out; row++) {
    for (let i = 0; i < inputs; i++, at++) folded[at] = data[at]! * gain[i]!
  }
  return { out, in: inputs, data: folded }
}

/** Each row less its mean: what a norm gives has mean 0, so that nothing changes. */
export function centredRows({ out, in: inputs, data }: Matrix): Matrix {
  const centred = new Float64Array(data.length)
  for (let row = 0; row < out; row++) {
    const [start, end] = [row * inputs, (row + 1) * inputs]
    let sum = 0
    for (let at = start; at < end; at++) sum += data[at]!
    const mean = sum / inputs
    for (let at = start; at < end; at++) centred[at] = data[at]! - mean
  }
  return { out, in: inputs, data: centred }
}

/** Each column less its mean: what is written to the residual stream then has mean 0, which norms take off anyway. */
export function centredColumns({ out, in: inputs, data }: Matrix): Matrix {
  const means = new Float64Array(inputs)
  for (let row = 0, at = 0; row < out; row++) {
    for (let i = 0; i < inputs; i++, at++) means[i]! += data[at]!
  }
  for (let i = 0; i < inputs; i++) means[i]! /= out
  const centred = new Float64Array(data.length)
  for (let row = 0, at = 0; row < out; row++) {
    for (let i = 0; i < inputs; i++, at++) centred[at] = data[at]! - means[i]!
  }
  return { out, in: inputs, data: centred }
}

/** W · x */
export function product({ out, in: inputs, data }: Matrix, x: Float64Array): Float64Array {
  return Float64Array.from({ length: out }, (_, row) => {
    let sum = 0
    for (let i = 0; i < inputs; i++) sum += data[row * inputs + i]! * x[i]!
    return sum
  })
}

export function added(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]!)
}

export function centredVector(x: Float64Array): Float64Array {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length
  return x.map((value) => value - mean)
}
