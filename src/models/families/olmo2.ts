/**
 * @file OLMo 2: norms after attention and MLP and none before, RMS norm over the full width of q and of k.
 *
 * Source: configuration_olmo2.py and modeling_olmo2.py of transformers 4.57 (report: arXiv 2501.00656); defaults are that
 * class's.
 */
import type { AttentionSpec } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { wholeHeadRotary } from './llama-like.ts'
import { bodyPrefix, ends, gatedMlp, perBlock, qkNorms, separateAttention } from './llama-parts.ts'
import { ACTIVATIONS, readEpsilon, readShape, type ShapeDefaults } from './shape.ts'
import { rmsNorm } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 50_304,
  d_model: 4_096,
  layers: 32,
  heads: 32,
  kvHeads: null,
  headSize: null,
  d_mlp: 11_008,
  maxPositions: 2_048,
}

export function olmo2(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  const attention: AttentionSpec = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    window: null,
    rotary: wholeHeadRotary(input, shape),
    qkNorm: 'full',
  }
  const mlp = { gated: true, activation: config.choice('hidden_act', ACTIVATIONS, 'silu'), size: shape.d_mlp }
  const bias = config.flag('attention_bias', false)
  const prefix = bodyPrefix(input)
  return {
    spec: {
      family: 'olmo2',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      norm: { kind: 'rms', epsilon: readEpsilon(config, 'rms_norm_eps', 1e-5), gainOffset: 0 },
      blocks: perBlock(shape, () => ({ layout: 'sequential', attention, mlp })),
      logitSoftcap: null,
    },
    weights: {
      ...ends(prefix, 'lm_head', shape, config.flag('tie_word_embeddings', false)),
      positions: null,
      blocks: perBlock(shape, (layer) => {
        const block = `${prefix}layers.${layer}`
        return {
          preAttention: null,
          ...separateAttention(block, shape, { qkv: bias, output: bias }),
          ...qkNorms(block, shape, 'full'),
          postAttention: rmsNorm(`${block}.post_attention_layernorm`, shape.d_model),
          preMlp: null,
          ...gatedMlp(block, shape, false),
          postMlp: rmsNorm(`${block}.post_feedforward_layernorm`, shape.d_model),
        }
      }),
    },
  }
}
