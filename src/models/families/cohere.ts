/**
 * @file Cohere (Command R, Command R+, Aya) and Cohere 2 (Command R7B, Command A): attention beside the MLP, both behind one layer norm
 * without a bias; logits by a constant factor. Rotation turns neighbours in pairs: in every block, or in Cohere 2 in the three of four that
 * slide. Command R+ has layer norms on the heads of q and k, a gain for each.
 *
 * Source: configuration_cohere.py, configuration_cohere2.py and their modeling files in transformers 4.57; defaults are those classes'. Left
 * out: those norms in Cohere 2 (use_qk_norm), which its code does not have.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { BlockWeights, NormRef } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows, slidingLayers } from './layer-windows.ts'
import { wholeHeadRotary } from './llama-like.ts'
import { bodyPrefix, ends, gatedMlp, headModule, perBlock, separateAttention } from './llama-parts.ts'
import { ACTIVATIONS, MOST_LAYERS, readEpsilon, readShape, type Shape, type ShapeDefaults } from './shape.ts'
import { layerNormWithoutBias, matrix } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 256_000,
  d_model: 8_192,
  layers: 40,
  heads: 64,
  kvHeads: null,
  headSize: null,
  d_mlp: 22_528,
  maxPositions: 8_192,
}

/** Factors in use run from 1/16 to 1. */
const LEAST_LOGIT_SCALE = 1e-6
const GREATEST_LOGIT_SCALE = 1e6

/** What the two versions differ in. */
interface CohereVersion {
  readonly family: 'cohere' | 'cohere2'
  /** Per block: keys visible, or null for all. */
  readonly windows: readonly (number | null)[]
  /** Per block: are q and k rotated? */
  readonly rotated: readonly boolean[]
  readonly hasHeadNorms: boolean
}

export function cohere(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  return cohereDecoder(input, shape, {
    family: 'cohere',
    windows: perBlock(shape, () => null),
    rotated: perBlock(shape, () => true),
    hasHeadNorms: config.flag('use_qk_norm', false),
  })
}

export function cohere2(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  config.only('use_qk_norm', false)
  const slides = cohere2Sliding(config, shape.layers)
  return cohereDecoder(input, shape, {
    family: 'cohere2',
    windows: layerWindows(config, slides, 4_096),
    rotated: slides,
    hasHeadNorms: false,
  })
}

function cohereDecoder(input: FamilyInput, shape: Shape, version: CohereVersion): FamilyDecoder {
  const { config } = input
  const { family, windows, rotated, hasHeadNorms } = version
  readFixed(config)
  const rotary = { ...wholeHeadRotary(input, shape), pairing: 'interleaved' } as const
  const attention = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    qkNorm: hasHeadNorms ? 'layer' : 'none',
  } as const
  const mlp = { gated: true, activation: config.choice('hidden_act', ACTIVATIONS, 'silu'), size: shape.d_mlp }
  const bias = config.flag('attention_bias', false)
  const prefix = bodyPrefix(input)
  return {
    spec: {
      family,
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      norm: { kind: 'layer', epsilon: readEpsilon(config, 'layer_norm_eps', 1e-5), gainOffset: 0 },
      blocks: windows.map((window, layer) => ({
        layout: 'parallel',
        attention: { ...attention, window, rotary: rotated[layer] === true ? rotary : null },
        mlp,
      })),
      logitScale: config.number('logit_scale', LEAST_LOGIT_SCALE, GREATEST_LOGIT_SCALE, 0.0625),
      logitSoftcap: null,
    },
    weights: {
      ...ends(prefix, headModule(input), shape, config.flag('tie_word_embeddings', true)),
      positions: null,
      blocks: perBlock(shape, (layer) => ({
        ...cohereBlock(`${prefix}layers.${layer}`, shape, bias),
        ...(hasHeadNorms ? headNorms(`${prefix}layers.${layer}.self_attn`, shape) : {}),
      })),
      finalNorm: layerNormWithoutBias(`${prefix}norm`, shape.d_model),
    },
  }
}

/** A gain for each dimension of each head: [heads, headSize]. */
function headNorms(attention: string, shape: Shape): Pick<BlockWeights, 'qNorm' | 'kNorm'> {
  const norm = (name: string, heads: number): NormRef => ({
    gain: matrix(`${attention}.${name}.weight`, heads, shape.headSize),
    bias: null,
  })
  return { qNorm: norm('q_norm', shape.heads), kNorm: norm('k_norm', shape.kvHeads) }
}

function cohereBlock(block: string, shape: Shape, bias: boolean): BlockWeights {
  const norm = layerNormWithoutBias(`${block}.input_layernorm`, shape.d_model)
  return {
    preAttention: norm,
    ...separateAttention(block, shape, { qkv: bias, output: bias }),
    qNorm: null,
    kNorm: null,
    postAttention: null,
    preMlp: norm,
    ...gatedMlp(block, shape, false),
    postMlp: null,
  }
}

/** Every fourth block is global, or every sliding_window_pattern-th, or what layer_types says. */
function cohere2Sliding(config: ConfigReader, layers: number): readonly boolean[] {
  // Underscored in files that transformers 4.5x saved.
  const key = config.has('_sliding_window_pattern') ? '_sliding_window_pattern' : 'sliding_window_pattern'
  const pattern = config.count(key, MOST_LAYERS, 4)
  // Cohere's own name for it, in the first files.
  config.only('layer_switch', pattern)
  return slidingLayers(config, layers, (layer) => (layer + 1) % pattern !== 0)
}

/** What Cohere's own configs state besides, and transformers takes for granted. */
function readFixed(config: ConfigReader): void {
  config.only('order_of_interleaved_layers', 'local_attn_first')
  config.only('position_embedding_type', 'rope_gptj')
  config.only('rotary_pct', 1)
  config.only('use_gated_activation', true)
  config.only('use_parallel_block', true)
  // How the embedding is kept in training; whether the unembedding is the embedding is tie_word_embeddings' to say.
  for (const key of ['use_embedding_sharing', 'use_parallel_embedding']) config.value(key)
}
