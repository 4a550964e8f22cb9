/** @file The common schemes of quantized inputs, so that each reader only states what is special. */
import type { ActivationQuantization } from '../../../contract/activation-quantization.ts'

/** float32's epsilon: the smallest scale that compressed-tensors computes (`calculate_qparams`). */
export const FLOAT32_EPSILON = 2 ** -23

/** Dynamic float8 e4m3: scale = amax / 448. */
export function float8Input(
  strategy: ActivationQuantization['strategy'],
  groupSize: number | null,
): ActivationQuantization {
  return {
    type: 'float',
    bits: 8,
    symmetric: true,
    strategy,
    groupSize,
    dynamic: true,
    levels: [-448, 448],
    scaleDivisor: 448,
    powerOfTwo: false,
    minimumScale: 2 ** -126,
    scale: null,
    zeroPoint: null,
    globalScale: null,
    outlierThreshold: null,
    largestAmax: null,
  }
}

/** Dynamic integers with the full range of two's complement: scale = amax / (2^bits − 1)·2 or (hi − lo) / (2^bits − 1). */
export function integerInput(
  bits: number,
  symmetric: boolean,
  strategy: ActivationQuantization['strategy'],
  groupSize: number | null,
): ActivationQuantization {
  const range = 2 ** bits - 1
  return {
    ...float8Input(strategy, groupSize),
    type: 'int',
    bits,
    symmetric,
    levels: [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1],
    scaleDivisor: symmetric ? range / 2 : range,
    minimumScale: FLOAT32_EPSILON,
  }
}

/** Dynamic FP4 (e2m1): scale = amax / 6, or the two levels of NVFP4 when `globalScale` is given. */
export function float4Input(groupSize: number, globalScale: number | null): ActivationQuantization {
  return {
    ...float8Input(globalScale === null ? 'group' : 'tensor_group', groupSize),
    bits: 4,
    levels: [-6, 6],
    scaleDivisor: 6,
    globalScale,
  }
}

/** OCP microscaling inputs, e2m1 (4 bits) or e4m3 (8): scale = power of two of amax / 2^(exponent of the largest level). */
export function microscaledInput(bits: 4 | 8, groupSize: number): ActivationQuantization {
  const element = bits === 4 ? float4Input(groupSize, null) : float8Input('group', groupSize)
  return { ...element, powerOfTwo: true, scaleDivisor: bits === 4 ? 2 ** 2 : 2 ** 8 }
}
