/**
 * @file GPT-2: learned positions, layer norms, fused qkv; matrices are Conv1D, stored [in, out].
 *
 * Source: configuration_gpt2.py and modeling_gpt2.py of transformers 4.57 (paper: Radford et al. 2019); defaults are that
 * class's. The first released files lack the `transformer.` prefix.
 */

import type { ConfigReader } from '../config-reader.ts'
import type { BlockSpec, BlockWeights, DecoderSpec } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { perBlock } from './llama-parts.ts'
import {
  ACTIVATIONS,
  dividedHeadSize,
  MOST_HEADS,
  MOST_LAYERS,
  MOST_POSITIONS,
  MOST_VOCABULARY,
  readEpsilon,
  type Shape,
  WIDEST,
} from './shape.ts'
import { conv1d, layerNorm, linear, matrix, take } from './weight-refs.ts'

function readGpt2Shape(config: ConfigReader): Shape {
  const d_model = config.count('n_embd', WIDEST, 768)
  const heads = config.count('n_head', MOST_HEADS, 12)
  return {
    d_model,
    heads,
    kvHeads: heads,
    headSize: dividedHeadSize(config, 'n_head', heads, d_model),
    n_vocab: config.count('vocab_size', MOST_VOCABULARY, 50_257),
    layers: config.count('n_layer', MOST_LAYERS, 12),
    d_mlp: config.count('n_inner', WIDEST, 4 * d_model),
    maxPositions: config.count('n_positions', MOST_POSITIONS, 1_024),
  }
}

function gpt2Blocks(config: ConfigReader, shape: Shape): BlockSpec[] {
  const scale = config.flag('scale_attn_weights', true) ? shape.headSize ** -0.5 : 1
  const byLayer = config.flag('scale_attn_by_inverse_layer_idx', false)
  config.flag('reorder_and_upcast_attn', false) // Rounding only.
  const activation = config.choice('activation_function', ACTIVATIONS, 'gelu_new')
  return perBlock(shape, (layer) => ({
    layout: 'sequential',
    attention: {
      heads: shape.heads,
      kvHeads: shape.heads,
      headSize: shape.headSize,
      scale: byLayer ? scale / (layer + 1) : scale,
      softcap: null,
      window: null,
      rotary: null,
      qkNorm: 'none',
    },
    mlp: { gated: false, activation, size: shape.d_mlp },
  }))
}

function gpt2Block(block: string, shape: Shape): BlockWeights {
  const d = shape.d_model
  const fused = conv1d(`${block}.attn.c_attn`, 3 * d, d)
  return {
    preAttention: layerNorm(`${block}.ln_1`, d),
    q: take(fused, [[0, d]]),
    k: take(fused, [[d, 2 * d]]),
    v: take(fused, [[2 * d, 3 * d]]),
    o: conv1d(`${block}.attn.c_proj`, d, d),
    qNorm: null,
    kNorm: null,
    postAttention: null,
    preMlp: layerNorm(`${block}.ln_2`, d),
    gate: null,
    up: conv1d(`${block}.mlp.c_fc`, shape.d_mlp, d),
    down: conv1d(`${block}.mlp.c_proj`, d, shape.d_mlp),
    postMlp: null,
  }
}

export function gpt2({ config, names }: FamilyInput): FamilyDecoder {
  const shape = readGpt2Shape(config)
  config.only('n_ctx', shape.maxPositions) // The positions' older name.
  config.only('add_cross_attention', false)
  const prefix = names.prefix('wte.weight', ['transformer.', ''])
  const embedding = matrix(`${prefix}wte.weight`, shape.n_vocab, shape.d_model)
  const tied = config.flag('tie_word_embeddings', true)
  const spec: DecoderSpec = {
    family: 'gpt2',
    d_model: shape.d_model,
    n_vocab: shape.n_vocab,
    maxPositions: shape.maxPositions,
    embeddingScale: 1,
    residualScale: 1,
    norm: { kind: 'layer', epsilon: readEpsilon(config, 'layer_norm_epsilon', 1e-5), gainOffset: 0 },
    blocks: gpt2Blocks(config, shape),
    logitScale: 1,
    logitSoftcap: null,
  }
  return {
    spec,
    weights: {
      embedding,
      positions: matrix(`${prefix}wpe.weight`, shape.maxPositions, shape.d_model),
      blocks: perBlock(shape, (layer) => gpt2Block(`${prefix}h.${layer}`, shape)),
      finalNorm: layerNorm(`${prefix}ln_f`, shape.d_model),
      unembedding: tied
        ? { weight: embedding, bias: null }
        : linear('lm_head', shape.n_vocab, shape.d_model, false),
    },
  }
}
