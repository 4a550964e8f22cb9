/** @file GPT-NeoX (arXiv 2204.06745), as in GPTNeoXForCausalLM: x + attn(ln1(x)) + mlp(ln2(x)), or one after the other. */
import { attend, rotate } from './attention.ts'
import type { NaiveForward } from './naive-decoder.ts'
import { activation, add, each, embed, layerNorm, linear, type Rows, unembed } from './pieces.ts'
import { rope } from './rope.ts'
import { firstOf, num, object } from './trace.ts'

/** Rows of one part (0 q, 1 k, 2 v): [head 0's, head 1's, …], out of [head][q, k, v][size]. */
function part(fused: Rows, index: number, heads: number, size: number): Rows {
  return fused.map((row) =>
    Float64Array.from({ length: heads * size }, (_, c) => {
      const head = Math.floor(c / size)
      return row[head * 3 * size + index * size + (c % size)] ?? Number.NaN
    }),
  )
}

export const forwardGptNeox: NaiveForward = (config, tensors, ids, trace) => {
  const stem = tensors.has('gpt_neox.embed_in.weight') ? 'gpt_neox.' : ''
  const heads = num(config, 'num_attention_heads')
  const size = num(config, 'hidden_size') / heads
  const epsilon = num(config, 'layer_norm_eps', 1e-5)
  const parameters = object(config, 'rope_parameters')
  const fraction = num(parameters ?? {}, 'partial_rotary_factor', num(config, 'rotary_pct', 0.25))
  const base = num(parameters ?? {}, 'rope_theta', num(config, 'rotary_emb_base', 10000))
  const most = num(config, 'max_position_embeddings')
  const angles = rope(
    Math.floor(fraction * size),
    base,
    object(config, 'rope_scaling') ?? parameters,
    ids.length,
    most,
    most,
  )
  const act = activation(String(config.hidden_act ?? 'gelu'))
  let x = trace.embed(embed(ids, tensors, `${stem}embed_in.weight`))
  for (let layer = 0; layer < num(config, 'num_hidden_layers'); layer++) {
    const block = `${stem}layers.${layer}`
    const pre = trace.pass(layer, 'hook_resid_pre', x)
    const fused = linear(
      trace.input(layer, 'qkv', layerNorm(pre, tensors, `${block}.input_layernorm`, epsilon)),
      tensors,
      `${block}.attention.query_key_value`,
    )
    const attended = attend(
      rotate(trace.pass(layer, 'attn.hook_q', part(fused, 0, heads, size)), size, angles),
      rotate(trace.pass(layer, 'attn.hook_k', part(fused, 1, heads, size)), size, angles),
      trace.pass(layer, 'attn.hook_v', part(fused, 2, heads, size)),
      { heads, kvHeads: heads, headSize: size, scale: 1 / Math.sqrt(size), cap: null, window: null },
    )
    const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attended))
    const dense = linear(z, tensors, `${block}.attention.dense`)
    const out = trace.pass(layer, 'attn.hook_out', dense)
    const attentionOut = trace.pass(layer, 'hook_attn_out', out)
    const parallel = config.use_parallel_residual !== false
    const sum = add(pre, attentionOut)
    const mid = parallel ? sum : trace.pass(layer, 'hook_resid_mid', sum)
    const normed = layerNorm(parallel ? pre : mid, tensors, `${block}.post_attention_layernorm`, epsilon)
    const up = linear(trace.mlpInput(layer, normed), tensors, `${block}.mlp.dense_h_to_4h`)
    const down = linear(trace.input(layer, 'down', each(up, act)), tensors, `${block}.mlp.dense_4h_to_h`)
    const mlpOut = trace.pass(layer, 'hook_mlp_out', trace.pass(layer, 'mlp.hook_out', down))
    x = trace.pass(layer, 'hook_resid_post', add(mid, mlpOut))
  }
  const hidden = layerNorm(x, tensors, `${stem}final_layer_norm`, epsilon)
  const tied = config.tie_word_embeddings === true
  const head = tied ? `${stem}embed_in.weight` : firstOf(tensors, ['embed_out.weight', 'lm_head.weight'])
  return { hidden, logits: unembed(hidden, tensors, head) }
}
