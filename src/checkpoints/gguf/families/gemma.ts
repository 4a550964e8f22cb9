/**
 * @file Gemma 1, 2 and 3 (text): gains stored with 1 added, soft caps, sliding windows.
 *
 * Source: llama.cpp, conversion/gemma.py, src/models/gemma2.cpp and gemma3.cpp, whose defaults and per-size attention
 * scales are not in the files. Taking the 1 off again is exact for gains of a 16-bit checkpoint above 2^-13 (float16) or
 * 2^-16 (bfloat16); below, the gain 1 + w that the model multiplies with is still the stored one.
 */
import type { JsonObject } from '../../../sources/json.ts'
import { type GgufFamily, type GgufModel, type NameRule, rule } from './family.ts'
import { ATTENTION_RULES, END_RULES, MLP_RULES } from './llama.ts'
import { ropeKeys } from './rope.ts'
import { llamaKeys, readSizes, requireFullRotary, type Sizes } from './sizes.ts'

const GAIN_RULES: readonly NameRule[] = [
  rule('output_norm', 'model.norm', 'gain-plus-one'),
  rule('blk.*.attn_norm', 'model.layers.*.input_layernorm', 'gain-plus-one'),
]

const SANDWICH_RULES: readonly NameRule[] = [
  rule('blk.*.post_attention_norm', 'model.layers.*.post_attention_layernorm', 'gain-plus-one'),
  rule('blk.*.ffn_norm', 'model.layers.*.pre_feedforward_layernorm', 'gain-plus-one'),
  rule('blk.*.post_ffw_norm', 'model.layers.*.post_feedforward_layernorm', 'gain-plus-one'),
]

const COMMON_RULES = [...END_RULES, ...MLP_RULES, ...ATTENTION_RULES, ...GAIN_RULES]

function keys(model: GgufModel, modelType: string, architecture: string): JsonObject {
  const { headSize } = readSizes(model)
  requireFullRotary(model, headSize)
  return {
    ...llamaKeys(model, modelType, architecture),
    head_dim: headSize,
    hidden_activation: 'gelu_pytorch_tanh',
    ...ropeKeys(model, headSize),
  }
}

/** The 27B models, known by their depth, divide by √(d_model / heads); all others by √headSize. */
function queryScalar(sizes: Sizes, layersOf27B: number): number {
  return sizes.layers === layersOf27B ? sizes.d_model / sizes.heads : sizes.headSize
}

function layerTypes(slides: readonly boolean[]): readonly string[] {
  return slides.map((slide) => (slide ? 'sliding_attention' : 'full_attention'))
}

export const gemma: GgufFamily = {
  rules: [
    ...COMMON_RULES,
    rule('blk.*.ffn_norm', 'model.layers.*.post_attention_layernorm', 'gain-plus-one'),
  ],
  config: (model) => keys(model, 'gemma', 'GemmaForCausalLM'),
}

export const gemma2: GgufFamily = {
  rules: [...COMMON_RULES, ...SANDWICH_RULES],
  config(model) {
    const sizes = readSizes(model)
    const { metadata } = model
    const slides = Array.from({ length: sizes.layers }, (_, layer) => layer % 2 === 0)
    return {
      ...keys(model, 'gemma2', 'Gemma2ForCausalLM'),
      query_pre_attn_scalar: queryScalar(sizes, 46),
      attn_logit_softcapping: metadata.positiveOr('attn_logit_softcapping', 50),
      final_logit_softcapping: metadata.positiveOr('final_logit_softcapping', 30),
      sliding_window: metadata.countOr('attention.sliding_window', 4_096),
      layer_types: layerTypes(slides),
    }
  },
}

export const gemma3: GgufFamily = {
  rules: [
    ...COMMON_RULES,
    ...SANDWICH_RULES,
    rule('blk.*.attn_q_norm', 'model.layers.*.self_attn.q_norm', 'gain-plus-one'),
    rule('blk.*.attn_k_norm', 'model.layers.*.self_attn.k_norm', 'gain-plus-one'),
  ],
  config(model) {
    const sizes = readSizes(model)
    const { metadata } = model
    const window = metadata.wholeOr('attention.sliding_window', 0)
    const stored = metadata.layerFlags('attention.sliding_window_pattern', sizes.layers)
    const period = stored === null ? metadata.countOr('attention.sliding_window_pattern', 6) : 6
    const slides = stored ?? Array.from({ length: sizes.layers }, (_, layer) => (layer + 1) % period !== 0)
    return {
      ...keys(model, 'gemma3_text', 'Gemma3ForCausalLM'),
      rope_theta: metadata.positiveOr('rope.freq_base', 1_000_000),
      rope_local_base_freq: metadata.positiveOr('rope.freq_base_swa', 10_000),
      query_pre_attn_scalar: queryScalar(sizes, 62),
      attn_logit_softcapping: null,
      final_logit_softcapping: metadata.positiveOr('final_logit_softcapping', null),
      sliding_window: window === 0 ? null : window,
      layer_types: layerTypes(window === 0 ? slides.map(() => false) : slides),
    }
  },
}
