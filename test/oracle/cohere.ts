/**
 * @file Cohere and Cohere 2: x + attn(n) + mlp(n) with n a layer norm without bias; logits times logit_scale. Rotation of (2i, 2i + 1): of
 * Cohere in all blocks, of Cohere 2 in those that see a window, but for every fourth. Command R+ has each head of q and k less its mean, by
 * its deviation and by a gain of its own.
 */
import { attend, rotate } from './attention.ts'
import type { NaiveForward } from './naive-decoder.ts'
import {
  activation,
  add,
  at,
  each,
  embed,
  layerNorm,
  linear,
  multiply,
  type Rows,
  type Tensors,
  tensor,
  unembed,
} from './pieces.ts'
import { rope } from './rope.ts'
import { num, object } from './trace.ts'

/** Each head's layer norm, by gains [head][dimension]. */
function headLayerNorm(rows: Rows, tensors: Tensors, name: string, epsilon: number): Rows {
  const { shape, data } = tensor(tensors, `${name}.weight`)
  const size = at(shape, 1)
  return rows.map((row) =>
    row.map((value, i) => {
      const head = row.subarray(i - (i % size), i - (i % size) + size)
      const mean = head.reduce((sum, x) => sum + x, 0) / size
      const variance = head.reduce((sum, x) => sum + (x - mean) ** 2, 0) / size
      return ((value - mean) / Math.sqrt(variance + epsilon)) * at(data, i)
    }),
  )
}

export const forwardCohere: NaiveForward = (config, tensors, ids, trace) => {
  const heads = num(config, 'num_attention_heads')
  const kvHeads = num(config, 'num_key_value_heads', heads)
  const headSize = num(config, 'head_dim', num(config, 'hidden_size') / heads)
  const most = num(config, 'max_position_embeddings')
  const parameters = object(config, 'rope_parameters')
  const base = num(parameters ?? {}, 'rope_theta', num(config, 'rope_theta', 10000))
  const scaling = object(config, 'rope_scaling') ?? parameters
  const context = num(scaling ?? {}, 'original_max_position_embeddings', most)
  const angles = rope(headSize, base, scaling, ids.length, context, most)
  const pattern = num(config, '_sliding_window_pattern', num(config, 'sliding_window_pattern', 4))
  const types = config.layer_types
  const isFirst = config.model_type === 'cohere'
  const isLocal = (layer: number): boolean =>
    Array.isArray(types) ? types[layer] === 'sliding_attention' : layer % pattern !== pattern - 1
  const act = activation(String(config.hidden_act ?? 'silu'))
  const norm = (rows: Rows, name: string): Rows =>
    layerNorm(rows, tensors, name, num(config, 'layer_norm_eps', 1e-5))
  let x = trace.embed(embed(ids, tensors, 'model.embed_tokens.weight'))
  for (let layer = 0; layer < num(config, 'num_hidden_layers'); layer++) {
    const block = `model.layers.${layer}`
    const pre = trace.pass(layer, 'hook_resid_pre', x)
    const normed = norm(pre, `${block}.input_layernorm`)
    const read = trace.input(layer, 'qkv', normed)
    const part = (name: string): Rows =>
      trace.pass(layer, `attn.hook_${name}`, linear(read, tensors, `${block}.self_attn.${name}_proj`))
    const epsilon = num(config, 'layer_norm_eps', 1e-5)
    const inHeads = (rows: Rows, name: string): Rows =>
      config.use_qk_norm === true
        ? headLayerNorm(rows, tensors, `${block}.self_attn.${name}_norm`, epsilon)
        : rows
    const [q, k, v] = [inHeads(part('q'), 'q'), inHeads(part('k'), 'k'), part('v')]
    const turn = (rows: Rows): Rows =>
      isFirst || isLocal(layer) ? rotate(rows, headSize, angles, true) : rows
    const window = !isFirst && isLocal(layer) ? num(config, 'sliding_window', 4096) : null
    const shape = { heads, kvHeads, headSize, scale: 1 / Math.sqrt(headSize), cap: null, window }
    const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attend(turn(q), turn(k), v, shape)))
    const o = trace.pass(layer, 'attn.hook_out', linear(z, tensors, `${block}.self_attn.o_proj`))
    const attended = trace.pass(layer, 'hook_attn_out', o)
    const input = trace.mlpInput(layer, normed)
    const gate = each(linear(input, tensors, `${block}.mlp.gate_proj`), act)
    const inner = trace.input(layer, 'down', multiply(gate, linear(input, tensors, `${block}.mlp.up_proj`)))
    const down = trace.pass(layer, 'mlp.hook_out', linear(inner, tensors, `${block}.mlp.down_proj`))
    const out = trace.pass(layer, 'hook_mlp_out', down)
    x = trace.pass(layer, 'hook_resid_post', add(add(pre, attended), out))
  }
  const hidden = norm(x, 'model.norm')
  const head = config.tie_word_embeddings === false ? 'lm_head.weight' : 'model.embed_tokens.weight'
  const scale = num(config, 'logit_scale', 1 / 16)
  return { hidden, logits: each(unembed(hidden, tensors, head), (logit) => logit * scale) }
}
