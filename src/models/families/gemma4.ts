/**
 * @file Gemma 4, the text model alone or as the text part of its image and audio models: sliding and global blocks with heads of two sizes,
 * RMS norms on the heads of q, k and v, no factor on scores, a stored factor on the stream behind each block. Of its sizes some have embeddings
 * of each block and share keys between blocks (E2B, E4B), some take values from what k's matrix gives (12B, 31B, 26B-A4B), one has experts
 * beside the MLP (26B-A4B).
 *
 * Source: configuration and modeling files of gemma4 and gemma4_unified in transformers 5.18; defaults are those classes'. That version writes
 * `per_layer_config` where the published files have global_head_dim and num_global_key_value_heads; both are read.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { BlockSpec, BlockWeights } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { GREATEST_SOFTCAP } from './gemma-sandwich.ts'
import { attentionOfBlock, readBlocks } from './gemma4-blocks.ts'
import { bodyPrefix, ends, headModule, perBlock, sandwichNorms } from './llama-parts.ts'
import { ACTIVATIONS, readEpsilon, readShape, type ShapeDefaults } from './shape.ts'
import { readTokenVectors, tokenVectorRef, tokenVectorsRef, unreadKeys } from './token-vectors.ts'
import { vector } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 262_144,
  d_model: 2_304,
  layers: 30,
  heads: 8,
  kvHeads: 4,
  headSize: 256,
  d_mlp: 9_216,
  maxPositions: 131_072,
}

/** What one of the two model types has otherwise than the other. */
interface Variant {
  readonly family: string
  readonly window: number
  /** Are there embeddings of each block, and experts? */
  readonly isUnified: boolean
}

const PLAIN: Variant = { family: 'gemma4_text', window: 512, isUnified: false }
const UNIFIED: Variant = { family: 'gemma4_unified_text', window: 1_024, isUnified: true }

export const gemma4Text = (input: FamilyInput): FamilyDecoder => describe(input, PLAIN)
export const gemma4UnifiedText = (input: FamilyInput): FamilyDecoder => describe(input, UNIFIED)

/** Keys of the models around the text model. */
const AROUND = [
  'vision_config',
  'audio_config',
  'boi_token_id',
  'eoi_token_id',
  'image_token_id',
  'video_token_id',
  'boa_token_id',
  'eoa_token_id',
  'eoa_token_index',
  'audio_token_id',
  'vision_soft_tokens_per_image',
  'audio_soft_tokens_per_image',
]

/** The text model of a config with images or sound, its keys under text_config; those are left out. */
export function insideOf(describeText: (input: FamilyInput) => FamilyDecoder) {
  return (input: FamilyInput): FamilyDecoder => {
    const { config } = input
    const text = config.section('text_config')
    if (text === null) throw config.unsupported('text_config', 'an object with the text model’s keys')
    for (const key of AROUND) config.value(key)
    config.only('tie_word_embeddings', true)
    return describeText({ ...input, config: text })
  }
}

export const gemma4 = insideOf(gemma4Text)
export const gemma4Unified = insideOf(gemma4UnifiedText)

function describe(input: FamilyInput, variant: Variant): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  readDirection(config)
  const activation = config.choice('hidden_activation', ACTIVATIONS, 'gelu_pytorch_tanh')
  const bias = config.flag('attention_bias', false)
  const vectors = variant.isUnified ? null : readTokenVectors(config, activation)
  const prefix = bodyPrefix(input)
  const named = perBlock(shape, (layer) => `${prefix}layers.${layer}`)
  const blocks = readBlocks(input, shape, {
    window: variant.window,
    hasExperts: !variant.isUnified,
    activation,
    named,
  })
  return {
    spec: {
      family: variant.family,
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: Math.sqrt(shape.d_model),
      residualScale: 1,
      norm: { kind: 'rms', epsilon: readEpsilon(config, 'rms_norm_eps', 1e-6), gainOffset: 0 },
      blocks: blocks.map(
        ({ attention, mlp }): BlockSpec => ({ layout: 'sequential', attention, mlp: mlp.spec }),
      ),
      logitScale: 1,
      logitSoftcap: config.numberOrNull('final_logit_softcapping', 1e-6, GREATEST_SOFTCAP, null),
      ...(vectors === null ? {} : { tokenVectors: vectors }),
    },
    weights: {
      ...ends(prefix, headModule(input), shape, config.flag('tie_word_embeddings', true)),
      positions: null,
      ...(vectors === null ? {} : { tokenVectors: tokenVectorsRef(prefix, shape, vectors) }),
      blocks: blocks.map((block, layer): BlockWeights => {
        const name = named[layer] ?? ''
        return {
          ...sandwichNorms(name, shape),
          ...attentionOfBlock(name, block, bias),
          ...block.mlp.weights,
          ...(vectors === null ? {} : { tokenVector: tokenVectorRef(name, shape.d_model, vectors) }),
          outputScale: vector(`${name}.layer_scalar`, 1),
        }
      }),
    },
    unused: unreadKeys(
      named,
      blocks.map(({ attention }) => attention.keysOf ?? null),
    ),
  }
}

/** Of images some versions see both ways; text is seen one way but with "all". */
function readDirection(config: ConfigReader): void {
  const key = 'use_bidirectional_attention'
  const value = config.value(key) ?? null
  if (value !== null && value !== false && value !== 'vision') throw config.unsupported(key, 'null, "vision"')
}
