/**
 * @file gpt-oss (model card: arXiv 2508.10925): attention with a learned score per head that takes part in the softmax and has no value,
 * every other block within a window; experts stored together, [expert, in, out], gate and up alternating, both clamped at 7.
 */
import { attend, rotate } from './attention.ts'
import { routed, softmaxOfChosen } from './experts.ts'
import type { NaiveForward } from './naive-decoder.ts'
import {
  at,
  embed,
  linear,
  type Rows,
  rmsNorm,
  type Tensors,
  tensor,
  unembed,
  unitRmsNorm,
} from './pieces.ts'
import { rope } from './rope.ts'
import { sequentialBlock } from './sequential-block.ts'
import { num, object } from './trace.ts'

/** x · W + b with W [expert, in, out] and b [expert, out]. */
function expertLinear(rows: Rows, tensors: Tensors, name: string, expert: number): Rows {
  const { shape, data } = tensor(tensors, name)
  const bias = tensor(tensors, `${name}_bias`).data
  const [inputs, outputs] = [at(shape, 1), at(shape, 2)]
  return rows.map((row) =>
    Float64Array.from({ length: outputs }, (_, o) => {
      let sum = at(bias, expert * outputs + o)
      for (let i = 0; i < inputs; i++) sum += at(row, i) * at(data, (expert * inputs + i) * outputs + o)
      return sum
    }),
  )
}

function clampedUnits(both: Rows): Rows {
  return both.map((row) =>
    Float64Array.from({ length: row.length / 2 }, (_, unit) => {
      const gate = Math.min(at(row, 2 * unit), 7)
      const up = Math.max(-7, Math.min(at(row, 2 * unit + 1), 7))
      return (gate / (1 + Math.exp(-1.702 * gate))) * (up + 1)
    }),
  )
}

export const forwardGptOss: NaiveForward = (config, tensors, ids, trace) => {
  const [heads, kvHeads] = [num(config, 'num_attention_heads'), num(config, 'num_key_value_heads')]
  const [headSize, count] = [num(config, 'head_dim'), num(config, 'num_local_experts')]
  const epsilon = num(config, 'rms_norm_eps', 1e-5)
  const scaling = object(config, 'rope_scaling') ?? object(config, 'rope_parameters')
  if (scaling === null) throw new Error('the oracle needs a rope section')
  const base = num(scaling, 'rope_theta', num(config, 'rope_theta', 150_000))
  const context = num(scaling, 'original_max_position_embeddings')
  const most = num(config, 'max_position_embeddings')
  const angles = rope(headSize, base, scaling, ids.length, context, most)
  const types = config.layer_types
  let x = trace.embed(embed(ids, tensors, 'model.embed_tokens.weight'))
  for (let layer = 0; layer < num(config, 'num_hidden_layers'); layer++) {
    const block = `model.layers.${layer}`
    const slides = Array.isArray(types) ? types[layer] === 'sliding_attention' : layer % 2 === 0
    const attention = (input: Rows) => {
      const normed = rmsNorm(input, tensors, `${block}.input_layernorm`, epsilon, 0)
      const read = trace.input(layer, 'qkv', normed)
      const q = trace.pass(layer, 'attn.hook_q', linear(read, tensors, `${block}.self_attn.q_proj`))
      const k = trace.pass(layer, 'attn.hook_k', linear(read, tensors, `${block}.self_attn.k_proj`))
      const v = trace.pass(layer, 'attn.hook_v', linear(read, tensors, `${block}.self_attn.v_proj`))
      const attended = attend(rotate(q, headSize, angles), rotate(k, headSize, angles), v, {
        heads,
        kvHeads,
        headSize,
        scale: headSize ** -0.5,
        cap: null,
        window: slides ? num(config, 'sliding_window', 128) : null,
        sinks: tensor(tensors, `${block}.self_attn.sinks`).data,
      })
      const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attended))
      return trace.pass(layer, 'attn.hook_out', linear(z, tensors, `${block}.self_attn.o_proj`))
    }
    const mlp = (input: Rows) => {
      const normed = rmsNorm(input, tensors, `${block}.post_attention_layernorm`, epsilon, 0)
      const read = trace.routedInput(layer, normed, unitRmsNorm(input, epsilon))
      const out = routed(trace, layer, read, linear(read, tensors, `${block}.mlp.router`), {
        count,
        rule: softmaxOfChosen(num(config, 'num_experts_per_tok')),
        units: (expert, rows) =>
          clampedUnits(expertLinear(rows, tensors, `${block}.mlp.experts.gate_up_proj`, expert)),
        back: (expert, rows) => expertLinear(rows, tensors, `${block}.mlp.experts.down_proj`, expert),
      })
      return trace.pass(layer, 'mlp.hook_out', out)
    }
    x = sequentialBlock(x, layer, trace, attention, mlp)
  }
  const hidden = rmsNorm(x, tensors, 'model.norm', epsilon, 0)
  return { hidden, logits: unembed(hidden, tensors, 'lm_head.weight') }
}
