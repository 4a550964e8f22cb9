/** @file One tensor, rounded or pruned; what it then takes to store; and what float32 took from it. */
import { compressionShapeMismatch } from '../errors/compression.ts'
import { toFloat32 } from '../numbers/half.ts'
import type { TensorData, TensorEntry } from '../tensors/tensor.ts'
import { pruneMagnitude } from './prune.ts'
import { type Channels, groupsPerChannel, roundingRemainder, roundToNearest } from './round-to-nearest.ts'
import type { Compression, RoundToNearest } from './spec.ts'

/** Bits of a stored scale: what deployed formats use (GPTQ, AWQ, GGUF all store float16). */
export const SCALE_BITS = 16

/** A matrix whose sides are known, under the name that messages give it. */
export interface Target {
  readonly name: string
  readonly channels: Channels
}

/**
 * As it comes back from its compressed form, float32. `into`: where it is put, which may be the tensor's own memory. Errors:
 * COMPRESSION_SHAPE_MISMATCH.
 */
export function compressTensor(
  target: Target,
  tensor: TensorData,
  how: Compression,
  into?: Float32Array,
): TensorData {
  const weight = matrixOf(target, tensor, into)
  // What was widened is nobody else's: no second matrix is held beside it.
  const place = into ?? (tensor.type === 'float32' ? new Float32Array(weight.length) : weight)
  const data =
    how.method === 'rtn'
      ? roundToNearest(weight, target.channels, how, place)
      : pruneMagnitude(weight, how, place)
  return { type: 'float32', shape: tensor.shape, data }
}

/** What float32 takes from the rounded values: with it they add up to what the rounding says. */
export function remainderOf(target: Target, tensor: TensorData, rounding: Compression): TensorData | null {
  // A product of bfloat16 is a float32.
  if (rounding.method === 'prune' || rounding.arithmetic !== undefined) return null
  const data = roundingRemainder(matrixOf(target, tensor), target.channels, rounding)
  return { type: 'float32', shape: tensor.shape, data }
}

/** With the number of its scales, where it is not one a channel or group. */
export interface ScaledChannels extends Channels {
  readonly scales?: number
}

/** Scales that a rounded matrix needs. */
export function scaleCount(
  channels: ScaledChannels,
  { group, scale }: Pick<RoundToNearest, 'group' | 'scale'>,
): number {
  if (scale === 'tensor') return 1
  return channels.scales ?? channels.out * groupsPerChannel(channels.in, group)
}

/** Bytes: integers and scales of a rounded matrix; of a pruned one those of `dense`, since what zeros save depends on the format. */
export function compressedBytes(
  channels: ScaledChannels,
  dense: Pick<TensorEntry, 'byteLength'>,
  how: Compression,
): number {
  if (how.method === 'prune') return dense.byteLength
  const bits = how.bits * channels.out * channels.in + SCALE_BITS * scaleCount(channels, how)
  return Math.ceil(bits / 8)
}

/** Weights, their shape checked; `wide`: where they are put if they have to be widened. Errors: COMPRESSION_SHAPE_MISMATCH. */
export function matrixOf({ name, channels }: Target, tensor: TensorData, wide?: Float32Array): Float32Array {
  const expected = channels.layout === 'out-in' ? [channels.out, channels.in] : [channels.in, channels.out]
  if (tensor.shape.length !== 2 || tensor.shape[0] !== expected[0] || tensor.shape[1] !== expected[1]) {
    throw compressionShapeMismatch(name, tensor.shape, expected)
  }
  return toFloat32(tensor, wide)
}
