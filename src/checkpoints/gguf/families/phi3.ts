/**
 * @file Phi-3, Phi-3.5 and Phi-4-mini: fused qkv and gate_up stored as they are, partial rotary, longrope.
 *
 * Source: llama.cpp, conversion/phi.py. A sliding window of 0 means none (Phi-4).
 */
import type { JsonObject } from '../../../sources/json.ts'
import { type GgufFamily, rule } from './family.ts'
import { END_RULES, NORM_RULES } from './llama.ts'
import { longropeScaling } from './rope.ts'
import { llamaKeys, readSizes } from './sizes.ts'

export const phi3: GgufFamily = {
  rules: [
    ...END_RULES,
    ...NORM_RULES,
    rule('blk.*.attn_qkv', 'model.layers.*.self_attn.qkv_proj'),
    rule('blk.*.attn_output', 'model.layers.*.self_attn.o_proj'),
    rule('blk.*.ffn_up', 'model.layers.*.mlp.gate_up_proj'),
    rule('blk.*.ffn_down', 'model.layers.*.mlp.down_proj'),
  ],
  config(model): JsonObject {
    const { headSize, positions } = readSizes(model)
    const { metadata } = model
    const rotated = metadata.countOr('rope.dimension_count', headSize)
    const window = metadata.wholeOr('attention.sliding_window', 0)
    return {
      ...llamaKeys(model, 'phi3', 'Phi3ForCausalLM'),
      hidden_act: 'silu',
      partial_rotary_factor: rotated / headSize,
      rope_theta: metadata.positiveOr('rope.freq_base', 10_000),
      rope_scaling: longropeScaling(model, rotated / 2),
      original_max_position_embeddings: metadata.countOr('rope.scaling.original_context_length', positions),
      sliding_window: window === 0 ? null : window,
    }
  },
}
