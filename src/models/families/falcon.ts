/**
 * @file Falcon 7B, 40B, 180B and Falcon 2: attention beside an MLP of two matrices, rotary, q, k and v in one tensor. 7B has one key and one
 * value head behind all query heads; the newer ones have groups of heads, each its queries, then its key, then its value, and a layer norm for
 * either side. Falcon 3 is stored as a llama.
 *
 * Source: configuration_falcon.py and modeling_falcon.py of transformers 4.57; defaults are that class's. Left out: ALiBi (Falcon-RW), which
 * adds a bias to scores by distance.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { BlockWeights, ChannelRange, NormRef } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { wholeHeadRotary } from './llama-like.ts'
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
import { layerNorm, linear, matrix, take } from './weight-refs.ts'

/** How the blocks of one config are built. */
interface FalconForm {
  /** q, k and v by groups of heads (`new_decoder_architecture`), all queries first (`multi_query`), or head by head. */
  readonly order: 'groups' | 'queries first' | 'head by head'
  /** Layer norms of a block, in front of attention and MLP. */
  readonly norms: 'both' | 'one for both' | 'one after the other'
  readonly bias: boolean
}

export function falcon(input: FamilyInput): FamilyDecoder {
  const { config, names } = input
  const form = readForm(config)
  const shape = readFalconShape(config, form)
  const attention = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    window: null,
    rotary: wholeHeadRotary(input, shape),
    qkNorm: 'none',
  } as const
  const mlp = {
    gated: false,
    activation: config.choice('activation', ACTIVATIONS, 'gelu'),
    size: shape.d_mlp,
  }
  const prefix = names.prefix('word_embeddings.weight', ['transformer.', ''])
  const embedding = matrix(`${prefix}word_embeddings.weight`, shape.n_vocab, shape.d_model)
  const isTied = config.flag('tie_word_embeddings', true)
  const layout = form.norms === 'one after the other' ? 'sequential' : 'parallel'
  return {
    spec: {
      family: 'falcon',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      norm: { kind: 'layer', epsilon: readEpsilon(config, 'layer_norm_epsilon', 1e-5), gainOffset: 0 },
      blocks: perBlock(shape, () => ({ layout, attention, mlp })),
      logitScale: 1,
      logitSoftcap: null,
    },
    weights: {
      embedding,
      positions: null,
      blocks: perBlock(shape, (layer) => falconBlock(`${prefix}h.${layer}`, shape, form)),
      finalNorm: layerNorm(`${prefix}ln_f`, shape.d_model),
      unembedding: isTied
        ? { weight: embedding, bias: null }
        : linear('lm_head', shape.n_vocab, shape.d_model, false),
    },
  }
}

function readForm(config: ConfigReader): FalconForm {
  config.only('alibi', false)
  // Written by Falcon's own code; this is what is run.
  config.value('apply_residual_connection_post_layernorm')
  const isNew = config.flag('new_decoder_architecture', false)
  const isMultiQuery = config.flag('multi_query', true)
  const isParallel = config.flag('parallel_attn', true)
  const bias = config.flag('bias', false)
  if (!isNew) {
    config.only('num_ln_in_parallel_attn', 1)
    const norms = isParallel ? 'one for both' : 'one after the other'
    return { order: isMultiQuery ? 'queries first' : 'head by head', norms, bias }
  }
  if (!isParallel) throw config.unsupported('parallel_attn', 'true with new_decoder_architecture')
  const norms = config.countOrNull('num_ln_in_parallel_attn', 2, 2) ?? 2
  return { order: 'groups', norms: norms === 2 ? 'both' : 'one for both', bias }
}

/** Sizes under Falcon's own keys, older spellings (n_layer, n_head) too. */
function readFalconShape(config: ConfigReader, { order }: FalconForm): Shape {
  const count = (key: string, older: string, most: number, usual: number): number =>
    config.count(key, most, config.has(older) ? config.count(older, most) : usual)
  const d_model = count('hidden_size', 'n_embed', WIDEST, 4_544)
  const heads = count('num_attention_heads', 'n_head', MOST_HEADS, 71)
  const stated = count('num_kv_heads', 'n_head_kv', MOST_HEADS, heads)
  const kvHeads = { groups: stated, 'queries first': 1, 'head by head': heads }[order]
  if (heads % kvHeads !== 0) throw config.unsupported('num_kv_heads', `a divisor of the ${heads} query heads`)
  return {
    d_model,
    heads,
    kvHeads,
    headSize: dividedHeadSize(config, 'num_attention_heads', heads, d_model),
    n_vocab: config.count('vocab_size', MOST_VOCABULARY, 65_024),
    layers: count('num_hidden_layers', 'n_layer', MOST_LAYERS, 32),
    d_mlp: config.countOrNull('ffn_hidden_size', WIDEST, null) ?? 4 * d_model,
    maxPositions: config.count('max_position_embeddings', MOST_POSITIONS, 2_048),
  }
}

function falconBlock(block: string, shape: Shape, { order, norms, bias }: FalconForm): BlockWeights {
  const { d_model, d_mlp, headSize, heads, kvHeads } = shape
  const rows = (heads + 2 * kvHeads) * headSize
  const fused = linear(`${block}.self_attention.query_key_value`, rows, d_model, bias)
  const [first, second] = falconNorms(block, d_model, norms)
  return {
    preAttention: first,
    q: take(fused, headRanges(shape, order, 'q')),
    k: take(fused, headRanges(shape, order, 'k')),
    v: take(fused, headRanges(shape, order, 'v')),
    o: linear(`${block}.self_attention.dense`, d_model, d_model, bias),
    qNorm: null,
    kNorm: null,
    postAttention: null,
    preMlp: second,
    gate: null,
    up: linear(`${block}.mlp.dense_h_to_4h`, d_mlp, d_model, bias),
    down: linear(`${block}.mlp.dense_4h_to_h`, d_model, d_mlp, bias),
    postMlp: null,
  }
}

/** In front of attention and of the MLP. */
function falconNorms(
  block: string,
  d_model: number,
  norms: FalconForm['norms'],
): readonly [NormRef, NormRef] {
  const norm = (name: string): NormRef => layerNorm(`${block}.${name}`, d_model)
  switch (norms) {
    case 'both':
      return [norm('ln_attn'), norm('ln_mlp')]
    case 'one for both':
      return [norm('input_layernorm'), norm('input_layernorm')]
    case 'one after the other':
      return [norm('input_layernorm'), norm('post_attention_layernorm')]
  }
}

/** Rows of the fused tensor that are q's, k's or v's, in the order of heads. */
function headRanges(
  { heads, kvHeads, headSize }: Shape,
  order: FalconForm['order'],
  part: 'q' | 'k' | 'v',
): readonly ChannelRange[] {
  const share = heads / kvHeads
  // A group is its queries, then its key, then its value: with one group that is all queries first.
  const group = order === 'head by head' ? 3 : share + 2
  const [from, to] = { q: [0, group - 2], k: [group - 2, group - 1], v: [group - 1, group] }[part]
  return Array.from({ length: kvHeads }, (_, index) => [
    (index * group + (from ?? 0)) * headSize,
    (index * group + (to ?? 0)) * headSize,
  ])
}
