/** @file OLMo 2 (arXiv 2501.00656) and 3, whose sliding blocks know no scaling: norms only after attention and MLP, RMS norm over all of q and all of k. */
import { attend, rotate } from './attention.ts'
import type { NaiveForward } from './naive-decoder.ts'
import { activation, each, embed, linear, multiply, type Rows, rmsNorm, unembed } from './pieces.ts'
import { rope } from './rope.ts'
import { sequentialBlock } from './sequential-block.ts'
import { num, object } from './trace.ts'

export const forwardOlmo2: NaiveForward = (config, tensors, ids, trace) => {
  const stem = tensors.has('model.embed_tokens.weight') ? 'model.' : ''
  const heads = num(config, 'num_attention_heads')
  const kvHeads = num(config, 'num_key_value_heads', heads)
  const size = num(config, 'head_dim', num(config, 'hidden_size') / heads)
  const most = num(config, 'max_position_embeddings', 2048)
  const sections = object(config, 'rope_parameters')
  const ofSliding = object(sections ?? {}, 'sliding_attention')
  const parameters = object(sections ?? {}, 'full_attention') ?? sections
  const base = num(parameters ?? {}, 'rope_theta', num(config, 'rope_theta', 10000))
  const scaling = object(config, 'rope_scaling') ?? parameters
  const context = num(scaling ?? {}, 'original_max_position_embeddings', most)
  const angles = rope(size, base, scaling, ids.length, context, most)
  const plain = rope(size, num(ofSliding ?? {}, 'rope_theta', base), null, ids.length, most, most)
  const slides = (layer: number): boolean => {
    if (config.model_type !== 'olmo3') return false
    const types = config.layer_types
    return Array.isArray(types) ? types[layer] === 'sliding_attention' : layer % 4 !== 3
  }
  const act = activation(String(config.hidden_act ?? 'silu'))
  const norm = (rows: Rows, name: string): Rows =>
    rmsNorm(rows, tensors, name, num(config, 'rms_norm_eps', 1e-5), 0)
  let x = embed(ids, tensors, `${stem}embed_tokens.weight`)
  for (let layer = 0; layer < num(config, 'num_hidden_layers'); layer++) {
    const block = `${stem}layers.${layer}`
    const attention = (read: Rows) => {
      const input = trace.input(layer, 'qkv', read)
      const q = norm(linear(input, tensors, `${block}.self_attn.q_proj`), `${block}.self_attn.q_norm`)
      const k = norm(linear(input, tensors, `${block}.self_attn.k_proj`), `${block}.self_attn.k_norm`)
      const v = linear(input, tensors, `${block}.self_attn.v_proj`)
      const window = slides(layer) ? num(config, 'sliding_window', 4096) : null
      const turned = slides(layer) ? plain : angles
      const shape = { heads, kvHeads, headSize: size, scale: 1 / Math.sqrt(size), cap: null, window }
      const attended = attend(rotate(q, size, turned), rotate(k, size, turned), v, shape)
      const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attended))
      return norm(linear(z, tensors, `${block}.self_attn.o_proj`), `${block}.post_attention_layernorm`)
    }
    const mlp = (read: Rows) => {
      const input = trace.input(layer, 'up', trace.pass(layer, 'mlp.hook_in', read))
      const gate = each(linear(input, tensors, `${block}.mlp.gate_proj`), act)
      const up = linear(input, tensors, `${block}.mlp.up_proj`)
      const inner = trace.input(layer, 'down', multiply(gate, up))
      const out = trace.pass(layer, 'mlp.hook_out', linear(inner, tensors, `${block}.mlp.down_proj`))
      return norm(out, `${block}.post_feedforward_layernorm`)
    }
    x = sequentialBlock(x, layer, trace, attention, mlp)
  }
  const hidden = norm(x, `${stem}norm`)
  const head = config.tie_word_embeddings === true ? `${stem}embed_tokens.weight` : 'lm_head.weight'
  return { hidden, logits: unembed(hidden, tensors, head) }
}
