/**
 * @file Llama 1-3.x, and what is stored in its form (SmolLM, TinyLlama, Vicuna): RMS norms, rotary, grouped queries,
 * gated SiLU MLP.
 *
 * Source: configuration_llama.py and modeling_llama.py of transformers 4.57; defaults are that class's.
 */
import type { AttentionSpec } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import {
  bodyPrefix,
  ends,
  gatedMlp,
  perBlock,
  preNorms,
  qkNorms,
  ropePositions,
  separateAttention,
} from './llama-parts.ts'
import { ropeBase, ropeSection, rotary, rotarySize } from './rope-scaling.ts'
import { ACTIVATIONS, MOST_POSITIONS, readEpsilon, readShape, type ShapeDefaults } from './shape.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 32_000,
  d_model: 4_096,
  layers: 32,
  heads: 32,
  kvHeads: null,
  headSize: null,
  d_mlp: 11_008,
  maxPositions: 2_048,
}

export function llama(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  config.only('partial_rotary_factor', 1)
  const section = ropeSection(config)
  section?.only('partial_rotary_factor', 1)
  const original = config.countOrNull('original_max_position_embeddings', MOST_POSITIONS, null)
  const attention: AttentionSpec = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    window: null,
    rotary: rotary(
      rotarySize(config, 'head_dim', 1, shape.headSize),
      ropeBase(config, section, 'rope_theta', 10_000),
      ropePositions(input, shape, original),
      section,
    ),
    qkNorm: 'none',
  }
  const mlp = {
    gated: true,
    activation: config.choice('hidden_act', ACTIVATIONS, 'silu'),
    size: shape.d_mlp,
  }
  const attentionBias = config.flag('attention_bias', false)
  const mlpBias = config.flag('mlp_bias', false)
  const prefix = bodyPrefix(input)
  return {
    spec: {
      family: 'llama',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      norm: { kind: 'rms', epsilon: readEpsilon(config, 'rms_norm_eps', 1e-6), gainOffset: 0 },
      blocks: perBlock(shape, () => ({ layout: 'sequential', attention, mlp })),
      logitSoftcap: null,
    },
    weights: {
      ...ends(prefix, 'lm_head', shape, config.flag('tie_word_embeddings', false)),
      positions: null,
      blocks: perBlock(shape, (layer) => {
        const block = `${prefix}layers.${layer}`
        return {
          ...preNorms(block, shape),
          ...separateAttention(block, shape, { qkv: attentionBias, output: attentionBias }),
          ...qkNorms(block, shape, 'none'),
          ...gatedMlp(block, shape, mlpBias),
        }
      }),
    },
  }
}
