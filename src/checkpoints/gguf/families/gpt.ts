/**
 * @file GPT-2 (Conv1D matrices were transposed) and GPT-NeoX (fused qkv rows were sorted).
 *
 * Source: llama.cpp, conversion/gpt2.py and gpt_neox.py. Activations are not in the files: GPT-2's is gelu_new, GPT-NeoX's
 * gelu, as in every published checkpoint of the two.
 */
import { type GgufFamily, rule } from './family.ts'
import { isTied, readSizes, tokenIds } from './sizes.ts'

export const gpt2: GgufFamily = {
  rules: [
    rule('token_embd', 'transformer.wte'),
    rule('position_embd', 'transformer.wpe'),
    rule('output', 'lm_head'),
    rule('output_norm', 'transformer.ln_f'),
    rule('blk.*.attn_norm', 'transformer.h.*.ln_1'),
    rule('blk.*.ffn_norm', 'transformer.h.*.ln_2'),
    rule('blk.*.attn_qkv', 'transformer.h.*.attn.c_attn', 'transposed'),
    rule('blk.*.attn_output', 'transformer.h.*.attn.c_proj', 'transposed'),
    rule('blk.*.ffn_up', 'transformer.h.*.mlp.c_fc', 'transposed'),
    rule('blk.*.ffn_down', 'transformer.h.*.mlp.c_proj', 'transposed'),
  ],
  config(model) {
    const sizes = readSizes(model)
    return {
      architectures: ['GPT2LMHeadModel'],
      model_type: 'gpt2',
      n_embd: sizes.d_model,
      n_layer: sizes.layers,
      n_head: sizes.heads,
      n_inner: sizes.d_mlp,
      n_positions: sizes.positions,
      layer_norm_epsilon: model.metadata.positive('attention.layer_norm_epsilon'),
      activation_function: 'gelu_new',
      vocab_size: sizes.n_vocab,
      tie_word_embeddings: isTied(model),
      ...tokenIds(model),
    }
  },
}

export const gptneox: GgufFamily = {
  rules: [
    rule('token_embd', 'gpt_neox.embed_in'),
    rule('output', 'embed_out'),
    rule('output_norm', 'gpt_neox.final_layer_norm'),
    rule('blk.*.attn_norm', 'gpt_neox.layers.*.input_layernorm'),
    rule('blk.*.ffn_norm', 'gpt_neox.layers.*.post_attention_layernorm'),
    rule('blk.*.attn_qkv', 'gpt_neox.layers.*.attention.query_key_value', 'split-qkv'),
    rule('blk.*.attn_output', 'gpt_neox.layers.*.attention.dense'),
    rule('blk.*.ffn_up', 'gpt_neox.layers.*.mlp.dense_h_to_4h'),
    rule('blk.*.ffn_down', 'gpt_neox.layers.*.mlp.dense_4h_to_h'),
  ],
  config(model) {
    const sizes = readSizes(model)
    const { metadata } = model
    return {
      architectures: ['GPTNeoXForCausalLM'],
      model_type: 'gpt_neox',
      hidden_size: sizes.d_model,
      num_hidden_layers: sizes.layers,
      num_attention_heads: sizes.heads,
      intermediate_size: sizes.d_mlp,
      rotary_pct: metadata.countOr('rope.dimension_count', sizes.headSize) / sizes.headSize,
      rotary_emb_base: metadata.positiveOr('rope.freq_base', 10_000),
      use_parallel_residual: metadata.flagOr('use_parallel_residual', true),
      layer_norm_eps: metadata.positive('attention.layer_norm_epsilon'),
      hidden_act: 'gelu',
      attention_bias: model.tensors.has('blk.0.attn_qkv.bias'),
      vocab_size: sizes.n_vocab,
      max_position_embeddings: sizes.positions,
      tie_word_embeddings: isTied(model),
      ...tokenIds(model),
    }
  },
}
