/**
 * @file Gemma 4, as in transformers' modeling_gemma4.py, one token and one head at a time. Norms are by their gain as it is stored; scores have no
 * factor; a block's own embedding of a token passes a gate behind the MLP.
 */
import type { JsonObject } from '../../src/models/config-reader.ts'
import { attend, type Rope, rotate } from './attention.ts'
import { chosenOfSoftmax, expertsApart, routed } from './experts.ts'
import type { NaiveForward } from './naive-decoder.ts'
import {
  activation,
  add,
  at,
  each,
  embed,
  headRmsNorm,
  linear,
  multiply,
  type Rows,
  rmsNorm,
  softcap,
  type Tensors,
  tensor,
  unembed,
  unitRmsNorm,
} from './pieces.ts'
import { num, numOrNull, object, type Trace } from './trace.ts'

const gelu = activation('gelu_pytorch_tanh')
const times = (rows: Rows, factor: number): Rows => each(rows, (value) => factor * value)

/** Each slice of `size` of a row by its root mean square. */
export function unitHeads(rows: Rows, size: number, epsilon: number): Rows {
  return rows.map((row) => {
    const slices = Array.from({ length: row.length / size }, (_, h) => row.slice(h * size, (h + 1) * size))
    return Float64Array.from(unitRmsNorm(slices, epsilon).flatMap((slice) => [...slice]))
  })
}

/** The vectors of all blocks for each token: [position][block · size]. */
export function tokenVectors(
  config: JsonObject,
  tensors: Tensors,
  ids: readonly number[],
  embedded: Rows,
  stem: string,
): Rows {
  const size = num(config, 'hidden_size_per_layer_input', 256)
  const table = `${stem}embed_tokens_per_layer.weight`
  const known = at(tensor(tensors, table).shape, 0)
  const own = embed(
    ids.map((id) => (id < known ? id : 0)),
    tensors,
    table,
    Math.sqrt(size),
  )
  const d = num(config, 'hidden_size')
  const projected = times(linear(embedded, tensors, `${stem}per_layer_model_projection`), 1 / Math.sqrt(d))
  const epsilon = num(config, 'rms_norm_eps', 1e-6)
  const normed = headRmsNorm(projected, tensors, `${stem}per_layer_projection_norm`, epsilon, 0)
  return times(add(own, normed), 1 / Math.sqrt(2))
}

/** What a block adds for its own vector of each token. */
export function fromVector(x: Rows, vectors: Rows, tensors: Tensors, block: string, epsilon: number): Rows {
  const gate = each(linear(x, tensors, `${block}.per_layer_input_gate`), gelu)
  const back = linear(multiply(gate, vectors), tensors, `${block}.per_layer_projection`)
  return rmsNorm(back, tensors, `${block}.post_per_layer_input_norm`, epsilon, 0)
}

/** Which blocks slide, the last one never. */
function slides(config: JsonObject, layer: number): boolean {
  const layers = num(config, 'num_hidden_layers')
  const types = config.layer_types
  const said = Array.isArray(types) ? types[layer] === 'sliding_attention' : (layer + 1) % 6 !== 0
  return said && layer < layers - 1
}

/** Global blocks turn some pairs of a head of `size`, each at the speed that it would have if all were turned. */
function turning(config: JsonObject, isSliding: boolean, size: number): Rope {
  const all = object(config, 'rope_parameters')
  const section = all === null ? {} : (object(all, isSliding ? 'sliding_attention' : 'full_attention') ?? {})
  const base = num(section, 'rope_theta', isSliding ? 10_000 : 1e6)
  const isProportional = all === null ? !isSliding : section.rope_type === 'proportional'
  const share = isProportional ? num(section, 'partial_rotary_factor', all === null ? 0.25 : 1) : 1
  const factor = isProportional ? num(section, 'factor', 1) : 1
  const turned = Math.floor((share * size) / 2)
  return {
    amplitude: 1,
    frequencies: Array.from({ length: size / 2 }, (_, i) =>
      i < turned ? 1 / base ** ((2 * i) / size) / factor : 0,
    ),
  }
}

interface Keys {
  readonly k: Rows
  readonly v: Rows
}

interface Here {
  readonly config: JsonObject
  readonly tensors: Tensors
  readonly layer: number
  readonly trace: Trace
  readonly epsilon: number
}

interface Heads {
  readonly size: number
  readonly kvHeads: number
}

function headsOf(config: JsonObject, layer: number): Heads {
  const plain = { size: num(config, 'head_dim', 256), kvHeads: num(config, 'num_key_value_heads', 4) }
  const perLayer = object(config, 'per_layer_config')
  if (perLayer !== null) {
    const own = object(perLayer, String(layer)) ?? {}
    return { size: num(own, 'head_dim', plain.size), kvHeads: num(own, 'num_key_value_heads', plain.kvHeads) }
  }
  if (slides(config, layer)) return plain
  const global = numOrNull(config, 'num_global_key_value_heads', null)
  return {
    size: numOrNull(config, 'global_head_dim', 512) ?? plain.size,
    kvHeads: config.attention_k_eq_v === true && global !== null ? global : plain.kvHeads,
  }
}

/** `stored`: by kind of block, the last keys before those that own none. */
function attention(here: Here, block: string, x: Rows, stored: Map<boolean, Keys>): Rows {
  const { config, tensors, layer, trace, epsilon } = here
  const { size, kvHeads } = headsOf(config, layer)
  const isSliding = slides(config, layer)
  const turn = turning(config, isSliding, size)
  const module = `${block}.self_attn`
  const named = (rows: Rows, name: string): Rows =>
    headRmsNorm(rows, tensors, `${module}.${name}`, epsilon, 0)
  const q = rotate(
    named(trace.pass(layer, 'attn.hook_q', linear(x, tensors, `${module}.q_proj`)), 'q_norm'),
    size,
    turn,
  )
  const first = num(config, 'num_hidden_layers') - num(config, 'num_kv_shared_layers', 0)
  let keys = stored.get(isSliding)
  if (layer < first) {
    const projected = linear(x, tensors, `${module}.k_proj`)
    const values =
      config.attention_k_eq_v === true && !isSliding ? projected : linear(x, tensors, `${module}.v_proj`)
    keys = {
      k: rotate(named(trace.pass(layer, 'attn.hook_k', projected), 'k_norm'), size, turn),
      v: unitHeads(trace.pass(layer, 'attn.hook_v', values), size, epsilon),
    }
    stored.set(isSliding, keys)
  }
  if (keys === undefined) throw new Error(`block ${layer} has no keys`)
  const window = isSliding ? num(config, 'sliding_window', 512) : null
  const heads = num(config, 'num_attention_heads', 8)
  const shape = { heads, kvHeads, headSize: size, scale: 1, cap: null, window }
  const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attend(q, keys.k, keys.v, shape)))
  return trace.pass(layer, 'attn.hook_out', linear(z, tensors, `${module}.o_proj`))
}

function mlp(here: Here, block: string, x: Rows): Rows {
  const { config, tensors, layer, trace, epsilon } = here
  const norm = (rows: Rows, name: string): Rows => rmsNorm(rows, tensors, `${block}.${name}`, epsilon, 0)
  const read = trace.mlpInput(layer, norm(x, 'pre_feedforward_layernorm'), unitRmsNorm(x, epsilon))
  const gate = each(linear(read, tensors, `${block}.mlp.gate_proj`), gelu)
  const units = multiply(gate, linear(read, tensors, `${block}.mlp.up_proj`))
  const out = linear(trace.input(layer, 'down', units), tensors, `${block}.mlp.down_proj`)
  if (config.enable_moe_block !== true) return trace.pass(layer, 'mlp.hook_out', out)
  const d = num(config, 'hidden_size')
  const scale = tensor(tensors, `${block}.router.scale`).data
  const routing = unitRmsNorm(x, epsilon).map((row) =>
    row.map((value, i) => (value * at(scale, i)) / Math.sqrt(d)),
  )
  const perExpert = tensor(tensors, `${block}.router.per_expert_scale`).data
  const rule = chosenOfSoftmax(num(config, 'top_k_experts'), true)
  const given = routed(
    trace,
    layer,
    norm(x, 'pre_feedforward_layernorm_2'),
    linear(routing, tensors, `${block}.router.proj`),
    {
      count: num(config, 'num_experts'),
      rule: (logits) => rule(logits).map(([expert, share]) => [expert, share * at(perExpert, expert)]),
      units: (expert, rows) => {
        const module = `${block}.experts.${expert}`
        return multiply(
          each(linear(rows, tensors, `${module}.gate_proj`), gelu),
          linear(rows, tensors, `${module}.up_proj`),
        )
      },
      back: (expert, rows) => linear(rows, tensors, `${block}.experts.${expert}.down_proj`),
    },
  )
  const both = add(norm(out, 'post_feedforward_layernorm_1'), norm(given, 'post_feedforward_layernorm_2'))
  return trace.pass(layer, 'mlp.hook_out', both)
}

export const forwardGemma4: NaiveForward = (whole, stored, ids, trace) => {
  const config = object(whole, 'text_config') ?? whole
  const plain = (name: string): string =>
    name.replace(/^(?:language_model\.model|model\.language_model)\./, 'model.')
  const tensors = expertsApart(new Map([...stored].map(([name, one]) => [plain(name), one])))
  const epsilon = num(config, 'rms_norm_eps', 1e-6)
  const d = num(config, 'hidden_size')
  const size = numOrNull(config, 'hidden_size_per_layer_input', 256) ?? 0
  const hasVectors = size > 0 && tensors.has('model.embed_tokens_per_layer.weight')
  const keys = new Map<boolean, Keys>()
  let x = trace.embed(embed(ids, tensors, 'model.embed_tokens.weight', Math.sqrt(d)))
  const vectors = hasVectors ? tokenVectors(config, tensors, ids, x, 'model.') : []
  for (let layer = 0; layer < num(config, 'num_hidden_layers'); layer++) {
    const block = `model.layers.${layer}`
    const here = { config, tensors, layer, trace, epsilon }
    const norm = (rows: Rows, name: string): Rows => rmsNorm(rows, tensors, `${block}.${name}`, epsilon, 0)
    const pre = trace.pass(layer, 'hook_resid_pre', x)
    const read = trace.input(layer, 'qkv', norm(pre, 'input_layernorm'))
    const attended = norm(attention(here, block, read, keys), 'post_attention_layernorm')
    const mid = trace.pass(layer, 'hook_resid_mid', add(pre, trace.pass(layer, 'hook_attn_out', attended)))
    const made = norm(mlp(here, block, mid), 'post_feedforward_layernorm')
    let post = add(mid, trace.pass(layer, 'hook_mlp_out', made))
    if (hasVectors) {
      const own = vectors.map((row) => row.slice(layer * size, (layer + 1) * size))
      post = add(post, fromVector(post, own, tensors, block, epsilon))
    }
    x = trace.pass(
      layer,
      'hook_resid_post',
      times(post, at(tensor(tensors, `${block}.layer_scalar`).data, 0)),
    )
  }
  const hidden = rmsNorm(x, tensors, 'model.norm', epsilon, 0)
  const head = config.tie_word_embeddings === false ? 'lm_head.weight' : 'model.embed_tokens.weight'
  const cap = numOrNull(config, 'final_logit_softcapping', null)
  return { hidden, logits: each(unembed(hidden, tensors, head), (logit) => softcap(logit, cap)) }
}
