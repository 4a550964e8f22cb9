/**
 * @file OLMo 1: Llama between layer norms that have neither gain nor bias.
 *
 * Source: configuration_olmo.py and modeling_olmo.py of transformers 4.57 (report: arXiv 2402.00838); defaults are that class's, and the
 * epsilon is written into its code. Left out: clipped q, k and v (clip_qkv, the 7B of 0424), and the repositories' own code under
 * model_type hf_olmo, whose tensors have other names.
 */
import type { NormRef } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { wholeHeadRotary } from './llama-like.ts'
import { bodyPrefix, ends, gatedMlp, headModule, perBlock, separateAttention } from './llama-parts.ts'
import { ACTIVATIONS, readShape, type ShapeDefaults } from './shape.ts'

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

const EPSILON = 1e-5
const PLAIN_NORM: NormRef = { gain: null, bias: null }

export function olmo1(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  if (config.has('clip_qkv')) throw config.unsupported('clip_qkv', 'null')
  config.value('clip_qkv')
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
  const mlp = { gated: true, activation: config.choice('hidden_act', ACTIVATIONS, 'silu'), size: shape.d_mlp }
  const bias = config.flag('attention_bias', false)
  const prefix = bodyPrefix(input)
  return {
    spec: {
      family: 'olmo',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      norm: { kind: 'layer', epsilon: EPSILON, gainOffset: 0 },
      blocks: perBlock(shape, () => ({ layout: 'sequential', attention, mlp })),
      logitScale: 1,
      logitSoftcap: null,
    },
    weights: {
      ...ends(prefix, headModule(input), shape, config.flag('tie_word_embeddings', false)),
      positions: null,
      blocks: perBlock(shape, (layer) => {
        const block = `${prefix}layers.${layer}`
        return {
          preAttention: PLAIN_NORM,
          ...separateAttention(block, shape, { qkv: bias, output: bias }),
          qNorm: null,
          kNorm: null,
          postAttention: null,
          preMlp: PLAIN_NORM,
          ...gatedMlp(block, shape, false),
          postMlp: null,
        }
      }),
      finalNorm: PLAIN_NORM,
    },
  }
}
