/**
 * @file Gemma 3n, the text model alone or as the text part of its image and audio model: several residual streams per token (AltUp), a low-rank
 * path beside attention (LAuReL), embeddings of each block, keys shared by the last blocks, RMS norms on the heads of q, k and v, no factor on
 * scores, MLPs of which the first ones let through only gate values far above their mean.
 *
 * Source: configuration_gemma3n.py and modeling_gemma3n.py of transformers 5.18; defaults are those classes'. transformers 4 has rope_theta,
 * rope_local_base_freq and rope_scaling, 5 rope_parameters, as of Gemma 3.
 */
import { normalQuantile } from '../../numbers/normal-quantile.ts'
import type { AltUpRef, LaurelRef, StreamsRef } from '../beside-stream.ts'
import type { ConfigReader } from '../config-reader.ts'
import type { AttentionSpec, BlockWeights, MlpSpec } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { GREATEST_SOFTCAP } from './gemma-sandwich.ts'
import { gemma3Rotary } from './gemma3.ts'
import { insideOf } from './gemma4.ts'
import { layerWindows, slidingLayers } from './layer-windows.ts'
import {
  bodyPrefix,
  ends,
  gatedMlp,
  headModule,
  perBlock,
  qkNorms,
  sandwichNorms,
  separateAttention,
} from './llama-parts.ts'
import { ACTIVATIONS, readEpsilon, readSizes, type Shape, type ShapeDefaults, WIDEST } from './shape.ts'
import {
  readSharedKeys,
  readTokenVectors,
  tokenVectorRef,
  tokenVectorsRef,
  unreadKeys,
} from './token-vectors.ts'
import { linear, rmsNorm, vector } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 262_400,
  d_model: 2_048,
  layers: 35,
  heads: 8,
  kvHeads: 2,
  headSize: 256,
  d_mlp: 16_384,
  maxPositions: 32_768,
}

/** Published: 4. */
const MOST_STREAMS = 64
/** Published: 0.95 and 0. What lets through less than this leaves nothing. */
const GREATEST_SPARSITY = 0.9999

export function gemma3nText(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readSizes(config, DEFAULTS)
  const bias = config.flag('attention_bias', false)
  const attention = readAttention(input, shape)
  const mlps = readMlps(config, shape)
  const activation = mlps[0]?.activation ?? 'gelu_tanh'
  const vectors = readTokenVectors(config, activation)
  if (vectors === null) throw config.unsupported('hidden_size_per_layer_input', 'an integer from 1')
  const streams = readStreams(config)
  const laurelRank = config.count('laurel_rank', WIDEST, 64)
  const prefix = bodyPrefix(input)
  const named = perBlock(shape, (layer) => `${prefix}layers.${layer}`)
  return {
    spec: {
      family: 'gemma3n_text',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: Math.sqrt(shape.d_model),
      residualScale: 1,
      norm: { kind: 'rms', epsilon: readEpsilon(config, 'rms_norm_eps', 1e-6), gainOffset: 0 },
      blocks: attention.map((spec, layer) => {
        const mlp = mlps[layer]
        if (mlp === undefined) throw new RangeError(`block ${layer} has no MLP`)
        return { layout: 'sequential', attention: spec, mlp, laurelRank }
      }),
      logitScale: 1,
      logitSoftcap: config.numberOrNull('final_logit_softcapping', 1e-6, GREATEST_SOFTCAP, 30),
      tokenVectors: vectors,
      streams: { count: streams.count },
    },
    weights: {
      ...ends(prefix, headModule(input), shape, config.flag('tie_word_embeddings', true)),
      positions: null,
      tokenVectors: tokenVectorsRef(prefix, shape, vectors),
      streams: streamsRef(prefix, shape.d_model, streams.count),
      blocks: named.map((block, layer): BlockWeights => {
        const size = mlps[layer]?.size ?? 0
        const own = {
          ...separateAttention(block, shape, { qkv: bias, output: bias }),
          ...qkNorms(block, shape, 'head'),
        }
        const isShared = attention[layer]?.keysOf !== undefined
        return {
          ...sandwichNorms(block, shape),
          ...own,
          ...(isShared ? { k: null, v: null, kNorm: null } : {}),
          ...gatedMlp(block, { ...shape, d_mlp: size }, false),
          tokenVector: tokenVectorRef(block, shape.d_model, vectors),
          altUp: altUpRef(`${block}.altup`, shape.d_model, streams),
          laurel: laurelRef(`${block}.laurel`, shape.d_model, laurelRank),
        }
      }),
    },
    unused: [
      ...unreadKeys(
        named,
        attention.map(({ keysOf }) => keysOf ?? null),
      ),
      ...(streams.isScaled ? [] : named.map((block) => `${block}.altup.correct_output_scale`)),
    ],
  }
}

export const gemma3n = insideOf(gemma3nText)

/** A shape whose MLPs differ from block to block. */
type Sizes = Omit<Shape, 'd_mlp'>

function readAttention(input: FamilyInput, shape: Sizes): readonly AttentionSpec[] {
  const { config } = input
  const sliding = slidingLayers(config, shape.layers, (layer) => (layer + 1) % 5 !== 0)
  const windows = layerWindows(config, sliding, 512)
  const sources = readSharedKeys(config, sliding, Math.min(15, shape.layers - 1))
  const local = gemma3Rotary(input, shape, true)
  const global = gemma3Rotary(input, shape, false)
  return sliding.map((slides, layer) => {
    const source = sources[layer] ?? null
    return {
      heads: shape.heads,
      kvHeads: shape.kvHeads,
      headSize: shape.headSize,
      scale: 1,
      softcap: null,
      window: windows[layer] ?? null,
      rotary: slides ? local : global,
      qkNorm: 'head',
      valueNorm: true,
      ...(source === null ? {} : { keysOf: source }),
    }
  })
}

/** Sizes of all blocks or of each, and how much of a token's gate values is cut away. */
function readMlps(config: ConfigReader, { layers }: Sizes): readonly MlpSpec[] {
  const activation = config.choice('hidden_activation', ACTIVATIONS, 'gelu_pytorch_tanh')
  const key = 'intermediate_size'
  const sizes = Array.isArray(config.value(key))
    ? config.numbers(key, layers, 1, WIDEST)
    : new Array<number>(layers).fill(config.count(key, WIDEST, DEFAULTS.d_mlp))
  if (!sizes.every(Number.isInteger)) throw config.unsupported(key, 'integers')
  const sparsity = readSparsity(config, layers)
  return sizes.map((size, layer) => {
    const share = sparsity[layer] ?? 0
    return { gated: true, activation, size, ...(share === 0 ? {} : { cutAbove: normalQuantile(share) }) }
  })
}

/** Absent: 0.95 in the first ten blocks of more than ten. */
function readSparsity(config: ConfigReader, layers: number): readonly number[] {
  const key = 'activation_sparsity_pattern'
  if (config.has(key)) return config.numbers(key, layers, 0, GREATEST_SPARSITY)
  config.value(key)
  return Array.from({ length: layers }, (_, layer) => (layers > 10 && layer < 10 ? 0.95 : 0))
}

interface Streams {
  readonly count: number
  /** Is the first stream scaled before a token's vector is taken? */
  readonly isScaled: boolean
}

function readStreams(config: ConfigReader): Streams {
  config.only('altup_active_idx', 0)
  config.value('altup_coef_clip') // In training alone.
  const count = config.count('altup_num_inputs', MOST_STREAMS, 4)
  if (count < 2) throw config.unsupported('altup_num_inputs', `an integer from 2 to ${MOST_STREAMS}`)
  return { count, isScaled: config.flag('altup_correct_scale', true) }
}

function streamsRef(prefix: string, d_model: number, count: number): StreamsRef {
  const all = (name: string) =>
    Array.from({ length: count - 1 }, (_, i) => linear(`${prefix}${name}.${i}`, d_model, d_model, false))
  return { begin: all('altup_projections'), end: all('altup_unembed_projections') }
}

function altUpRef(module: string, d_model: number, { count, isScaled }: Streams): AltUpRef {
  return {
    router: linear(`${module}.modality_router`, count, d_model, false),
    routerNorm: rmsNorm(`${module}.router_norm`, d_model),
    predict: linear(`${module}.prediction_coefs`, count * count, count, false),
    correct: linear(`${module}.correction_coefs`, count, count, false),
    scale: isScaled ? vector(`${module}.correct_output_scale`, d_model) : null,
  }
}

function laurelRef(module: string, d_model: number, rank: number): LaurelRef {
  return {
    left: linear(`${module}.linear_left`, rank, d_model, false),
    right: linear(`${module}.linear_right`, d_model, rank, false),
    norm: rmsNorm(`${module}.post_laurel_norm`, d_model),
  }
}
