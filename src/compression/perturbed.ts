/**
 * @file Weights with errors of a known size and no other meaning: half a step of a 16-bit format, or as much in each output channel as
 * another compression makes. What survives these tells what size alone does. Everything is drawn by a seed.
 */
import type { TensorData } from '../tensors/tensor.ts'
import { matrixOf } from './compress-tensor.ts'
import { type Channels, channelRows, storedLayout } from './round-to-nearest.ts'
import type { JointSource, TensorSource } from './tensor-plan.ts'

export type NoiseFormat = 'float16' | 'bfloat16'

/** Fraction bits, and the least exponent: numbers below have that step, too. */
const FORMATS: Readonly<Record<NoiseFormat, readonly [fraction: number, least: number]>> = {
  float16: [10, -14],
  bfloat16: [7, -126],
}

/** A target matrix under its name. */
export interface NamedTarget {
  readonly name: string
  readonly channels: Channels
}

/** Each weight up or down by half a step of the format at its size; 0 stays. */
export function halfStepSource(
  of: TensorSource,
  target: NamedTarget,
  format: NoiseFormat,
  seed: number,
): JointSource {
  return {
    kind: 'joint',
    text: `half a step of ${format}, seed ${seed}, ${target.name}`,
    of: [of],
    shape: shapeOf(target.channels),
    make: ([weight]) => halfSteps(matrixOf(target, given(weight)), format, randomOf(target.name, seed)),
  }
}

/** Each row off by as much as a row of `other` is, in a direction of its own. */
export function equalErrorSource(
  of: TensorSource,
  other: TensorSource,
  target: NamedTarget,
  seed: number,
): JointSource {
  const { channels, name } = target
  return {
    kind: 'joint',
    text: `errors of equal norm, seed ${seed}, ${name}`,
    of: [of, other],
    shape: shapeOf(channels),
    make: ([weight, changed]) => {
      const rows = channelRows(matrixOf(target, given(weight)), channels)
      const others = channelRows(matrixOf(target, given(changed)), channels)
      return storedLayout(equalErrors(rows, others, channels.in, randomOf(name, seed)), channels)
    },
  }
}

/** Uniform in [0, 1). */
type Random = () => number

export function halfSteps(weight: Float32Array, format: NoiseFormat, random: Random): Float32Array {
  const [fraction, least] = FORMATS[format]
  return weight.map((w) => {
    const up = random() < 0.5
    if (w === 0) return 0
    const half = 2 ** (Math.max(least, exponentOf(Math.abs(w))) - fraction - 1)
    return up ? w + half : w - half
  })
}

/** The power of two at x > 0 or below it. */
function exponentOf(x: number): number {
  const near = Math.floor(Math.log2(x))
  // The logarithm of a number just below a power of two is rounded to that power.
  return 2 ** near > x ? near - 1 : near
}

/** (out, in) w + ‖ŵ − w‖ g/‖g‖ of each row, g normal. */
export function equalErrors(
  rows: Float32Array,
  others: Float32Array,
  inputs: number,
  random: Random,
): Float32Array {
  const moved = new Float32Array(rows.length)
  const direction = new Float64Array(inputs)
  for (let start = 0; start < rows.length; start += inputs) {
    let [error, length] = [0, 0]
    for (let k = 0; k < inputs; k++) {
      error += (others[start + k]! - rows[start + k]!) ** 2
      direction[k] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
      length += direction[k]! ** 2
    }
    const scale = length > 0 ? Math.sqrt(error / length) : 0
    for (let k = 0; k < inputs; k++) moved[start + k] = rows[start + k]! + scale * direction[k]!
  }
  return moved
}

/** Of a tensor by its name, so that tensors draw apart (mulberry32). */
export function randomOf(name: string, seed: number): Random {
  let state = seed + 1
  for (let i = 0; i < name.length; i++) state = Math.imul(state ^ name.charCodeAt(i), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let z = Math.imul(state ^ (state >>> 15), state | 1)
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61)
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32
  }
}

const shapeOf = ({ out, in: inputs, layout }: Channels): readonly number[] =>
  layout === 'out-in' ? [out, inputs] : [inputs, out]

function given(tensor: TensorData | undefined): TensorData {
  if (tensor === undefined) throw new RangeError('a perturbation without a weight')
  return tensor
}
