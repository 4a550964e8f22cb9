/**
 * @file The gated delta nets of Qwen3-Next and Qwen3.5: their sizes, and where their weights lie. Qwen3.5 stores q, k and v in one matrix and
 * z, b and a in one each; Qwen3-Next q, k, v and z by key head in one, b and a by key head in another.
 *
 * Source: Qwen3NextGatedDeltaNet and Qwen3_5GatedDeltaNet of transformers 5.18; defaults are their configs'.
 */
import type { ConfigReader } from '../config-reader.ts'
import type {
  BlockWeights,
  ChannelRange,
  DeltaNetRef,
  DeltaNetSpec,
  LinearRef,
  WeightRef,
} from '../decoder-spec.ts'
import { MOST_HEADS, WIDEST } from './shape.ts'
import type { TensorNames } from './tensor-names.ts'
import { linear, rmsNorm, take, vector } from './weight-refs.ts'

/** Published: 4. */
const LONGEST_REACH = 64

/** Errors name the key. */
export function readDeltaNet(config: ConfigReader): DeltaNetSpec {
  const keyHeads = config.count('linear_num_key_heads', MOST_HEADS, 16)
  const valueHeads = config.count('linear_num_value_heads', MOST_HEADS, 32)
  if (valueHeads % keyHeads !== 0)
    throw config.unsupported('linear_num_value_heads', `a multiple of the ${keyHeads} key heads`)
  return {
    kind: 'delta',
    keyHeads,
    valueHeads,
    keySize: config.count('linear_key_head_dim', WIDEST, 128),
    valueSize: config.count('linear_value_head_dim', WIDEST, 128),
    reach: config.count('linear_conv_kernel_dim', LONGEST_REACH, 4),
  }
}

export type DeltaNetWeights = Pick<BlockWeights, 'q' | 'k' | 'v' | 'outputGate' | 'o' | 'delta'>

/** A matrix for each, but for q, k and v. */
export function deltaNetApart(module: string, spec: DeltaNetSpec, d_model: number): DeltaNetWeights {
  const { keys, values, channels } = widthsOf(spec)
  const qkv = linear(`${module}.in_proj_qkv`, channels, d_model, false)
  const ofHeads = (name: string): LinearRef => linear(`${module}.${name}`, spec.valueHeads, d_model, false)
  return {
    q: take(qkv, [[0, keys]]),
    k: take(qkv, [[keys, 2 * keys]]),
    v: take(qkv, [[2 * keys, channels]]),
    outputGate: linear(`${module}.in_proj_z`, values, d_model, false),
    ...rest(module, spec, d_model, { write: ofHeads('in_proj_b'), fade: ofHeads('in_proj_a') }),
  }
}

/** By key head: its q, its k, the v of its value heads, their z; b of its value heads, their a. llama.cpp takes the first four apart. */
export function deltaNetByHead(
  module: string,
  spec: DeltaNetSpec,
  d_model: number,
  names: TensorNames,
): DeltaNetWeights {
  const { keyHeads, valueHeads, keySize, valueSize } = spec
  const { channels, values } = widthsOf(spec)
  const share = valueHeads / keyHeads
  const [own, ofValues] = [2 * keySize + 2 * share * valueSize, share * valueSize]
  const qkvz = linear(`${module}.in_proj_qkvz`, channels + values, d_model, false)
  const ba = linear(`${module}.in_proj_ba`, 2 * valueHeads, d_model, false)
  const part = (whole: LinearRef, size: number, start: number, width: number): LinearRef =>
    take(whole, everyHead(keyHeads, size, start, width))
  const gates = { write: part(ba, 2 * share, 0, share), fade: part(ba, 2 * share, share, share) }
  if (names.has(`${module}.in_proj_qkv.weight`)) {
    return { ...deltaNetApart(module, spec, d_model), ...rest(module, spec, d_model, gates) }
  }
  return {
    q: part(qkvz, own, 0, keySize),
    k: part(qkvz, own, keySize, keySize),
    v: part(qkvz, own, 2 * keySize, ofValues),
    outputGate: part(qkvz, own, 2 * keySize + ofValues, ofValues),
    ...rest(module, spec, d_model, gates),
  }
}

/** Of heads that have `size` channels each: [start, start + width) of every one. */
export function everyHead(
  heads: number,
  size: number,
  start: number,
  width: number,
): readonly ChannelRange[] {
  return Array.from({ length: heads }, (_, head) => {
    const first = head * size + start
    return [first, first + width]
  })
}

function widthsOf({ keyHeads, keySize, valueHeads, valueSize }: DeltaNetSpec): {
  readonly keys: number
  readonly values: number
  /** Of q, k and v together. */
  readonly channels: number
} {
  const [keys, values] = [keyHeads * keySize, valueHeads * valueSize]
  return { keys, values, channels: 2 * keys + values }
}

/** What both store alike. */
function rest(
  module: string,
  spec: DeltaNetSpec,
  d_model: number,
  gates: Pick<DeltaNetRef, 'write' | 'fade'>,
): Pick<BlockWeights, 'o' | 'delta'> {
  const { keys, values, channels } = widthsOf(spec)
  const convolution = (start: number, end: number): WeightRef => ({
    tensor: `${module}.conv1d.weight`,
    storedShape: [channels, 1, spec.reach],
    layout: 'out-in',
    channels: [[start, end]],
  })
  return {
    o: linear(`${module}.out_proj`, d_model, values, false),
    delta: {
      ...gates,
      fadeRate: vector(`${module}.A_log`, spec.valueHeads),
      fadeBias: vector(`${module}.dt_bias`, spec.valueHeads),
      convolutions: {
        q: convolution(0, keys),
        k: convolution(keys, 2 * keys),
        v: convolution(2 * keys, channels),
      },
      norm: rmsNorm(`${module}.norm`, spec.valueSize),
    },
  }
}
