/**
 * @file Gemma 3n, as in transformers' modeling_gemma3n.py: AltUp's streams (arXiv 2301.13310) as a list, one token at a time.
 */
import type { JsonObject } from '../../src/models/config-reader.ts'
import { attend, rotate } from './attention.ts'
import { fromVector, tokenVectors, unitHeads } from './gemma4.ts'
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
import { rope } from './rope.ts'
import { num, numOrNull, object, type Trace } from './trace.ts'

const gelu = activation('gelu_pytorch_tanh')
const meanSquare = (row: Float64Array): number => row.reduce((sum, x) => sum + x * x, 0) / row.length

/** A projection of each row, as large as `like`'s row is. */
function sized(x: Rows, like: Rows, tensors: Tensors, name: string): Rows {
  return linear(x, tensors, name).map((row, t) => {
    const size = Math.sqrt(meanSquare(like[t] ?? row)) / Math.sqrt(Math.max(meanSquare(row), 1e-5))
    return row.map((value) => value * size)
  })
}

/** z with a normal number below it in a share p of cases, found by halves of an integral by Simpson's rule. */
function quantile(p: number): number {
  const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
  const below = (z: number): number => {
    const steps = 4000
    const h = z / steps
    let sum = density(0) + density(z)
    for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * density(i * h)
    return 0.5 + (sum * h) / 3
  }
  let [low, high] = [-8, 8]
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (below(middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function sparse(gate: Rows, share: number): Rows {
  if (share === 0) return gate
  const z = quantile(share)
  return gate.map((row) => {
    const mean = row.reduce((sum, x) => sum + x, 0) / row.length
    const deviation = Math.sqrt(row.reduce((sum, x) => sum + (x - mean) ** 2, 0) / row.length)
    return row.map((x) => Math.max(0, x - mean - z * deviation))
  })
}

interface Here {
  readonly config: JsonObject
  readonly tensors: Tensors
  readonly layer: number
  readonly block: string
  readonly trace: Trace
  readonly epsilon: number
}

const normed = ({ tensors, block, epsilon }: Here, rows: Rows, name: string): Rows =>
  rmsNorm(rows, tensors, `${block}.${name}`, epsilon, 0)

/** [position][stream]: tanh of a router on x. */
function modalities(here: Here, x: Rows): Rows {
  const read = each(normed(here, x, 'altup.router_norm'), (value) => value / num(here.config, 'hidden_size'))
  return each(linear(read, here.tensors, `${here.block}.altup.modality_router`), Math.tanh)
}

function predict(here: Here, streams: readonly Rows[]): Rows[] {
  const n = streams.length
  const c = linear(modalities(here, streams[0] ?? []), here.tensors, `${here.block}.altup.prediction_coefs`)
  return streams.map((own, j) =>
    own.map((row, t) =>
      row.map((value, d) => {
        let sum = value
        for (let i = 0; i < n; i++) sum += at(c[t] ?? [], j * n + i) * at(streams[i]?.[t] ?? [], d)
        return sum
      }),
    ),
  )
}

function correct(here: Here, predictions: readonly Rows[], made: Rows): Rows[] {
  const c = linear(modalities(here, made), here.tensors, `${here.block}.altup.correction_coefs`)
  const [first = []] = predictions
  return predictions.map((own, j) =>
    own.map((row, t) =>
      row.map((value, d) => value + (at(c[t] ?? [], j) + 1) * (at(made[t] ?? [], d) - at(first[t] ?? [], d))),
    ),
  )
}

interface Keys {
  readonly k: Rows
  readonly v: Rows
}

function slides(config: JsonObject, layer: number): boolean {
  const types = config.layer_types
  return Array.isArray(types) ? types[layer] === 'sliding_attention' : (layer + 1) % 5 !== 0
}

function attention(here: Here, x: Rows, stored: Map<boolean, Keys>): Rows {
  const { config, tensors, layer, trace, epsilon, block } = here
  const size = num(config, 'head_dim', 256)
  const isSliding = slides(config, layer)
  const parameters = object(config, 'rope_parameters')
  const section = parameters ? object(parameters, isSliding ? 'sliding_attention' : 'full_attention') : null
  const usual = isSliding ? num(config, 'rope_local_base_freq', 10_000) : num(config, 'rope_theta', 1e6)
  const scaling = isSliding ? section : (object(config, 'rope_scaling') ?? section)
  const most = num(config, 'max_position_embeddings', 32_768)
  const turn = rope(size, num(section ?? {}, 'rope_theta', usual), scaling, x.length, most, most)
  const module = `${block}.self_attn`
  const turned = (rows: Rows, name: string): Rows =>
    rotate(headRmsNorm(rows, tensors, `${module}.${name}`, epsilon, 0), size, turn)
  const q = turned(trace.pass(layer, 'attn.hook_q', linear(x, tensors, `${module}.q_proj`)), 'q_norm')
  if (layer < num(config, 'num_hidden_layers') - num(config, 'num_kv_shared_layers', 15)) {
    const k = trace.pass(layer, 'attn.hook_k', linear(x, tensors, `${module}.k_proj`))
    const v = trace.pass(layer, 'attn.hook_v', linear(x, tensors, `${module}.v_proj`))
    stored.set(isSliding, { k: turned(k, 'k_norm'), v: unitHeads(v, size, epsilon) })
  }
  const keys = stored.get(isSliding)
  if (keys === undefined) throw new Error(`block ${layer} has no keys`)
  const shape = {
    heads: num(config, 'num_attention_heads', 8),
    kvHeads: num(config, 'num_key_value_heads', 2),
    headSize: size,
    scale: 1,
    cap: null,
    window: isSliding ? num(config, 'sliding_window', 512) : null,
  }
  const z = trace.input(layer, 'o', trace.pass(layer, 'attn.hook_z', attend(q, keys.k, keys.v, shape)))
  return trace.pass(layer, 'attn.hook_out', linear(z, tensors, `${module}.o_proj`))
}

function mlp(here: Here, x: Rows): Rows {
  const { config, tensors, layer, trace, epsilon, block } = here
  const read = trace.mlpInput(layer, normed(here, x, 'pre_feedforward_layernorm'), unitRmsNorm(x, epsilon))
  const pattern = config.activation_sparsity_pattern
  const gate = sparse(
    linear(read, tensors, `${block}.mlp.gate_proj`),
    Array.isArray(pattern) ? Number(pattern[layer]) : 0,
  )
  const units = multiply(each(gate, gelu), linear(read, tensors, `${block}.mlp.up_proj`))
  const out = linear(trace.input(layer, 'down', units), tensors, `${block}.mlp.down_proj`)
  return trace.pass(layer, 'mlp.hook_out', out)
}

/** The first of the streams as a block leaves it is what hooks see. */
function runBlock(here: Here, before: readonly Rows[], vectors: Rows, keys: Map<boolean, Keys>): Rows[] {
  const { config, tensors, layer, trace, epsilon, block } = here
  const [first = [], ...others] = before
  const predictions = predict(here, [trace.pass(layer, 'hook_resid_pre', first), ...others])
  const [input = []] = predictions
  const read = trace.input(layer, 'qkv', normed(here, input, 'input_layernorm'))
  const low = linear(
    linear(read, tensors, `${block}.laurel.linear_left`),
    tensors,
    `${block}.laurel.linear_right`,
  )
  const laurel = add(read, normed(here, low, 'laurel.post_laurel_norm'))
  const attended = trace.pass(
    layer,
    'hook_attn_out',
    normed(here, attention(here, read, keys), 'post_attention_layernorm'),
  )
  const both = each(add(add(input, attended), laurel), (value) => value / Math.sqrt(2))
  const mid = trace.pass(layer, 'hook_resid_mid', both)
  const ofMlp = trace.pass(layer, 'hook_mlp_out', normed(here, mlp(here, mid), 'post_feedforward_layernorm'))
  const [own = [], ...rest] = correct(here, predictions, add(mid, ofMlp))
  const scale =
    config.altup_correct_scale === false ? null : tensor(tensors, `${block}.altup.correct_output_scale`).data
  const scaled = own.map((row) => row.map((value, i) => value * (scale === null ? 1 : at(scale, i))))
  const added = fromVector(scaled, vectors, tensors, block, epsilon)
  return [trace.pass(layer, 'hook_resid_post', own), ...rest.map((rows) => add(rows, added))]
}

export const forwardGemma3n: NaiveForward = (whole, stored, ids, trace) => {
  const config = object(whole, 'text_config') ?? whole
  const tensors: Tensors = new Map(
    [...stored].map(([name, one]) => [name.replace('model.language_model.', 'model.'), one]),
  )
  const epsilon = num(config, 'rms_norm_eps', 1e-6)
  const size = num(config, 'hidden_size_per_layer_input', 256)
  const count = num(config, 'altup_num_inputs', 4)
  const d = num(config, 'hidden_size')
  const x = trace.embed(embed(ids, tensors, 'model.embed_tokens.weight', Math.sqrt(d)))
  const vectors = tokenVectors(config, tensors, ids, x, 'model.')
  const numbered = Array.from({ length: count - 1 }, (_, i) => i)
  let streams = [x, ...numbered.map((i) => sized(x, x, tensors, `model.altup_projections.${i}`))]
  const keys = new Map<boolean, Keys>()
  for (let layer = 0; layer < num(config, 'num_hidden_layers'); layer++) {
    const own = vectors.map((row) => row.slice(layer * size, (layer + 1) * size))
    const here = { config, tensors, layer, trace, epsilon, block: `model.layers.${layer}` }
    streams = runBlock(here, streams, own, keys)
  }
  const [first = [], ...others] = streams
  const ended = others.map((rows, i) => sized(rows, first, tensors, `model.altup_unembed_projections.${i}`))
  const mean = each(
    ended.reduce((sum, rows) => add(sum, rows), first),
    (value) => value / count,
  )
  const hidden = rmsNorm(mean, tensors, 'model.norm', epsilon, 0)
  const head = config.tie_word_embeddings === false ? 'lm_head.weight' : 'model.embed_tokens.weight'
  const cap = numOrNull(config, 'final_logit_softcapping', 30)
  return { hidden, logits: each(unembed(hidden, tensors, head), (logit) => softcap(logit, cap)) }
}
