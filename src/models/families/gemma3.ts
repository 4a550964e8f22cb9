/**
 * @file Gemma 3, the text model alone or as the text part of an image model: five sliding blocks to one global, each kind
 * with its own rope, RMS norms on the heads of q and k.
 *
 * Source: configuration_gemma3.py and modeling_gemma3.py of transformers 4.57 and 5.18 (report: arXiv 2503.19786);
 * defaults are those classes'. transformers 4 has rope_theta, rope_local_base_freq and rope_scaling (global blocks only),
 * 5 has rope_parameters.{full,sliding}_attention. attn_logit_softcapping has no effect there and must be null here.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { AttentionSpec, RotarySpec } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { GREATEST_SOFTCAP, gemmaSandwich, readAttentionScale } from './gemma-sandwich.ts'
import { layerWindows, slidingLayers } from './layer-windows.ts'
import { bodyPrefix, headModule } from './llama-parts.ts'
import { ropeBase, rotary, rotarySize } from './rope-scaling.ts'
import { MOST_LAYERS, readShape, type Shape, type ShapeDefaults } from './shape.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 262_208,
  d_model: 2_304,
  layers: 26,
  heads: 8,
  kvHeads: 4,
  headSize: 256,
  d_mlp: 9_216,
  maxPositions: 131_072,
}

/** The rope of sliding or of global blocks, of Gemma 3n too. */
export function gemma3Rotary(
  input: FamilyInput,
  shape: Pick<Shape, 'headSize' | 'maxPositions'>,
  slides: boolean,
): RotarySpec {
  const { config, length } = input
  const kinds = config.section('rope_parameters')
  const stored = kinds?.section(slides ? 'sliding_attention' : 'full_attention') ?? null
  const scaling = config.section('rope_scaling')
  const section = slides || scaling === null || scaling.isEmpty ? stored : scaling
  const base = slides
    ? ropeBase(config, stored, 'rope_local_base_freq', 10_000)
    : ropeBase(config, stored, 'rope_theta', 1_000_000)
  section?.only('partial_rotary_factor', 1)
  const size = rotarySize(config, 'head_dim', 1, shape.headSize)
  return rotary(size, base, { length, most: shape.maxPositions, original: null }, section)
}

/** Every sixth block is global, or every sliding_window_pattern-th, or what layer_types says. */
function gemma3Sliding(config: ConfigReader, layers: number): readonly boolean[] {
  // Underscored in files that transformers 4.5x saved.
  const key = config.has('_sliding_window_pattern') ? '_sliding_window_pattern' : 'sliding_window_pattern'
  const pattern = config.count(key, MOST_LAYERS, 6)
  return slidingLayers(config, layers, (layer) => (layer + 1) % pattern !== 0)
}

function gemma3Attention(input: FamilyInput, shape: Shape): AttentionSpec[] {
  const { config } = input
  const sliding = gemma3Sliding(config, shape.layers)
  const windows = layerWindows(config, sliding, 4_096)
  const local = gemma3Rotary(input, shape, true)
  const global = gemma3Rotary(input, shape, false)
  const scale = readAttentionScale(input)
  return sliding.map((slides, layer) => ({
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale,
    softcap: null,
    window: windows[layer] ?? null,
    rotary: slides ? local : global,
    qkNorm: 'head',
  }))
}

/** The text model: model_type gemma3_text. */
export function gemma3Text(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  if (config.has('attn_logit_softcapping')) throw config.unsupported('attn_logit_softcapping', 'null')
  config.value('attn_logit_softcapping')
  return gemmaSandwich(input, {
    family: 'gemma3_text',
    shape,
    attention: gemma3Attention(input, shape),
    logitSoftcap: config.numberOrNull('final_logit_softcapping', 1e-6, GREATEST_SOFTCAP, null),
    tied: config.flag('tie_word_embeddings', true),
    prefix: bodyPrefix(input),
    head: headModule(input),
  })
}

/** Keys of the image model around the text model. */
const IMAGE_KEYS = [
  'vision_config',
  'mm_tokens_per_image',
  'boi_token_index',
  'eoi_token_index',
  'image_token_index',
  'boi_token_id',
  'eoi_token_id',
  'image_token_id',
]

/** An image model's config: model_type gemma3, the text model's keys under text_config. Images are left out. */
export function gemma3(input: FamilyInput): FamilyDecoder {
  const text = input.config.section('text_config')
  if (text === null) throw input.config.unsupported('text_config', 'an object with the text model’s keys')
  for (const key of IMAGE_KEYS) input.config.value(key)
  input.config.only('tie_word_embeddings', true)
  return gemma3Text({ ...input, config: text })
}
