/**
 * @file Mistral 7B and its successors: Llama where every block sees a sliding window, or none does; alone, or as the text part of an
 * image model (mistral3: Mistral Small 3.1 and later).
 *
 * Source: configuration_mistral.py and modeling_mistral.py of transformers 4.57 (paper: arXiv 2310.06825); defaults are
 * that class's, and there an absent sliding_window is 4,096 and a null one is none. No biases. The wrapper: configuration_mistral3.py
 * and modeling_mistral3.py. Left out: ministral3 inside it, whose queries grow with their position.
 */
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows } from './layer-windows.ts'
import { type LlamaLike, llamaLike } from './llama-like.ts'
import { readShape, type ShapeDefaults } from './shape.ts'

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
  text.only('model_type', 'mistral')
  for (const key of IMAGE_KEYS) config.value(key)
  // The text model's own counts; a wrapper that says otherwise is understood differently by different versions.
  config.only('tie_word_embeddings', text.flag('tie_word_embeddings', false))
  return mistralText({ ...input, config: text }, 'mistral3')
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
