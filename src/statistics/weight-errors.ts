/** @file How far compressed weights are from what they were, tensor by tensor: arXiv 2606.03002, Appendix C. */

/** As a part of report.json's `diagnosis`. */
export interface WeightErrors {
  readonly meanSquared: number
  readonly meanAbsolute: number
  /** Mean |ŵ − w| over mean |w|. */
  readonly relative: number
  readonly cosine: number
}

/** Beside mean |w|, so that a tensor of zeros has a relative error. */
const SMALLEST = 1e-12

/** Of one tensor, both in one layout. The cosine of zeros is 0. */
export function weightErrors(weights: Float32Array, changed: Float32Array): WeightErrors {
  let [squared, absolute, magnitude, product, own, theirs] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < weights.length; i++) {
    const [w, v] = [weights[i]!, changed[i]!]
    const e = v - w
    squared += e * e
    absolute += Math.abs(e)
    magnitude += Math.abs(w)
    product += w * v
    own += w * w
    theirs += v * v
  }
  const n = weights.length
  return {
    meanSquared: squared / n,
    meanAbsolute: absolute / n,
    relative: absolute / n / (magnitude / n + SMALLEST),
    cosine: own > 0 && theirs > 0 ? product / Math.sqrt(own * theirs) : 0,
  }
}

/** Mean over tensors, each counting once whatever its size. RangeError of none. */
export function meanWeightErrors(tensors: readonly WeightErrors[]): WeightErrors {
  if (tensors.length === 0) throw new RangeError('errors of no tensors')
  const mean = (of: (one: WeightErrors) => number): number =>
    tensors.reduce((sum, one) => sum + of(one), 0) / tensors.length
  return {
    meanSquared: mean((one) => one.meanSquared),
    meanAbsolute: mean((one) => one.meanAbsolute),
    relative: mean((one) => one.relative),
    cosine: mean((one) => one.cosine),
  }
}

/** Least and greatest integer that weights (out, in) of `bits` bits have, each row or group over its own scale, max|w|/(2^(bits − 1) − 1) of what it was. */
export function codeRange(
  weights: Float32Array,
  changed: Float32Array,
  inputs: number,
  { bits, group }: { readonly bits: number; readonly group: number | null },
): readonly [least: number, most: number] {
  const size = group ?? inputs
  let [least, most] = [0, 0]
  for (let row = 0; row < weights.length; row += inputs) {
    for (let start = row; start < row + inputs; start += size) {
      const end = Math.min(start + size, row + inputs)
      let largest = 0
      for (let i = start; i < end; i++) largest = Math.max(largest, Math.abs(weights[i]!))
      const scale = largest / (2 ** (bits - 1) - 1)
      if (scale === 0) continue
      for (let i = start; i < end; i++) {
        const code = Math.round(changed[i]! / scale)
        least = Math.min(least, code)
        most = Math.max(most, code)
      }
    }
  }
  return [least, most]
}
