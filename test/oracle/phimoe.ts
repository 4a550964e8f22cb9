/**
 * @file Phi-3.5-MoE (arXiv 2404.14219): x + attention(layer norm(x)), then x + experts(layer norm(x)); two experts by SparseMixer; longrope
 * whose cos and sin are multiplied by what the config states for short or long sequences.
 */
import { attend, rotate } from './attention.ts'
import { expertsOf } from './experts.ts'
import type { NaiveForward } from './naive-decoder.ts'
import { activation, embed, layerNorm, linear, type Rows } from './pieces.ts'
import { rope } from './rope.ts'
import { sequentialBlock } from './sequential-block.ts'
import { num, numOrNull, object } from './trace.ts'

export const forwardPhiMoe: NaiveForward = (config, tensors, ids, trace) => {
  const heads = num(config, 'num_attention_heads')
  const kvHeads = num(config, 'num_key_value_heads')
  const headSize = num(config, 'hidden_size') / heads
  const scaling = object(config, 'rope_scaling')
  const most = num(config, 'max_position_embeddings')
  const context = num(scaling ?? {}, 'original_max_position_embeddings', most)
  const plain = rope(headSize, num(config, 'rope_theta', 1e6), scaling, ids.length, context, most)
  const stated = num(scaling ?? {}, ids.length > context ? 'long_mscale' : 'short_mscale', 1)
  const angles = { ...plain, amplitude: scaling === null ? 1 : stated }
  const norm = (rows: Rows, name: string): Rows =>
    layerNorm(rows, tensors, name, num(config, 'rms_norm_eps', 1e-5))
  const act = activation(String(config.hidden_act ?? 'silu'))
  let x = trace.embed(embed(ids, tensors, 'model.embed_tokens.weight'))
  for (let layer = 0; layer < num(config, 'num_hidden_layers'); layer++) {
    const block = `model.layers.${layer}`
    const attention = (input: Rows): Rows => {
      const read = trace.input(layer, 'qkv', norm(input, `${block}.input_layernorm`))
      const part = (name: string): Rows => linear(read, tensors, `${block}.self_attn.${name}_proj`)
      const q = rotate(trace.pass(layer, 'attn.hook_q', part('q')), headSize, angles)
      const k = rotate(trace.pass(layer, 'attn.hook_k', part('k')), headSize, angles)
      const v = trace.pass(layer, 'attn.hook_v', part('v'))
      const window = numOrNull(config, 'sliding_window', null)
      const shape = { heads, kvHeads, headSize, scale: headSize ** -0.5, cap: null, window }
      const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attend(q, k, v, shape)))
      return trace.pass(layer, 'attn.hook_out', linear(z, tensors, `${block}.self_attn.o_proj`))
    }
    const mlp = (input: Rows): Rows => {
      const read = trace.routedInput(layer, norm(input, `${block}.post_attention_layernorm`))
      const experts = expertsOf(config, tensors, block, act)
      if (experts === null) throw new Error(`${block} has no experts`)
      return trace.pass(layer, 'mlp.hook_out', experts(trace, layer, read))
    }
    x = sequentialBlock(x, layer, trace, attention, mlp)
  }
  const hidden = norm(x, 'model.norm')
  return { hidden, logits: linear(hidden, tensors, 'lm_head') }
}
