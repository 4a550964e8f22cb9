/**
 * @file Qwen3.5, dense and with experts, and Qwen3-Next. Their delta nets go by names that llama.cpp has for state spaces; Qwen3.5's value heads are
 * sorted so that those of one key head lie apart, the rate of a fade is stored as what it is used as, and every norm but the delta net's own has its 1 added.
 * Of experts llama.cpp divides the chosen shares by their sum, whatever Qwen3-Next's own config says.
 *
 * Source: llama.cpp, conversion/qwen.py (`Qwen3NextModel`, `_LinearAttentionVReorderBase`, `_Qwen35MtpMixin`) and gguf's tensor_mapping.py.
 */
import type { JsonObject } from '../../../sources/json.ts'
import { expertsRule, type GgufFamily, type GgufModel, type NameRule, rule } from './family.ts'
import { ATTENTION_RULES, END_RULES, MLP_RULES } from './llama.ts'
import { ropeKeys } from './rope.ts'
import { deltaSizes, expertCount, llamaKeys, readSizes } from './sizes.ts'

const NET = 'model.layers.*.linear_attn'
const MLP = 'model.layers.*.mlp'

/** What files of all of them have alike. */
const HYBRID_RULES: readonly NameRule[] = [
  ...END_RULES,
  ...ATTENTION_RULES,
  rule('output_norm', 'model.norm', 'gain-plus-one'),
  rule('blk.*.attn_norm', 'model.layers.*.input_layernorm', 'gain-plus-one'),
  rule('blk.*.post_attention_norm', 'model.layers.*.post_attention_layernorm', 'gain-plus-one'),
  rule('blk.*.attn_q_norm', 'model.layers.*.self_attn.q_norm', 'gain-plus-one'),
  rule('blk.*.attn_k_norm', 'model.layers.*.self_attn.k_norm', 'gain-plus-one'),
  rule('blk.*.ssm_norm', `${NET}.norm`),
]

const TILED_RULES: readonly NameRule[] = [
  rule('blk.*.attn_qkv', `${NET}.in_proj_qkv`, 'tiled-values'),
  rule('blk.*.attn_gate', `${NET}.in_proj_z`, 'tiled-values'),
  rule('blk.*.ssm_alpha', `${NET}.in_proj_a`, 'tiled-heads'),
  rule('blk.*.ssm_beta', `${NET}.in_proj_b`, 'tiled-heads'),
  { ...rule('blk.*.ssm_a', `${NET}.A_log`, 'tiled-rates'), isParameter: true, hasNoEnding: true },
  { ...rule('blk.*.ssm_dt', `${NET}.dt_bias`, 'tiled-heads'), isParameter: true },
  { ...rule('blk.*.ssm_conv1d', `${NET}.conv1d`, 'tiled-values'), squeezed: 'convolution' },
  rule('blk.*.ssm_out', `${NET}.out_proj`, 'tiled-columns'),
]

/** Value heads as they were; `ssm_ba` by key head, as the original's. */
const NEXT_RULES: readonly NameRule[] = [
  rule('blk.*.attn_qkv', `${NET}.in_proj_qkv`),
  rule('blk.*.attn_gate', `${NET}.in_proj_z`),
  rule('blk.*.ssm_ba', `${NET}.in_proj_ba`),
  { ...rule('blk.*.ssm_a', `${NET}.A_log`, 'rates'), isParameter: true, hasNoEnding: true },
  { ...rule('blk.*.ssm_dt', `${NET}.dt_bias`), isParameter: true },
  { ...rule('blk.*.ssm_conv1d', `${NET}.conv1d`), squeezed: 'convolution' },
  rule('blk.*.ssm_out', `${NET}.out_proj`),
]

const EXPERT_RULES: readonly NameRule[] = [
  rule('blk.*.ffn_gate_inp', `${MLP}.gate`),
  expertsRule('blk.*.ffn_gate_exps', `${MLP}.experts.gate_proj`),
  expertsRule('blk.*.ffn_up_exps', `${MLP}.experts.up_proj`),
  expertsRule('blk.*.ffn_gate_up_exps', `${MLP}.experts.gate_up_proj`),
  expertsRule('blk.*.ffn_down_exps', `${MLP}.experts.down_proj`),
  { ...rule('blk.*.ffn_gate_inp_shexp', `${MLP}.shared_expert_gate`), squeezed: 'row' },
  rule('blk.*.ffn_gate_shexp', `${MLP}.shared_expert.gate_proj`),
  rule('blk.*.ffn_up_shexp', `${MLP}.shared_expert.up_proj`),
  rule('blk.*.ffn_down_shexp', `${MLP}.shared_expert.down_proj`),
]

function hybridKeys(model: GgufModel, modelType: string, architecture: string): JsonObject {
  const { metadata, tensors } = model
  const { headSize, layers } = readSizes(model)
  const { keyHeads, valueHeads, keySize, valueSize } = deltaSizes(model)
  const rotated = metadata.countOr('rope.dimension_count', headSize / 4)
  // How pairs are dealt to the axes of an image.
  metadata.has('rope.dimension_sections')
  const interval = metadata.countOr('full_attention_interval', 4)
  return {
    ...llamaKeys(model, modelType, architecture),
    hidden_act: 'silu',
    head_dim: headSize,
    attention_bias: tensors.has(`blk.${Math.min(interval, layers) - 1}.attn_q.bias`),
    full_attention_interval: interval,
    partial_rotary_factor: rotated / headSize,
    ...ropeKeys(model, rotated),
    linear_num_key_heads: keyHeads,
    linear_num_value_heads: valueHeads,
    linear_key_head_dim: keySize,
    linear_value_head_dim: valueSize,
    linear_conv_kernel_dim: metadata.count('ssm.conv_kernel'),
  }
}

function expertKeys(model: GgufModel, modelType: string, architecture: string): JsonObject {
  const { metadata } = model
  return {
    ...hybridKeys(model, modelType, architecture),
    num_experts: expertCount(model),
    num_experts_per_tok: metadata.count('expert_used_count'),
    moe_intermediate_size: metadata.count('expert_feed_forward_length'),
    shared_expert_intermediate_size: metadata.count('expert_shared_feed_forward_length'),
    norm_topk_prob: true,
  }
}

export const qwen35: GgufFamily = {
  rules: [...HYBRID_RULES, ...TILED_RULES, ...MLP_RULES],
  config: (model) => hybridKeys(model, 'qwen3_5_text', 'Qwen3_5ForCausalLM'),
}

export const qwen35Moe: GgufFamily = {
  hasExperts: true,
  rules: [...HYBRID_RULES, ...TILED_RULES, ...EXPERT_RULES],
  config: (model) => expertKeys(model, 'qwen3_5_moe_text', 'Qwen3_5MoeForCausalLM'),
}

export const qwen3Next: GgufFamily = {
  hasExperts: true,
  rules: [...HYBRID_RULES, ...NEXT_RULES, ...EXPERT_RULES],
  config: (model) => expertKeys(model, 'qwen3_next', 'Qwen3NextForCausalLM'),
}
