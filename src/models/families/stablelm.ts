/**
 * @file StableLM 2 and StableLM-3B: Llama's matrices between layer norms with biases, partial rotary; attention beside the MLP where
 * use_parallel_residual says so, and both then read one norm.
 *
 * Source: configuration_stablelm.py and modeling_stablelm.py of transformers 4.57; defaults are that class's. Left out: norms on
 * each head of q and k (qk_layernorm, StableLM 2 12B).
 */
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { bodyPrefix, gatedMlp, perBlock, separateAttention } from './llama-parts.ts'
import { partialRotary } from './partial-rotary.ts'
import { ACTIVATIONS, readEpsilon, readShape, type ShapeDefaults } from './shape.ts'
import { layerNorm, linear, matrix } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 50_304,
  d_model: 2_560,
  layers: 32,
  heads: 32,
  kvHeads: 32,
  headSize: null,
  d_mlp: 6_912,
  maxPositions: 4_096,
}

export function stableLm(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  config.only('qk_layernorm', false)
  const isParallel = config.flag('use_parallel_residual', false)
  const bias = config.flag('use_qkv_bias', false)
  const attention = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    window: null,
    rotary: partialRotary(input, shape, { fraction: 0.25, pairing: 'half' }),
    qkNorm: 'none',
  } as const
  const mlp = { gated: true, activation: config.choice('hidden_act', ACTIVATIONS, 'silu'), size: shape.d_mlp }
  const prefix = bodyPrefix(input)
  const embedding = matrix(`${prefix}embed_tokens.weight`, shape.n_vocab, shape.d_model)
  const tied = config.flag('tie_word_embeddings', false)
  return {
    spec: {
      family: 'stablelm',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      norm: { kind: 'layer', epsilon: readEpsilon(config, 'layer_norm_eps', 1e-5), gainOffset: 0 },
      blocks: perBlock(shape, () => ({ layout: isParallel ? 'parallel' : 'sequential', attention, mlp })),
      logitScale: 1,
      logitSoftcap: null,
    },
    weights: {
      embedding,
      positions: null,
      blocks: perBlock(shape, (layer) => {
        const block = `${prefix}layers.${layer}`
        const first = layerNorm(`${block}.input_layernorm`, shape.d_model)
        return {
          preAttention: first,
          ...separateAttention(block, shape, { qkv: bias, output: false }),
          qNorm: null,
          kNorm: null,
          postAttention: null,
          preMlp: isParallel ? first : layerNorm(`${block}.post_attention_layernorm`, shape.d_model),
          ...gatedMlp(block, shape, false),
          postMlp: null,
        }
      }),
      finalNorm: layerNorm(`${prefix}norm`, shape.d_model),
      unembedding: tied
        ? { weight: embedding, bias: null }
        : linear('lm_head', shape.n_vocab, shape.d_model, false),
    },
  }
}
