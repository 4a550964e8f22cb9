/**
 * @file GPT-NeoX and Pythia: layer norms, attention beside the MLP, partial rotary, one fused qkv matrix.
 *
 * Source: configuration_gpt_neox.py and modeling_gpt_neox.py of transformers 4.57 (paper: arXiv 2204.06745); defaults
 * are that class's. The fused rows go head by head: head 0's q, k, v, then head 1's.
 */
import type { AttentionSpec, BlockWeights, ChannelRange, LinearRef } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { perBlock } from './llama-parts.ts'
import { ropeBase, ropeSection, rotary, rotarySize } from './rope-scaling.ts'
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
import { layerNorm, linear, matrix, take } from './weight-refs.ts'

function readNeoxShape({ config }: FamilyInput): Shape {
  const d_model = config.count('hidden_size', WIDEST, 6_144)
  const heads = config.count('num_attention_heads', MOST_HEADS, 64)
  return {
    d_model,
    heads,
    kvHeads: heads,
    headSize: dividedHeadSize(config, 'num_attention_heads', heads, d_model),
    n_vocab: config.count('vocab_size', MOST_VOCABULARY, 50_432),
    layers: config.count('num_hidden_layers', MOST_LAYERS, 44),
    d_mlp: config.count('intermediate_size', WIDEST, 24_576),
    maxPositions: config.count('max_position_embeddings', MOST_POSITIONS, 2_048),
  }
}

function neoxAttention(input: FamilyInput, shape: Shape): AttentionSpec {
  const { config } = input
  const section = ropeSection(config)
  const fraction = config.number('rotary_pct', 0, 1, 0.25)
  const rotated = section?.number('partial_rotary_factor', 0, 1, fraction) ?? fraction
  return {
    heads: shape.heads,
    kvHeads: shape.heads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    window: null,
    rotary: rotary(
      rotarySize(config, 'rotary_pct', rotated, shape.headSize),
      ropeBase(config, section, 'rotary_emb_base', 10_000),
      { length: input.length, most: shape.maxPositions, original: null },
      section,
    ),
    qkNorm: 'none',
  }
}

/** Part 0, 1 or 2 (q, k, v) of each head's 3 · headSize rows. */
function headRows(shape: Shape, part: number): ChannelRange[] {
  return Array.from({ length: shape.heads }, (_, head) => {
    const start = (3 * head + part) * shape.headSize
    return [start, start + shape.headSize]
  })
}

function neoxBlock(block: string, shape: Shape, attentionBias: boolean): BlockWeights {
  const fused = linear(`${block}.attention.query_key_value`, 3 * shape.d_model, shape.d_model, attentionBias)
  return {
    preAttention: layerNorm(`${block}.input_layernorm`, shape.d_model),
    q: take(fused, headRows(shape, 0)),
    k: take(fused, headRows(shape, 1)),
    v: take(fused, headRows(shape, 2)),
    o: linear(`${block}.attention.dense`, shape.d_model, shape.d_model, attentionBias),
    qNorm: null,
    kNorm: null,
    postAttention: null,
    preMlp: layerNorm(`${block}.post_attention_layernorm`, shape.d_model),
    gate: null,
    up: linear(`${block}.mlp.dense_h_to_4h`, shape.d_mlp, shape.d_model, true),
    down: linear(`${block}.mlp.dense_4h_to_h`, shape.d_model, shape.d_mlp, true),
    postMlp: null,
  }
}

export function gptNeox(input: FamilyInput): FamilyDecoder {
  const { config, names } = input
  const shape = readNeoxShape(input)
  const attention = neoxAttention(input, shape)
  const layout = config.flag('use_parallel_residual', true) ? 'parallel' : 'sequential'
  const mlp = {
    gated: false,
    activation: config.choice('hidden_act', ACTIVATIONS, 'gelu'),
    size: shape.d_mlp,
  }
  const attentionBias = config.flag('attention_bias', true)
  const prefix = names.prefix('embed_in.weight', ['gpt_neox.', ''])
  const embedding = matrix(`${prefix}embed_in.weight`, shape.n_vocab, shape.d_model)
  const head = names.has('lm_head.weight') && !names.has('embed_out.weight') ? 'lm_head' : 'embed_out'
  const unembedding: LinearRef = config.flag('tie_word_embeddings', false)
    ? { weight: embedding, bias: null }
    : linear(head, shape.n_vocab, shape.d_model, false)
  return {
    spec: {
      family: 'gpt_neox',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      norm: { kind: 'layer', epsilon: readEpsilon(config, 'layer_norm_eps', 1e-5), gainOffset: 0 },
      blocks: perBlock(shape, () => ({ layout, attention, mlp })),
      logitScale: 1,
      logitSoftcap: null,
    },
    weights: {
      embedding,
      positions: null,
      blocks: perBlock(shape, (layer) => neoxBlock(`${prefix}layers.${layer}`, shape, attentionBias)),
      finalNorm: layerNorm(`${prefix}final_layer_norm`, shape.d_model),
      unembedding,
    },
  }
}
