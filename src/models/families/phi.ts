/**
 * @file Phi-1, Phi-1.5 and Phi-2: attention beside an MLP of two matrices, both behind one layer norm, biases everywhere (the
 * unembedding too), partial rotary.
 *
 * Source: configuration_phi.py and modeling_phi.py of transformers 4.57; defaults are that class's. Left out: qk_layernorm, which no
 * released model has.
 */
import type { BlockWeights } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { bodyPrefix, perBlock } from './llama-parts.ts'
import { partialRotary } from './partial-rotary.ts'
import { ACTIVATIONS, readEpsilon, readShape, type Shape, type ShapeDefaults } from './shape.ts'
import { layerNorm, linear, matrix } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 51_200,
  d_model: 2_048,
  layers: 24,
  heads: 32,
  kvHeads: null,
  headSize: null,
  d_mlp: 8_192,
  maxPositions: 2_048,
}

export function phi(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  config.only('qk_layernorm', false)
  config.only('tie_word_embeddings', false)
  const attention = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    window: null,
    rotary: partialRotary(input, shape, { fraction: 0.5, pairing: 'half' }),
    qkNorm: 'none',
  } as const
  const mlp = {
    gated: false,
    activation: config.choice('hidden_act', ACTIVATIONS, 'gelu_new'),
    size: shape.d_mlp,
  }
  const prefix = bodyPrefix(input)
  return {
    spec: {
      family: 'phi',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      norm: { kind: 'layer', epsilon: readEpsilon(config, 'layer_norm_eps', 1e-5), gainOffset: 0 },
      blocks: perBlock(shape, () => ({ layout: 'parallel', attention, mlp })),
      logitScale: 1,
      logitSoftcap: null,
    },
    weights: {
      embedding: matrix(`${prefix}embed_tokens.weight`, shape.n_vocab, shape.d_model),
      positions: null,
      blocks: perBlock(shape, (layer) => phiBlock(`${prefix}layers.${layer}`, shape)),
      finalNorm: layerNorm(`${prefix}final_layernorm`, shape.d_model),
      unembedding: linear('lm_head', shape.n_vocab, shape.d_model, true),
    },
  }
}

function phiBlock(block: string, shape: Shape): BlockWeights {
  const queries = shape.heads * shape.headSize
  const keys = shape.kvHeads * shape.headSize
  const norm = layerNorm(`${block}.input_layernorm`, shape.d_model)
  return {
    preAttention: norm,
    q: linear(`${block}.self_attn.q_proj`, queries, shape.d_model, true),
    k: linear(`${block}.self_attn.k_proj`, keys, shape.d_model, true),
    v: linear(`${block}.self_attn.v_proj`, keys, shape.d_model, true),
    o: linear(`${block}.self_attn.dense`, shape.d_model, queries, true),
    qNorm: null,
    kNorm: null,
    postAttention: null,
    preMlp: norm,
    gate: null,
    up: linear(`${block}.mlp.fc1`, shape.d_mlp, shape.d_model, true),
    down: linear(`${block}.mlp.fc2`, shape.d_model, shape.d_mlp, true),
    postMlp: null,
  }
}
