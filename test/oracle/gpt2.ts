/** @file GPT-2 (Radford et al. 2019): learned positions, layer norms before attention and MLP, weights stored [in, out]. */
import { attend } from './attention.ts'
import type { NaiveForward } from './naive-decoder.ts'
import { activation, add, conv1d, each, embed, layerNorm, type Rows, unembed } from './pieces.ts'
import { sequentialBlock } from './sequential-block.ts'
import { num } from './trace.ts'

/** Channels start..end of every row. */
function columns(rows: Rows, start: number, end: number): Rows {
  return rows.map((row) => row.slice(start, end))
}

export const forwardGpt2: NaiveForward = (config, tensors, ids, trace) => {
  const stem = tensors.has('transformer.wte.weight') ? 'transformer.' : ''
  const d = num(config, 'n_embd', 768)
  const heads = num(config, 'n_head', 12)
  const epsilon = num(config, 'layer_norm_epsilon', 1e-5)
  const act = activation(String(config.activation_function ?? 'gelu_new'))
  const positions = embed(
    ids.map((_, t) => t),
    tensors,
    `${stem}wpe.weight`,
  )
  let x = add(trace.embed(embed(ids, tensors, `${stem}wte.weight`)), positions)
  for (let layer = 0; layer < num(config, 'n_layer', 12); layer++) {
    const block = `${stem}h.${layer}`
    const byLayer = config.scale_attn_by_inverse_layer_idx === true ? layer + 1 : 1
    const scale = (config.scale_attn_weights === false ? 1 : 1 / Math.sqrt(d / heads)) / byLayer
    const attention = (input: Rows) => {
      const fused = conv1d(
        trace.input(layer, 'qkv', layerNorm(input, tensors, `${block}.ln_1`, epsilon)),
        tensors,
        `${block}.attn.c_attn`,
      )
      const shape = { heads, kvHeads: heads, headSize: d / heads, scale, cap: null, window: null }
      const attended = attend(
        trace.pass(layer, 'attn.hook_q', columns(fused, 0, d)),
        trace.pass(layer, 'attn.hook_k', columns(fused, d, 2 * d)),
        trace.pass(layer, 'attn.hook_v', columns(fused, 2 * d, 3 * d)),
        shape,
      )
      const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attended))
      return trace.pass(layer, 'attn.hook_out', conv1d(z, tensors, `${block}.attn.c_proj`))
    }
    const mlp = (input: Rows) => {
      const normed = trace.mlpInput(layer, layerNorm(input, tensors, `${block}.ln_2`, epsilon))
      const inner = trace.input(layer, 'down', each(conv1d(normed, tensors, `${block}.mlp.c_fc`), act))
      return trace.pass(layer, 'mlp.hook_out', conv1d(inner, tensors, `${block}.mlp.c_proj`))
    }
    x = sequentialBlock(x, layer, trace, attention, mlp)
  }
  const hidden = layerNorm(x, tensors, `${stem}ln_f`, epsilon)
  const head = config.tie_word_embeddings === false ? 'lm_head.weight' : `${stem}wte.weight`
  return { hidden, logits: unembed(hidden, tensors, head) }
}
