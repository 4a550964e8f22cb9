/**
 * @file Falcon (arXiv 2311.16867): x + attention(n) + mlp(n), or one after the other in its first small models; n one layer norm, or two.
 * q, k and v in one matrix: [all queries, key, value] (7B), per group [its queries, its key, its value] (40B, 180B, Falcon 2), or per head.
 */
import { attend, rotate } from './attention.ts'
import type { NaiveForward } from './naive-decoder.ts'
import { activation, add, at, each, embed, layerNorm, linear, type Rows, unembed } from './pieces.ts'
import { rope } from './rope.ts'
import { num } from './trace.ts'

export const forwardFalcon: NaiveForward = (config, tensors, ids, trace) => {
  const d = num(config, 'hidden_size')
  const heads = num(config, 'num_attention_heads', num(config, 'n_head', 71))
  const layers = num(config, 'num_hidden_layers', num(config, 'n_layer', 32))
  const headSize = d / heads
  const isNew = config.new_decoder_architecture === true
  const isSequential = !isNew && config.parallel_attn === false
  const groups = isNew
    ? num(config, 'num_kv_heads', num(config, 'n_head_kv', heads))
    : config.multi_query === false
      ? heads
      : 1
  const most = num(config, 'max_position_embeddings', 2048)
  const angles = rope(headSize, num(config, 'rope_theta', 10_000), null, ids.length, most, most)
  const norm = (rows: Rows, name: string): Rows =>
    layerNorm(rows, tensors, name, num(config, 'layer_norm_epsilon', 1e-5))
  const act = activation('gelu')
  /** Heads `first` up to `end` of each group, side by side. */
  const pick = (rows: Rows, first: number, end: number): Rows =>
    rows.map((row) => {
      const group = heads / groups + 2
      const found: number[] = []
      for (let g = 0; g < groups; g++)
        for (let i = first; i < end; i++)
          for (let j = 0; j < headSize; j++) found.push(at(row, (g * group + i) * headSize + j))
      return Float64Array.from(found)
    })
  let x = trace.embed(embed(ids, tensors, 'transformer.word_embeddings.weight'))
  for (let layer = 0; layer < layers; layer++) {
    const block = `transformer.h.${layer}`
    const pre = trace.pass(layer, 'hook_resid_pre', x)
    const hasTwo = tensors.has(`${block}.ln_mlp.weight`)
    const read = trace.input(layer, 'qkv', norm(pre, `${block}.${hasTwo ? 'ln_attn' : 'input_layernorm'}`))
    const fused = linear(read, tensors, `${block}.self_attention.query_key_value`)
    const share = heads / groups
    const q = rotate(trace.pass(layer, 'attn.hook_q', pick(fused, 0, share)), headSize, angles)
    const k = rotate(trace.pass(layer, 'attn.hook_k', pick(fused, share, share + 1)), headSize, angles)
    const v = trace.pass(layer, 'attn.hook_v', pick(fused, share + 1, share + 2))
    const shape = { heads, kvHeads: groups, headSize, scale: headSize ** -0.5, cap: null, window: null }
    const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attend(q, k, v, shape)))
    const o = trace.pass(layer, 'attn.hook_out', linear(z, tensors, `${block}.self_attention.dense`))
    const sum = add(pre, trace.pass(layer, 'hook_attn_out', o))
    const mid = isSequential ? trace.pass(layer, 'hook_resid_mid', sum) : sum
    const normed = hasTwo ? norm(pre, `${block}.ln_mlp`) : read
    const input = trace.mlpInput(
      layer,
      isSequential ? norm(mid, `${block}.post_attention_layernorm`) : normed,
    )
    const inner = trace.input(layer, 'down', each(linear(input, tensors, `${block}.mlp.dense_h_to_4h`), act))
    const down = trace.pass(layer, 'mlp.hook_out', linear(inner, tensors, `${block}.mlp.dense_4h_to_h`))
    x = trace.pass(layer, 'hook_resid_post', add(mid, trace.pass(layer, 'hook_mlp_out', down)))
  }
  const hidden = norm(x, 'transformer.ln_f')
  const head = config.tie_word_embeddings === false ? 'lm_head.weight' : 'transformer.word_embeddings.weight'
  return { hidden, logits: unembed(hidden, tensors, head) }
}
