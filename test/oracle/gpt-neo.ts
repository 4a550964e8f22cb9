/** @file GPT-Neo (EleutherAI 2021): GPT-2 with separate [out, in] matrices, unscaled scores, local attention in some blocks. */
import type { JsonObject } from '../../src/models/config-reader.ts'
import { attend } from './attention.ts'
import type { NaiveForward } from './naive-decoder.ts'
import { activation, add, each, embed, layerNorm, linear, type Rows, unembed } from './pieces.ts'
import { sequentialBlock } from './sequential-block.ts'
import { num } from './trace.ts'

/** [[["global", "local"], 2]] → global, local, global, local. */
function attentionKinds(config: JsonObject): string[] {
  const kinds: string[] = []
  const types = Array.isArray(config.attention_types) ? config.attention_types : [[['global', 'local'], 12]]
  for (const entry of types) {
    const [names, times] = Array.isArray(entry) ? entry : []
    for (let i = 0; i < Number(times); i++) kinds.push(...(Array.isArray(names) ? names.map(String) : []))
  }
  return kinds
}

export const forwardGptNeo: NaiveForward = (config, tensors, ids, trace) => {
  const stem = tensors.has('transformer.wte.weight') ? 'transformer.' : ''
  const heads = num(config, 'num_heads', 16)
  const size = num(config, 'hidden_size', 2048) / heads
  const epsilon = num(config, 'layer_norm_epsilon', 1e-5)
  const act = activation(String(config.activation_function ?? 'gelu_new'))
  const kinds = attentionKinds(config)
  const positions = embed(
    ids.map((_, t) => t),
    tensors,
    `${stem}wpe.weight`,
  )
  let x = add(embed(ids, tensors, `${stem}wte.weight`), positions)
  for (let layer = 0; layer < num(config, 'num_layers', 24); layer++) {
    const block = `${stem}h.${layer}`
    const window = kinds[layer] === 'local' ? num(config, 'window_size', 256) : null
    const attention = (input: Rows) => {
      const normed = trace.input(layer, 'qkv', layerNorm(input, tensors, `${block}.ln_1`, epsilon))
      const project = (name: string): Rows => linear(normed, tensors, `${block}.attn.attention.${name}`)
      const attended = attend(project('q_proj'), project('k_proj'), project('v_proj'), {
        heads,
        kvHeads: heads,
        headSize: size,
        scale: 1,
        cap: null,
        window,
      })
      const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attended))
      return linear(z, tensors, `${block}.attn.attention.out_proj`)
    }
    const mlp = (input: Rows) => {
      const normed = trace.input(layer, 'up', layerNorm(input, tensors, `${block}.ln_2`, epsilon))
      const inner = trace.input(layer, 'down', each(linear(normed, tensors, `${block}.mlp.c_fc`), act))
      return linear(inner, tensors, `${block}.mlp.c_proj`)
    }
    x = sequentialBlock(x, layer, trace, attention, mlp)
  }
  const hidden = layerNorm(x, tensors, `${stem}ln_f`, epsilon)
  const head = config.tie_word_embeddings === false ? 'lm_head.weight' : `${stem}wte.weight`
  return { hidden, logits: unembed(hidden, tensors, head) }
}
