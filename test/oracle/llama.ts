/**
 * @file Llama (arXiv 2302.13971, 2407.21783) and the models that differ from it in a line or two.
 *
 * Mistral (2310.06825): every block slides. Qwen2 (2407.10671): biases on q, k, v; the upper blocks may slide. Qwen3
 * (2505.09388): RMS norm on each head of q and k. Granite: four constant factors, `granite`. Phi-3 (2404.14219): fused matrices, partial rotary, longrope.
 */
import type { JsonObject } from '../../src/models/config-reader.ts'
import { attend, type Rope, rotate } from './attention.ts'
import { expertsOf } from './experts.ts'
import type { NaiveForward } from './naive-decoder.ts'
import {
  activation,
  at,
  each,
  embed,
  headRmsNorm,
  linear,
  multiply,
  type Rows,
  rmsNorm,
  type Tensors,
  tensor,
  unembed,
  unitRmsNorm,
} from './pieces.ts'
import { rope } from './rope.ts'
import { sequentialBlock } from './sequential-block.ts'
import { num, numOrNull, object } from './trace.ts'

const DEFAULT_EPSILON: Readonly<Record<string, number>> = { phi3: 1e-5, mixtral: 1e-5, ministral3: 1e-5 }
const DEFAULT_BASE: Readonly<Record<string, number>> = { smollm3: 2e6, mixtral: 1e6 }

function headSizeOf(config: JsonObject): number {
  const divided = num(config, 'hidden_size') / num(config, 'num_attention_heads')
  return num(config, 'head_dim', config.model_type === 'qwen3' ? 128 : divided)
}

function windowOf(config: JsonObject, layer: number): number | null {
  if (config.model_type === 'mistral') return numOrNull(config, 'sliding_window', 4096)
  if (config.model_type === 'mixtral' || config.model_type === 'ministral3')
    return numOrNull(config, 'sliding_window', null)
  if (config.model_type === 'qwen3_moe' && config.use_sliding_window === true)
    return numOrNull(config, 'sliding_window', 4096)
  if (config.model_type === 'phi3') return numOrNull(config, 'sliding_window', null)
  if (config.model_type === 'llama' || config.use_sliding_window !== true) return null
  if (config.model_type === 'smollm3')
    return isRotated(config, layer) ? null : numOrNull(config, 'sliding_window', null)
  const types = config.layer_types
  const slides = Array.isArray(types)
    ? types[layer] === 'sliding_attention'
    : layer >= num(config, 'max_window_layers', 28)
  return slides ? numOrNull(config, 'sliding_window', 4096) : null
}

/** SmolLM3 rotates in blocks that its list has a 1 for, else in all but every fourth. */
function isRotated(config: JsonObject, layer: number): boolean {
  if (config.model_type !== 'smollm3') return true
  const listed = config.no_rope_layers
  return Array.isArray(listed) ? listed[layer] === 1 : layer % 4 !== 3
}

function ropeOf(config: JsonObject, length: number): Rope {
  const parameters = object(config, 'rope_parameters')
  const scaling = object(config, 'rope_scaling') ?? parameters
  const fraction = num(parameters ?? {}, 'partial_rotary_factor', num(config, 'partial_rotary_factor', 1))
  const most = num(config, 'max_position_embeddings', 4096)
  const inSection = num(scaling ?? {}, 'original_max_position_embeddings', most)
  const context = num(
    config,
    'original_max_position_embeddings',
    config.model_type === 'phi3' ? 4096 : inSection,
  )
  const base = num(
    parameters ?? {},
    'rope_theta',
    num(config, 'rope_theta', DEFAULT_BASE[String(config.model_type)] ?? 10000),
  )
  return rope(Math.floor(fraction * headSizeOf(config)), base, scaling, length, context, most)
}

/** Ministral 3: each query by 1 + β ln(1 + ⌊position / original length⌋). */
function grow(rows: Rows, config: JsonObject): Rows {
  const section = object(config, 'rope_parameters') ?? {}
  const beta = config.model_type === 'ministral3' ? num(section, 'llama_4_scaling_beta', 0) : 0
  if (beta === 0) return rows
  const every = num(section, 'original_max_position_embeddings')
  return rows.map((row, t) => row.map((value) => value * (1 + beta * Math.log(1 + Math.floor(t / every)))))
}

/** q, k, v from separate matrices, or from Phi-3's one: all queries, all keys, all values. */
function project(
  x: Rows,
  tensors: Tensors,
  attention: string,
  queries: number,
  keys: number,
): [Rows, Rows, Rows] {
  if (!tensors.has(`${attention}.qkv_proj.weight`)) {
    return [
      linear(x, tensors, `${attention}.q_proj`),
      linear(x, tensors, `${attention}.k_proj`),
      linear(x, tensors, `${attention}.v_proj`),
    ]
  }
  const fused = `${attention}.qkv_proj`
  return [
    linear(x, tensors, fused, 0, queries),
    linear(x, tensors, fused, queries, queries + keys),
    linear(x, tensors, fused, queries + keys, queries + 2 * keys),
  ]
}

/** What the second matrix of the MLP reads. */
function hiddenUnits(x: Rows, tensors: Tensors, mlp: string, act: (value: number) => number): Rows {
  const fused = tensors.has(`${mlp}.gate_up_proj.weight`)
  const width = at(tensor(tensors, `${mlp}.down_proj.weight`).shape, 1)
  const gate = fused
    ? linear(x, tensors, `${mlp}.gate_up_proj`, 0, width)
    : linear(x, tensors, `${mlp}.gate_proj`)
  const up = fused
    ? linear(x, tensors, `${mlp}.gate_up_proj`, width, 2 * width)
    : linear(x, tensors, `${mlp}.up_proj`)
  return multiply(each(gate, act), up)
}

export const forwardLlama: NaiveForward = (config, tensors, ids, trace) => {
  const stem = tensors.has('model.embed_tokens.weight') ? 'model.' : ''
  const heads = num(config, 'num_attention_heads')
  const kvHeads = num(config, 'num_key_value_heads', heads)
  const size = headSizeOf(config)
  const epsilon = num(config, 'rms_norm_eps', DEFAULT_EPSILON[String(config.model_type)] ?? 1e-6)
  const act = activation(String(config.hidden_act ?? 'silu'))
  const angles = ropeOf(config, ids.length)
  const isGranite = String(config.model_type).startsWith('granite')
  const granite = (key: string): number => (isGranite ? num(config, key, 1) : 1)
  const grown = granite('residual_multiplier')
  let x = trace.embed(embed(ids, tensors, `${stem}embed_tokens.weight`, granite('embedding_multiplier')))
  for (let layer = 0; layer < num(config, 'num_hidden_layers'); layer++) {
    const block = `${stem}layers.${layer}`
    const attention = (input: Rows) => {
      const normed = trace.input(
        layer,
        'qkv',
        rmsNorm(input, tensors, `${block}.input_layernorm`, epsilon, 0),
      )
      const [queries, keys, values] = project(
        normed,
        tensors,
        `${block}.self_attn`,
        heads * size,
        kvHeads * size,
      )
      let q = trace.pass(layer, 'attn.hook_q', queries)
      let k = trace.pass(layer, 'attn.hook_k', keys)
      const v = trace.pass(layer, 'attn.hook_v', values)
      if (config.model_type === 'qwen3' || config.model_type === 'qwen3_moe') {
        q = headRmsNorm(q, tensors, `${block}.self_attn.q_norm`, epsilon, 0)
        k = headRmsNorm(k, tensors, `${block}.self_attn.k_norm`, epsilon, 0)
      }
      const turn = (rows: Rows): Rows => (isRotated(config, layer) ? rotate(rows, size, angles) : rows)
      const shape = {
        heads,
        kvHeads,
        headSize: size,
        scale: isGranite ? granite('attention_multiplier') : 1 / Math.sqrt(size),
        cap: null,
        window: windowOf(config, layer),
      }
      const attended = attend(grow(turn(q), config), turn(k), v, shape)
      const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attended))
      const out = trace.pass(layer, 'attn.hook_out', linear(z, tensors, `${block}.self_attn.o_proj`))
      return each(out, (value) => value * grown)
    }
    const mlp = (input: Rows) => {
      const normed = rmsNorm(input, tensors, `${block}.post_attention_layernorm`, epsilon, 0)
      const experts = expertsOf(config, tensors, block, act)
      if (experts !== null) {
        const given = experts(trace, layer, trace.routedInput(layer, normed, unitRmsNorm(input, epsilon)))
        return each(trace.pass(layer, 'mlp.hook_out', given), (value) => value * grown)
      }
      const read = trace.mlpInput(layer, normed, unitRmsNorm(input, epsilon))
      const units = hiddenUnits(read, tensors, `${block}.mlp`, act)
      const out = linear(trace.input(layer, 'down', units), tensors, `${block}.mlp.down_proj`)
      return each(trace.pass(layer, 'mlp.hook_out', out), (value) => value * grown)
    }
    x = sequentialBlock(x, layer, trace, attention, mlp)
  }
  const hidden = rmsNorm(x, tensors, `${stem}norm`, epsilon, 0)
  const isTied = config.tie_word_embeddings ?? config.model_type === 'smollm3'
  const head = isTied === true ? `${stem}embed_tokens.weight` : 'lm_head.weight'
  const logits = each(unembed(hidden, tensors, head), (logit) => logit / granite('logits_scaling'))
  return { hidden, logits }
}

/** A text model inside an image model, under either of two stems; of `kind`, unless its own config names one that is run here. */
export const forwardInside =
  (kind: string): NaiveForward =>
  (config, tensors, ids, trace) => {
    const text = object(config, 'text_config') ?? config
    const plain = (name: string): string =>
      name
        .replace(/^(language_model\.model|model\.language_model)\./, 'model.')
        .replace(/^language_model\.lm_head\./, 'lm_head.')
    const alone = new Map([...tensors].map(([name, stored]) => [plain(name), stored]))
    const own = text.model_type === 'ministral3' ? 'ministral3' : kind
    const tied = text.tie_word_embeddings ?? config.tie_word_embeddings ?? false
    // A token of text has one position for time, height and width.
    const scaling = object(text, 'rope_scaling')
    const isImage = scaling !== null && 'mrope_section' in scaling
    const section = object(text, 'rope_parameters')
    const rope = {
      ...(isImage ? { rope_scaling: null } : {}),
      ...(section !== null && 'mrope_section' in section
        ? { rope_parameters: { rope_theta: section.rope_theta ?? null } }
        : {}),
    }
    return forwardLlama({ ...text, ...rope, tie_word_embeddings: tied, model_type: own }, alone, ids, trace)
  }
