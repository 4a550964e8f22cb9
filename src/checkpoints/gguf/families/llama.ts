/**
 * @file Llama, Mistral and Mixtral (whose files say llama), Qwen2, Qwen3, Qwen3-MoE and OLMo-2: Llama's module names, small differences.
 *
 * Of experts llama.cpp divides the chosen shares by their sum, whatever the model's own config says. Files of before April 2024 store each
 * expert of Mixtral by itself.
 *
 * The window of Mistral 7B v0.1 (4,096 positions) is not in its files, and llama.cpp runs it without: so is it read here.
 *
 * Source: llama.cpp, conversion/llama.py, qwen.py and olmo.py; gguf's tensor_mapping.py. Only `llama` has its q and k rows
 * permuted. Left out: OLMo-3, whose files say olmo2 but have sliding windows.
 */
import { ggufModelUnsupported } from '../../../errors/gguf.ts'
import type { JsonObject } from '../../../sources/json.ts'
import { expertsRule, type GgufFamily, type GgufModel, type NameRule, rule } from './family.ts'
import { ropeKeys } from './rope.ts'
import { expertCount, llamaKeys, readSizes, requireFullRotary } from './sizes.ts'

/** Embedding, unembedding and final norm. */
export const END_RULES: readonly NameRule[] = [
  rule('token_embd', 'model.embed_tokens'),
  rule('output', 'lm_head'),
]

/** A gated MLP. */
export const MLP_RULES: readonly NameRule[] = [
  rule('blk.*.ffn_gate', 'model.layers.*.mlp.gate_proj'),
  rule('blk.*.ffn_up', 'model.layers.*.mlp.up_proj'),
  rule('blk.*.ffn_down', 'model.layers.*.mlp.down_proj'),
]

/** Four projections stored as they are. */
export const ATTENTION_RULES: readonly NameRule[] = [
  rule('blk.*.attn_q', 'model.layers.*.self_attn.q_proj'),
  rule('blk.*.attn_k', 'model.layers.*.self_attn.k_proj'),
  rule('blk.*.attn_v', 'model.layers.*.self_attn.v_proj'),
  rule('blk.*.attn_output', 'model.layers.*.self_attn.o_proj'),
]

/** RMS norms before attention and before the MLP. */
export const NORM_RULES: readonly NameRule[] = [
  rule('output_norm', 'model.norm'),
  rule('blk.*.attn_norm', 'model.layers.*.input_layernorm'),
  rule('blk.*.ffn_norm', 'model.layers.*.post_attention_layernorm'),
]

const QK_NORM_RULES: readonly NameRule[] = [
  rule('blk.*.attn_q_norm', 'model.layers.*.self_attn.q_norm'),
  rule('blk.*.attn_k_norm', 'model.layers.*.self_attn.k_norm'),
]

/** Llama's keys, with rotary over whole heads. */
export function llamaKeysWithRope(model: GgufModel, modelType: string, architecture: string): JsonObject {
  const { headSize } = readSizes(model)
  requireFullRotary(model, headSize)
  return { ...llamaKeys(model, modelType, architecture), hidden_act: 'silu', ...ropeKeys(model, headSize) }
}

/** Mixtral. */
function mixtralKeys(model: GgufModel): JsonObject {
  const { headSize } = readSizes(model)
  return {
    ...llamaKeysWithRope(model, 'mixtral', 'MixtralForCausalLM'),
    head_dim: headSize,
    num_local_experts: expertCount(model),
    num_experts_per_tok: model.metadata.count('expert_used_count'),
    sliding_window: null,
  }
}

export const llama: GgufFamily = {
  hasExperts: true,
  rules: [
    rule('blk.*.ffn_gate_inp', 'model.layers.*.block_sparse_moe.gate'),
    expertsRule('blk.*.ffn_gate_exps', 'model.layers.*.block_sparse_moe.experts.w1'),
    expertsRule('blk.*.ffn_up_exps', 'model.layers.*.block_sparse_moe.experts.w3'),
    expertsRule('blk.*.ffn_down_exps', 'model.layers.*.block_sparse_moe.experts.w2'),
    rule('blk.*.ffn_gate.#', 'model.layers.*.block_sparse_moe.experts.#.w1'),
    rule('blk.*.ffn_up.#', 'model.layers.*.block_sparse_moe.experts.#.w3'),
    rule('blk.*.ffn_down.#', 'model.layers.*.block_sparse_moe.experts.#.w2'),
    ...END_RULES,
    ...NORM_RULES,
    ...MLP_RULES,
    rule('blk.*.attn_q', 'model.layers.*.self_attn.q_proj', 'rope-pairs-q'),
    rule('blk.*.attn_k', 'model.layers.*.self_attn.k_proj', 'rope-pairs-k'),
    rule('blk.*.attn_v', 'model.layers.*.self_attn.v_proj'),
    rule('blk.*.attn_output', 'model.layers.*.self_attn.o_proj'),
  ],
  config(model) {
    if (expertCount(model) > 0) return mixtralKeys(model)
    const head_dim = readSizes(model).headSize
    const attention_bias = model.tensors.has('blk.0.attn_q.bias')
    const mlp_bias = model.tensors.has('blk.0.ffn_up.bias')
    return { ...llamaKeysWithRope(model, 'llama', 'LlamaForCausalLM'), head_dim, attention_bias, mlp_bias }
  },
}

export const qwen2: GgufFamily = {
  rules: [...END_RULES, ...NORM_RULES, ...MLP_RULES, ...ATTENTION_RULES],
  config: (model) => ({
    ...llamaKeysWithRope(model, 'qwen2', 'Qwen2ForCausalLM'),
    use_sliding_window: false,
  }),
}

export const qwen3: GgufFamily = {
  rules: [...END_RULES, ...NORM_RULES, ...MLP_RULES, ...ATTENTION_RULES, ...QK_NORM_RULES],
  config: (model) => ({
    ...llamaKeysWithRope(model, 'qwen3', 'Qwen3ForCausalLM'),
    head_dim: readSizes(model).headSize,
    attention_bias: model.tensors.has('blk.0.attn_q.bias'),
    use_sliding_window: false,
  }),
}

export const qwen3Moe: GgufFamily = {
  hasExperts: true,
  rules: [
    ...END_RULES,
    ...NORM_RULES,
    ...MLP_RULES,
    ...ATTENTION_RULES,
    ...QK_NORM_RULES,
    rule('blk.*.ffn_gate_inp', 'model.layers.*.mlp.gate'),
    expertsRule('blk.*.ffn_gate_exps', 'model.layers.*.mlp.experts.gate_proj'),
    expertsRule('blk.*.ffn_up_exps', 'model.layers.*.mlp.experts.up_proj'),
    expertsRule('blk.*.ffn_down_exps', 'model.layers.*.mlp.experts.down_proj'),
  ],
  config: (model) => ({
    ...llamaKeysWithRope(model, 'qwen3_moe', 'Qwen3MoeForCausalLM'),
    head_dim: readSizes(model).headSize,
    attention_bias: model.tensors.has('blk.0.attn_q.bias'),
    use_sliding_window: false,
    num_experts: expertCount(model),
    num_experts_per_tok: model.metadata.count('expert_used_count'),
    moe_intermediate_size: model.metadata.count('expert_feed_forward_length'),
    norm_topk_prob: true,
    decoder_sparse_step: 1,
    mlp_only_layers: [],
  }),
}

export const olmo2: GgufFamily = {
  rules: [
    ...END_RULES,
    ...MLP_RULES,
    ...ATTENTION_RULES,
    ...QK_NORM_RULES,
    rule('output_norm', 'model.norm'),
    rule('blk.*.post_attention_norm', 'model.layers.*.post_attention_layernorm'),
    rule('blk.*.post_ffw_norm', 'model.layers.*.post_feedforward_layernorm'),
  ],
  config(model) {
    if (model.metadata.has('attention.sliding_window')) {
      throw ggufModelUnsupported(model.file, 'it has sliding windows, which makes it an OLMo-3')
    }
    return {
      ...llamaKeysWithRope(model, 'olmo2', 'Olmo2ForCausalLM'),
      attention_bias: model.tensors.has('blk.0.attn_q.bias'),
    }
  },
}
