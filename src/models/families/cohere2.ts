/**
 * @file Cohere 2 (Command R7B, Command A): attention beside the MLP, both behind one layer norm without a bias; three blocks slide
 * and rotate neighbours in pairs, the fourth sees all and does not rotate; logits by a constant factor.
 *
 * Source: configuration_cohere2.py and modeling_cohere2.py of transformers 4.57; defaults are that class's. Left out: norms on the heads
 * of q and k (use_qk_norm), which that code does not have.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { BlockWeights } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows, slidingLayers } from './layer-windows.ts'
import { wholeHeadRotary } from './llama-like.ts'
import { bodyPrefix, ends, gatedMlp, headModule, perBlock, separateAttention } from './llama-parts.ts'
import { ACTIVATIONS, MOST_LAYERS, readEpsilon, readShape, type Shape, type ShapeDefaults } from './shape.ts'
import { layerNormWithoutBias } from './weight-refs.ts'

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

export function cohere2(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  readFixed(config)
  const slides = cohere2Sliding(config, shape.layers)
  const windows = layerWindows(config, slides, 4_096)
  const rotary = { ...wholeHeadRotary(input, shape), pairing: 'interleaved' } as const
  const attention = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    qkNorm: 'none',
  } as const
  const mlp = { gated: true, activation: config.choice('hidden_act', ACTIVATIONS, 'silu'), size: shape.d_mlp }
  const bias = config.flag('attention_bias', false)
  const prefix = bodyPrefix(input)
  return {
    spec: {
      family: 'cohere2',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      norm: { kind: 'layer', epsilon: readEpsilon(config, 'layer_norm_eps', 1e-5), gainOffset: 0 },
      blocks: windows.map((window, layer) => ({
        layout: 'parallel',
        attention: { ...attention, window, rotary: slides[layer] === true ? rotary : null },
        mlp,
      })),
      logitScale: config.number('logit_scale', LEAST_LOGIT_SCALE, GREATEST_LOGIT_SCALE, 0.0625),
      logitSoftcap: null,
    },
    weights: {
      ...ends(prefix, headModule(input), shape, config.flag('tie_word_embeddings', true)),
      positions: null,
      blocks: perBlock(shape, (layer) => cohere2Block(`${prefix}layers.${layer}`, shape, bias)),
      finalNorm: layerNormWithoutBias(`${prefix}norm`, shape.d_model),
    },
  }
}

function cohere2Block(block: string, shape: Shape, bias: boolean): BlockWeights {
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
  config.only('use_qk_norm', false)
  // How the embedding is kept in training; whether the unembedding is the embedding is tie_word_embeddings' to say.
  for (const key of ['use_embedding_sharing', 'use_parallel_embedding']) config.value(key)
}
