/**
 * @file A matrix brought into another form of the same function: its inputs or outputs times known factors. What a model's norms carry
 * more, the matrices behind them carry less, and nothing that it computes changes.
 */
import { toFloat32 } from '../numbers/half.ts'
import { present } from '../numbers/present.ts'
import type { TensorData } from '../tensors/tensor.ts'
import type { Channels } from './round-to-nearest.ts'
import type { JointSource, TensorSource } from './tensor-plan.ts'

/** Factors; null: all 1. */
export interface Factors {
  /** (in) */
  readonly inputs: ArrayLike<number> | null
  /** (out) */
  readonly outputs: ArrayLike<number> | null
}

export const UNCHANGED: Factors = { inputs: null, outputs: null }

export function isUnchanged({ inputs, outputs }: Factors): boolean {
  return inputs === null && outputs === null
}

/** diag(outputs) · W · diag(inputs), in the layout of W. `text` names the factors. */
export function rescaledMatrix(
  of: TensorSource,
  channels: Channels,
  factors: Factors,
  text: string,
): JointSource {
  const { out, in: width, layout } = channels
  return {
    kind: 'joint',
    text,
    of: [of],
    shape: layout === 'out-in' ? [out, width] : [width, out],
    make: ([weight]) => timesFactors(toFloat32(present(weight)), channels, factors),
  }
}

function timesFactors(
  weight: Float32Array,
  { out, in: width, layout }: Channels,
  factors: Factors,
): Float32Array {
  const made = new Float32Array(weight.length)
  const { inputs, outputs } = factors
  for (let i = 0; i < out; i++) {
    for (let j = 0; j < width; j++) {
      const at = layout === 'out-in' ? i * width + j : j * out + i
      made[at] = weight[at]! * (inputs?.[j] ?? 1) * (outputs?.[i] ?? 1)
    }
  }
  return made
}

/** A vector times one factor for each element. */
export function rescaledVector(of: TensorSource, factors: ArrayLike<number>, text: string): JointSource {
  return {
    kind: 'joint',
    text,
    of: [of],
    shape: [factors.length],
    make: ([vector]) => toFloat32(present(vector)).map((value, i) => value * present(factors[i])),
  }
}

/** bias + W · shift: what a norm's own bias adds to the outputs of the matrix behind it. */
export function shiftedBias(
  { bias, weight }: { readonly bias: TensorSource; readonly weight: TensorSource },
  { out, in: width, layout }: Channels,
  shift: ArrayLike<number>,
  text: string,
): JointSource {
  return {
    kind: 'joint',
    text,
    of: [bias, weight],
    shape: [out],
    make: ([vector, matrix]: readonly TensorData[]) => {
      const [b, w] = [toFloat32(present(vector)), toFloat32(present(matrix))]
      return Float32Array.from(b, (value, i) => {
        let sum = value
        for (let j = 0; j < width; j++)
          sum += w[layout === 'out-in' ? i * width + j : j * out + i]! * shift[j]!
        return sum
      })
    },
  }
}
