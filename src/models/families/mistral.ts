/**
 * @file Mistral 7B and its successors: Llama where every block sees a sliding window, or none does; alone, or as the text part of an
 * image model (mistral3: Mistral Small 3.1 and later). Ministral 3 and Devstral 2 (ministral3) have queries that grow with their position,
 * beyond the length that they were first trained for.
 *
 * Source: configuration_mistral.py and modeling_mistral.py of transformers 4.57 (paper: arXiv 2310.06825); defaults are
 * that class's, and there an absent sliding_window is 4,096 and a null one is none. No biases. The wrapper: configuration_mistral3.py
 * and modeling_mistral3.py; of Ministral 3, modeling_ministral3.py of transformers 5. Left out: mistral4 inside it.
 */
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows } from './layer-windows.ts'
import { type LlamaLike, llamaLike } from './llama-like.ts'
import { ropeSection } from './rope-scaling.ts'
import { MOST_POSITIONS, readShape, type ShapeDefaults } from './shape.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 32_000,
  d_model: 4_096,
  layers: 32,
  heads: 32,
  kvHeads: 8,
  headSize: null,
  d_mlp: 14_336,
  maxPositions: 131_072,
}

const MINISTRAL: ShapeDefaults = {
  ...DEFAULTS,
  n_vocab: 131_072,
  layers: 34,
  headSize: 128,
  maxPositions: 262_144,
}

export const mistral = (input: FamilyInput): FamilyDecoder => mistralText(input, 'mistral')

/** Keys of the image model around the text model. */
const IMAGE_KEYS = [
  'vision_config',
  'image_token_index',
  'image_token_id',
  'projector_hidden_act',
  'vision_feature_layer',
  'multimodal_projector_bias',
  'spatial_merge_size',
]

/** An image model's config: model_type mistral3, the text model's keys under text_config. Images are left out. */
export function mistral3(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const text = config.section('text_config')
  if (text === null) throw config.unsupported('text_config', 'an object with the text model’s keys')
  const isMinistral = text.choice('model_type', TEXT_MODELS, 'mistral')
  for (const key of IMAGE_KEYS) config.value(key)
  // The text model's own counts; a wrapper that says otherwise is understood differently by different versions.
  if (text.has('tie_word_embeddings') || !isMinistral)
    config.only('tie_word_embeddings', text.flag('tie_word_embeddings', false))
  const tied = config.flag('tie_word_embeddings', false)
  const inText = { ...input, config: text }
  return isMinistral ? ministralText(inText, 'mistral3', tied) : mistralText(inText, 'mistral3')
}

const TEXT_MODELS: ReadonlyMap<string, boolean> = new Map([
  ['mistral', false],
  ['ministral3', true],
])

export const ministral3 = (input: FamilyInput): FamilyDecoder => ministralText(input, 'ministral3', false)

/** Betas in use: 0.1, and 0 for none. */
const GREATEST_BETA = 1e3

/** Rope and growth are one section of the config, which every published config has. */
function ministralText(input: FamilyInput, family: 'ministral3' | 'mistral3', tied: boolean): FamilyDecoder {
  const { config, length } = input
  const shape = readShape(config, MINISTRAL)
  config.only('attention_bias', false)
  config.only('mlp_bias', false)
  const section = ropeSection(config)
  if (section === null) throw config.unsupported('rope_parameters', 'an object, as published')
  section.value('max_position_embeddings')
  const beta = section.number('llama_4_scaling_beta', 0, GREATEST_BETA, 0)
  const every = section.count('original_max_position_embeddings', MOST_POSITIONS, shape.maxPositions)
  const slides = Array.from({ length: shape.layers }, () => config.has('sliding_window'))
  return llamaLike(input, {
    family,
    shape,
    qkvBias: false,
    outputBias: false,
    mlpBias: false,
    qkNorm: 'none',
    windows: layerWindows(config, slides, null),
    tied,
    epsilon: 1e-5,
    // Up to there the factor is 1.
    ...(beta > 0 && length > every ? { queryGrowth: { beta, every } } : {}),
  })
}

function mistralText(input: FamilyInput, family: 'mistral' | 'mistral3'): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  config.only('attention_bias', false)
  config.only('mlp_bias', false)
  const everywhere = Array.from({ length: shape.layers }, () => config.value('sliding_window') !== null)
  const variant: LlamaLike = {
    family,
    shape,
    qkvBias: false,
    outputBias: false,
    mlpBias: false,
    qkNorm: 'none',
    windows: layerWindows(config, everywhere, 4_096),
  }
  return llamaLike(input, variant)
}
