/**
 * @file Gemma 2: norms on both sides, soft caps on attention and logits, every other block sliding, scaled embedding.
 *
 * Source: configuration_gemma2.py and modeling_gemma2.py of transformers 4.57 (report: arXiv 2408.00118); defaults are
 * that class's. The embedding's factor √d_model is exact here; transformers rounds it to the model's 16-bit type.
 */
import type { AttentionSpec, RotarySpec } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows, slidingLayers } from './layer-windows.ts'
import {
  bodyPrefix,
  ends,
  gatedMlp,
  perBlock,
  qkNorms,
  ropePositions,
  sandwichNorms,
  separateAttention,
} from './llama-parts.ts'
import { ropeBase, ropeSection, rotary, rotarySize } from './rope-scaling.ts'
import { ACTIVATIONS, readEpsilon, readShape, type Shape, type ShapeDefaults } from './shape.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 256_000,
  d_model: 2_304,
  layers: 26,
  heads: 8,
  kvHeads: 4,
  headSize: 256,
  d_mlp: 9_216,
  maxPositions: 8_192,
}

/** Soft caps in use are 30 and 50. */
const GREATEST_SOFTCAP = 1e6
const GREATEST_SCALAR = 1e6

function gemma2Rotary(input: FamilyInput, shape: Shape): RotarySpec {
  const section = ropeSection(input.config)
  return rotary(
    rotarySize(input.config, 'head_dim', 1, shape.headSize),
    ropeBase(input.config, section, 'rope_theta', 10_000),
    ropePositions(input, shape, null),
    section,
  )
}

/** Attention of each block. */
function gemma2Attention(input: FamilyInput, shape: Shape): readonly AttentionSpec[] {
  const { config } = input
  const rotarySpec = gemma2Rotary(input, shape)
  const scale = config.number('query_pre_attn_scalar', 1e-6, GREATEST_SCALAR, 256) ** -0.5
  const softcap = config.numberOrNull('attn_logit_softcapping', 1e-6, GREATEST_SOFTCAP, 50)
  const sliding = slidingLayers(config, shape.layers, (layer) => layer % 2 === 0)
  return layerWindows(config, sliding, 4_096).map((window) => ({
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale,
    softcap,
    window,
    rotary: rotarySpec,
    qkNorm: 'none',
  }))
}

export function gemma2(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  config.only('use_bidirectional_attention', false)
  const activation = config.choice('hidden_activation', ACTIVATIONS, 'gelu_pytorch_tanh')
  config.value('hidden_act') // Written by older versions, read by none.
  const mlp = { gated: true, activation, size: shape.d_mlp }
  const bias = config.flag('attention_bias', false)
  const prefix = bodyPrefix(input)
  return {
    spec: {
      family: 'gemma2',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: Math.sqrt(shape.d_model),
      norm: { kind: 'rms', epsilon: readEpsilon(config, 'rms_norm_eps', 1e-6), gainOffset: 1 },
      blocks: gemma2Attention(input, shape).map((attention) => ({ layout: 'sequential', attention, mlp })),
      logitSoftcap: config.numberOrNull('final_logit_softcapping', 1e-6, GREATEST_SOFTCAP, 30),
    },
    weights: {
      ...ends(prefix, 'lm_head', shape, config.flag('tie_word_embeddings', true)),
      positions: null,
      blocks: perBlock(shape, (layer) => {
        const block = `${prefix}layers.${layer}`
        return {
          ...sandwichNorms(block, shape),
          ...separateAttention(block, shape, { qkv: bias, output: bias }),
          ...qkNorms(block, shape, 'none'),
          ...gatedMlp(block, shape, false),
        }
      }),
    },
  }
}
