/** @file OLMo 1 (arXiv 2402.00838): Llama's block behind (x − mean) / √(variance + 1e-5), no gain and no bias anywhere. */
import { attend, rotate } from './attention.ts'
import type { NaiveForward } from './naive-decoder.ts'
import { activation, each, embed, linear, multiply, type Rows, unembed } from './pieces.ts'
import { rope } from './rope.ts'
import { sequentialBlock } from './sequential-block.ts'
import { num, object } from './trace.ts'

function standardized(rows: Rows): Rows {
  return rows.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length
    return row.map((value) => (value - mean) / Math.sqrt(variance + 1e-5))
  })
}

export const forwardOlmo: NaiveForward = (config, tensors, ids, trace) => {
  const heads = num(config, 'num_attention_heads')
  const kvHeads = num(config, 'num_key_value_heads', heads)
  const headSize = num(config, 'hidden_size') / heads
  const most = num(config, 'max_position_embeddings')
  const parameters = object(config, 'rope_parameters')
  const base = num(parameters ?? {}, 'rope_theta', num(config, 'rope_theta', 10000))
  const angles = rope(headSize, base, object(config, 'rope_scaling') ?? parameters, ids.length, most, most)
  const act = activation(String(config.hidden_act ?? 'silu'))
  const shape = { heads, kvHeads, headSize, scale: 1 / Math.sqrt(headSize), cap: null, window: null }
  let x = trace.embed(embed(ids, tensors, 'model.embed_tokens.weight'))
  for (let layer = 0; layer < num(config, 'num_hidden_layers'); layer++) {
    const block = `model.layers.${layer}`
    const attention = (input: Rows): Rows => {
      const read = trace.input(layer, 'qkv', standardized(input))
      const part = (name: string): Rows =>
        trace.pass(layer, `attn.hook_${name}`, linear(read, tensors, `${block}.self_attn.${name}_proj`))
      const [q, k, v] = [part('q'), part('k'), part('v')]
      const attended = attend(rotate(q, headSize, angles), rotate(k, headSize, angles), v, shape)
      const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attended))
      return trace.pass(layer, 'attn.hook_out', linear(z, tensors, `${block}.self_attn.o_proj`))
    }
    const mlp = (input: Rows): Rows => {
      const read = trace.mlpInput(layer, standardized(input))
      const gate = each(linear(read, tensors, `${block}.mlp.gate_proj`), act)
      const inner = trace.input(layer, 'down', multiply(gate, linear(read, tensors, `${block}.mlp.up_proj`)))
      return trace.pass(layer, 'mlp.hook_out', linear(inner, tensors, `${block}.mlp.down_proj`))
    }
    x = sequentialBlock(x, layer, trace, attention, mlp)
  }
  const hidden = standardized(x)
  const head = config.tie_word_embeddings === true ? 'model.embed_tokens.weight' : 'lm_head.weight'
  return { hidden, logits: unembed(hidden, tensors, head) }
}
