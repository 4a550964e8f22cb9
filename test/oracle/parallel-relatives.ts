/**
 * @file Decoders of Llama's matrices with other norms or side by side: StableLM (layer norms, x + attn(n) + mlp(n) or one after the
 * other), Phi-2 (the same with two matrices in the MLP), GLM-4 (RMS norms, pairs of neighbours in half of each head).
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
  rmsNorm,
  tensor,
  unembed,
  unitRmsNorm,
} from './pieces.ts'
import { rope } from './rope.ts'
import { sequentialBlock } from './sequential-block.ts'
import { num, object } from './trace.ts'

type Config = Parameters<NaiveForward>[0]

function headsOf(config: Config) {
  const heads = num(config, 'num_attention_heads')
  const isGlm = String(config.model_type).startsWith('glm')
  const size = num(config, 'head_dim', isGlm ? 128 : num(config, 'hidden_size') / heads)
  return { heads, kvHeads: num(config, 'num_key_value_heads', heads), headSize: size }
}

function anglesOf(config: Config, fraction: number, length: number) {
  const parameters = object(config, 'rope_parameters')
  const share = num(parameters ?? {}, 'partial_rotary_factor', num(config, 'partial_rotary_factor', fraction))
  const base = num(parameters ?? {}, 'rope_theta', num(config, 'rope_theta', 10000))
  const most = num(config, 'max_position_embeddings')
  const size = Math.floor(share * headsOf(config).headSize)
  return rope(size, base, object(config, 'rope_scaling') ?? parameters, length, most, most)
}

export const forwardStableLm: NaiveForward = (config, tensors, ids, trace) => {
  const shape = { ...headsOf(config), cap: null, window: null }
  const scale = 1 / Math.sqrt(shape.headSize)
  const angles = anglesOf(config, 0.25, ids.length)
  const isPhi = config.model_type === 'phi'
  const turns = isPhi ? anglesOf(config, 0.5, ids.length) : angles
  const parallel = isPhi || config.use_parallel_residual === true
  const act = activation(String(config.hidden_act ?? (isPhi ? 'gelu_new' : 'silu')))
  const norm = (rows: Rows, name: string): Rows =>
    layerNorm(rows, tensors, name, num(config, 'layer_norm_eps', 1e-5))
  let x = trace.embed(embed(ids, tensors, 'model.embed_tokens.weight'))
  for (let layer = 0; layer < num(config, 'num_hidden_layers'); layer++) {
    const block = `model.layers.${layer}`
    const pre = trace.pass(layer, 'hook_resid_pre', x)
    const normed = norm(pre, `${block}.input_layernorm`)
    const read = trace.input(layer, 'qkv', normed)
    const part = (name: string): Rows => linear(read, tensors, `${block}.self_attn.${name}_proj`)
    const q = rotate(trace.pass(layer, 'attn.hook_q', part('q')), shape.headSize, turns)
    const k = rotate(trace.pass(layer, 'attn.hook_k', part('k')), shape.headSize, turns)
    const v = trace.pass(layer, 'attn.hook_v', part('v'))
    const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attend(q, k, v, { ...shape, scale })))
    const o = linear(z, tensors, `${block}.self_attn.${isPhi ? 'dense' : 'o_proj'}`)
    const attended = trace.pass(layer, 'hook_attn_out', trace.pass(layer, 'attn.hook_out', o))
    const sum = add(pre, attended)
    const mid = parallel ? sum : trace.pass(layer, 'hook_resid_mid', sum)
    const input = trace.mlpInput(layer, parallel ? normed : norm(mid, `${block}.post_attention_layernorm`))
    const inner = isPhi
      ? each(linear(input, tensors, `${block}.mlp.fc1`), act)
      : multiply(
          each(linear(input, tensors, `${block}.mlp.gate_proj`), act),
          linear(input, tensors, `${block}.mlp.up_proj`),
        )
    const down = linear(
      trace.input(layer, 'down', inner),
      tensors,
      `${block}.mlp.${isPhi ? 'fc2' : 'down_proj'}`,
    )
    const out = trace.pass(layer, 'hook_mlp_out', trace.pass(layer, 'mlp.hook_out', down))
    x = trace.pass(layer, 'hook_resid_post', add(mid, out))
  }
  const hidden = norm(x, isPhi ? 'model.final_layernorm' : 'model.norm')
  // Phi-2 alone has a bias there.
  if (isPhi) return { hidden, logits: linear(hidden, tensors, 'lm_head') }
  const head = config.tie_word_embeddings === true ? 'model.embed_tokens.weight' : 'lm_head.weight'
  return { hidden, logits: unembed(hidden, tensors, head) }
}

export const forwardGlm: NaiveForward = (config, tensors, ids, trace) => {
  const { heads, kvHeads, headSize } = headsOf(config)
  const shape = { heads, kvHeads, headSize, scale: 1 / Math.sqrt(headSize), cap: null, window: null }
  const angles = anglesOf(config, 0.5, ids.length)
  const epsilon = num(config, 'rms_norm_eps', 1.5625e-7)
  const act = activation(String(config.hidden_act ?? 'silu'))
  const norm = (rows: Rows, name: string): Rows => rmsNorm(rows, tensors, name, epsilon, 0)
  const behind = (rows: Rows, name: string): Rows => (config.model_type === 'glm4' ? norm(rows, name) : rows)
  let x = trace.embed(embed(ids, tensors, 'model.embed_tokens.weight'))
  for (let layer = 0; layer < num(config, 'num_hidden_layers'); layer++) {
    const block = `model.layers.${layer}`
    const attention = (input: Rows): Rows => {
      const read = trace.input(layer, 'qkv', norm(input, `${block}.input_layernorm`))
      const part = (name: string): Rows => linear(read, tensors, `${block}.self_attn.${name}_proj`)
      const q = rotate(trace.pass(layer, 'attn.hook_q', part('q')), headSize, angles, true)
      const k = rotate(trace.pass(layer, 'attn.hook_k', part('k')), headSize, angles, true)
      const v = trace.pass(layer, 'attn.hook_v', part('v'))
      const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attend(q, k, v, shape)))
      const out = trace.pass(layer, 'attn.hook_out', linear(z, tensors, `${block}.self_attn.o_proj`))
      return behind(out, `${block}.post_self_attn_layernorm`)
    }
    const mlp = (input: Rows): Rows => {
      const normed = norm(input, `${block}.post_attention_layernorm`)
      const read = trace.mlpInput(layer, normed, unitRmsNorm(input, epsilon))
      const width = at(tensor(tensors, `${block}.mlp.down_proj.weight`).shape, 1)
      const gate = linear(read, tensors, `${block}.mlp.gate_up_proj`, 0, width)
      const up = linear(read, tensors, `${block}.mlp.gate_up_proj`, width, 2 * width)
      const inner = trace.input(layer, 'down', multiply(each(gate, act), up))
      const out = trace.pass(layer, 'mlp.hook_out', linear(inner, tensors, `${block}.mlp.down_proj`))
      return behind(out, `${block}.post_mlp_layernorm`)
    }
    x = sequentialBlock(x, layer, trace, attention, mlp)
  }
  const hidden = norm(x, 'model.norm')
  const head = config.tie_word_embeddings === true ? 'model.embed_tokens.weight' : 'lm_head.weight'
  return { hidden, logits: unembed(hidden, tensors, head) }
}
