/**
 * @file gpt-oss: Llama's names with biases, a score per head that has no value (attn_sinks), and experts whose gate and up were taken apart.
 *
 * Source: llama.cpp, conversion/gpt_oss.py and src/models/openai-moe.cpp; gguf's tensor_mapping.py. Its YaRN's ramp ends at whole pairs there, as
 * everywhere in llama.cpp, though the original's does not: a file is read as it is run.
 */
import { expertsRule, type GgufFamily, rule } from './family.ts'
import { ATTENTION_RULES, END_RULES, llamaKeysWithRope } from './llama.ts'
import { expertCount, readSizes } from './sizes.ts'

export const gptOss: GgufFamily = {
  hasExperts: true,
  rules: [
    ...END_RULES,
    ...ATTENTION_RULES,
    rule('output_norm', 'model.norm'),
    rule('blk.*.attn_norm', 'model.layers.*.input_layernorm'),
    rule('blk.*.post_attention_norm', 'model.layers.*.post_attention_layernorm'),
    { ...rule('blk.*.attn_sinks', 'model.layers.*.self_attn.sinks'), isParameter: true },
    rule('blk.*.ffn_gate_inp', 'model.layers.*.mlp.router'),
    expertsRule('blk.*.ffn_gate_exps', 'model.layers.*.mlp.experts.gate_proj'),
    expertsRule('blk.*.ffn_up_exps', 'model.layers.*.mlp.experts.up_proj'),
    expertsRule('blk.*.ffn_down_exps', 'model.layers.*.mlp.experts.down_proj'),
  ],
  config(model) {
    const { metadata, tensors } = model
    return {
      ...llamaKeysWithRope(model, 'gpt_oss', 'GptOssForCausalLM'),
      head_dim: readSizes(model).headSize,
      attention_bias: tensors.has('blk.0.attn_q.bias'),
      intermediate_size: metadata.count('expert_feed_forward_length'),
      num_local_experts: expertCount(model),
      num_experts_per_tok: metadata.count('expert_used_count'),
      sliding_window: metadata.count('attention.sliding_window'),
    }
  },
}
