/**
 * @file Gemma 1 (arXiv 2403.08295), 2 (2408.00118) and 3 (2503.19786), as in transformers' modeling files.
 *
 * All: embedding · √d, RMS norm with gain 1 + w, gated tanh-GELU. 2: norms after attention and MLP too, soft caps, even
 * blocks slide. 3: norms on q and k, five sliding blocks to one global, sliding ones with their own rope base.
 */
import type { JsonObject } from '../../src/models/config-reader.ts'
import { attend, type Rope, rotate } from './attention.ts'
import type { NaiveForward } from './naive-decoder.ts'
import {
  activation,
  each,
  embed,
  headRmsNorm,
  linear,
  multiply,
  type Rows,
  rmsNorm,
  softcap,
  type Tensors,
  unembed,
  unitRmsNorm,
} from './pieces.ts'
import { rope } from './rope.ts'
import { sequentialBlock } from './sequential-block.ts'
import { firstOf, num, numOrNull, object } from './trace.ts'

interface GemmaLayer {
  readonly rope: Rope
  readonly window: number | null
}

/** gemma, gemma2 or gemma3, by what each layer does. */
function gemmaLayer(config: JsonObject, generation: number, layer: number, length: number): GemmaLayer {
  const size = num(config, 'head_dim', 256)
  const most = num(config, 'max_position_embeddings', 8192)
  const types = config.layer_types
  const pattern = num(config, 'sliding_window_pattern', 6)
  const rule = generation === 2 ? layer % 2 === 0 : generation === 3 && (layer + 1) % pattern !== 0
  const slides = Array.isArray(types) ? types[layer] === 'sliding_attention' : rule
  const window = slides ? num(config, 'sliding_window', 4096) : null
  const parameters = object(config, 'rope_parameters')
  if (generation === 3) {
    const section = parameters ? object(parameters, slides ? 'sliding_attention' : 'full_attention') : null
    const localBase = num(config, 'rope_local_base_freq', 10000)
    const base = num(section ?? {}, 'rope_theta', slides ? localBase : num(config, 'rope_theta', 1e6))
    const scaling = slides ? section : (object(config, 'rope_scaling') ?? section)
    return { window, rope: rope(size, base, scaling, length, most, most) }
  }
  const base = num(parameters ?? {}, 'rope_theta', num(config, 'rope_theta', 10000))
  const scaling = object(config, 'rope_scaling') ?? parameters
  return { window, rope: rope(size, base, scaling, length, most, most) }
}

/** q and k after their norms, if the model has them; v. */
function gemmaQkv(x: Rows, tensors: Tensors, block: string, epsilon: number): [Rows, Rows, Rows] {
  const q = linear(x, tensors, `${block}.self_attn.q_proj`)
  const k = linear(x, tensors, `${block}.self_attn.k_proj`)
  const v = linear(x, tensors, `${block}.self_attn.v_proj`)
  if (!tensors.has(`${block}.self_attn.q_norm.weight`)) return [q, k, v]
  return [
    headRmsNorm(q, tensors, `${block}.self_attn.q_norm`, epsilon, 1),
    headRmsNorm(k, tensors, `${block}.self_attn.k_norm`, epsilon, 1),
    v,
  ]
}

export const forwardGemma: NaiveForward = (outer, tensors, ids, trace) => {
  const config = object(outer, 'text_config') ?? outer
  const generation = { gemma: 1, gemma2: 2 }[String(outer.model_type)] ?? 3
  const table = firstOf(
    tensors,
    ['model.', '', 'language_model.model.', 'model.language_model.'].map(
      (stem) => `${stem}embed_tokens.weight`,
    ),
  )
  const stem = table.slice(0, -'embed_tokens.weight'.length)
  const [heads, kvHeads] = [num(config, 'num_attention_heads', 8), num(config, 'num_key_value_heads', 4)]
  const size = num(config, 'head_dim', 256)
  const epsilon = num(config, 'rms_norm_eps', 1e-6)
  const scale = 1 / Math.sqrt(generation === 1 ? size : num(config, 'query_pre_attn_scalar', 256))
  const cap = generation === 2 ? numOrNull(config, 'attn_logit_softcapping', 50) : null
  const logitCap =
    generation === 1 ? null : numOrNull(config, 'final_logit_softcapping', generation === 2 ? 30 : null)
  // Gemma 1's first configs say "gelu" and mean the tanh form.
  const act = activation(
    generation === 1 ? 'gelu_pytorch_tanh' : String(config.hidden_activation ?? 'gelu_pytorch_tanh'),
  )
  const norm = (rows: Rows, name: string): Rows => rmsNorm(rows, tensors, name, epsilon, 1)
  let x = trace.embed(embed(ids, tensors, table, Math.sqrt(num(config, 'hidden_size', 2304))))
  for (let layer = 0; layer < num(config, 'num_hidden_layers', 26); layer++) {
    const block = `${stem}layers.${layer}`
    const here = gemmaLayer(config, generation, layer, ids.length)
    const attention = (input: Rows) => {
      const read = trace.input(layer, 'qkv', norm(input, `${block}.input_layernorm`))
      const [q, k, v] = gemmaQkv(read, tensors, block, epsilon)
      const shape = { heads, kvHeads, headSize: size, scale, cap, window: here.window }
      const attended = attend(rotate(q, size, here.rope), rotate(k, size, here.rope), v, shape)
      const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attended))
      const out = trace.pass(layer, 'attn.hook_out', linear(z, tensors, `${block}.self_attn.o_proj`))
      return generation === 1 ? out : norm(out, `${block}.post_attention_layernorm`)
    }
    const mlp = (input: Rows) => {
      const normName = generation === 1 ? 'post_attention' : 'pre_feedforward'
      const normedWithGain = norm(input, `${block}.${normName}_layernorm`)
      const normed = trace.mlpInput(layer, normedWithGain, unitRmsNorm(input, epsilon))
      const gate = each(linear(normed, tensors, `${block}.mlp.gate_proj`), act)
      const up = linear(normed, tensors, `${block}.mlp.up_proj`)
      const inner = trace.input(layer, 'down', multiply(gate, up))
      const out = trace.pass(layer, 'mlp.hook_out', linear(inner, tensors, `${block}.mlp.down_proj`))
      return generation === 1 ? out : norm(out, `${block}.post_feedforward_layernorm`)
    }
    x = sequentialBlock(x, layer, trace, attention, mlp)
  }
  const hidden = norm(x, `${stem}norm`)
  const untied = (config.tie_word_embeddings ?? outer.tie_word_embeddings) === false
  const head = untied ? firstOf(tensors, ['lm_head.weight', 'language_model.lm_head.weight']) : table
  return { hidden, logits: each(unembed(hidden, tensors, head), (logit) => softcap(logit, logitCap)) }
}
