/** @file Short ways to say where a weight lies: whole tensors, and channel ranges of fused ones. */
import type { ChannelRange, LinearRef, NormRef, WeightRef } from '../decoder-spec.ts'

/** A stored matrix [out, in], all of it. */
export function matrix(tensor: string, out: number, input: number): WeightRef {
  return { tensor, storedShape: [out, input], layout: 'out-in', channels: null }
}

/** A stored vector [size], all of it. */
export function vector(tensor: string, size: number): WeightRef {
  return { tensor, storedShape: [size], layout: 'out-in', channels: null }
}

/** `NAME.weight` [out, in] and, where there is one, `NAME.bias` [out]. */
export function linear(name: string, out: number, input: number, bias: boolean): LinearRef {
  return {
    weight: matrix(`${name}.weight`, out, input),
    bias: bias ? vector(`${name}.bias`, out) : null,
  }
}

/** GPT-2's Conv1D: `NAME.weight` is stored [in, out]; there is always a bias. */
export function conv1d(name: string, out: number, input: number): LinearRef {
  return {
    weight: { tensor: `${name}.weight`, storedShape: [input, out], layout: 'in-out', channels: null },
    bias: vector(`${name}.bias`, out),
  }
}

/** Some output channels of a fused projection, the same ones of weight and bias. */
export function take(fused: LinearRef, channels: readonly ChannelRange[]): LinearRef {
  return {
    weight: { ...fused.weight, channels },
    bias: fused.bias && { ...fused.bias, channels },
  }
}

/** `NAME.weight` [size] of an RMS norm. */
export function rmsNorm(name: string, size: number): NormRef {
  return { gain: vector(`${name}.weight`, size), bias: null }
}

/** `NAME.weight` [size] of a layer norm that has no bias: the decoder's norm kind tells it from an RMS norm. */
export const layerNormWithoutBias = rmsNorm

/** `NAME.weight` and `NAME.bias` [size] of a layer norm. */
export function layerNorm(name: string, size: number): NormRef {
  return { gain: vector(`${name}.weight`, size), bias: vector(`${name}.bias`, size) }
}
