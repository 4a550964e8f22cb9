/**
 * @file Qwen3-Next and Qwen3.5: gated delta nets (arXiv 2412.06464), and blocks of attention whose result passes a sigmoid gate. Norms are by
 * 1 + gain but for the delta net's own.
 */
import type { JsonObject } from '../../src/models/config-reader.ts'
import { attend, rotate } from './attention.ts'
import { type DeltaSizes, naiveDeltaRule } from './delta-rule.ts'
import { expertsApart, expertsOf } from './experts.ts'
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
import { num, object, type Trace } from './trace.ts'

const silu = activation('silu')
const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value))

/** Columns of each head's slice: [start, start + width) of `size`. */
function columnsOfHeads(rows: Rows, size: number, start: number, width: number): Rows {
  return rows.map((row) =>
    Float64Array.from({ length: (row.length / size) * width }, (_, i) =>
      at(row, Math.floor(i / width) * size + start + (i % width)),
    ),
  )
}

/** y[t] = silu(Σ_j w[j] x[t − reach + 1 + j]), each channel by itself, then those from `start` on. */
function convolved(rows: Rows, tensors: Tensors, name: string, start: number): Rows {
  const { shape, data } = tensor(tensors, name)
  const reach = at(shape, 2)
  return rows.map((row, t) =>
    row.map((_, channel) => {
      let sum = 0
      for (let j = 0; j < reach; j++) {
        const from = rows[t - reach + 1 + j]
        if (from !== undefined) sum += at(data, (start + channel) * reach + j) * at(from, channel)
      }
      return silu(sum)
    }),
  )
}

/** Each head's slice x / √(Σx² + 1e-6), times a factor. */
function unitHeads(rows: Rows, size: number, factor: number): Rows {
  return rows.map((row) =>
    row.map((value, i) => {
      const head = Math.floor(i / size)
      const squares = row.subarray(head * size, (head + 1) * size).reduce((sum, x) => sum + x * x, 0)
      return (factor * value) / Math.sqrt(squares + 1e-6)
    }),
  )
}

interface Projections {
  readonly q: Rows
  readonly k: Rows
  readonly v: Rows
  readonly z: Rows
  readonly b: Rows
  readonly a: Rows
}

function projections(x: Rows, tensors: Tensors, net: string, sizes: DeltaSizes): Projections {
  const { keyHeads, valueHeads, keySize, valueSize } = sizes
  const keys = keyHeads * keySize
  if (tensors.has(`${net}.in_proj_qkv.weight`)) {
    const qkv = `${net}.in_proj_qkv`
    return {
      q: linear(x, tensors, qkv, 0, keys),
      k: linear(x, tensors, qkv, keys, 2 * keys),
      v: linear(x, tensors, qkv, 2 * keys),
      z: linear(x, tensors, `${net}.in_proj_z`),
      b: linear(x, tensors, `${net}.in_proj_b`),
      a: linear(x, tensors, `${net}.in_proj_a`),
    }
  }
  const share = valueHeads / keyHeads
  const [own, values] = [2 * keySize + 2 * share * valueSize, share * valueSize]
  const qkvz = linear(x, tensors, `${net}.in_proj_qkvz`)
  const ba = linear(x, tensors, `${net}.in_proj_ba`)
  return {
    q: columnsOfHeads(qkvz, own, 0, keySize),
    k: columnsOfHeads(qkvz, own, keySize, keySize),
    v: columnsOfHeads(qkvz, own, 2 * keySize, values),
    z: columnsOfHeads(qkvz, own, 2 * keySize + values, values),
    b: columnsOfHeads(ba, 2 * share, 0, share),
    a: columnsOfHeads(ba, 2 * share, share, share),
  }
}

interface Here {
  readonly config: JsonObject
  readonly tensors: Tensors
  readonly layer: number
  readonly trace: Trace
  readonly epsilon: number
}

function deltaNet({ config, tensors, layer, trace, epsilon }: Here, net: string, x: Rows): Rows {
  const sizes: DeltaSizes = {
    keyHeads: num(config, 'linear_num_key_heads'),
    valueHeads: num(config, 'linear_num_value_heads'),
    keySize: num(config, 'linear_key_head_dim'),
    valueSize: num(config, 'linear_value_head_dim'),
  }
  const { keySize, valueSize } = sizes
  const { q, k, v, z, b, a } = projections(x, tensors, net, sizes)
  const keys = sizes.keyHeads * keySize
  const through = (rows: Rows, start: number): Rows => convolved(rows, tensors, `${net}.conv1d.weight`, start)
  const rates = tensor(tensors, `${net}.A_log`).data
  const biases = tensor(tensors, `${net}.dt_bias`).data
  const fade = a.map((row) =>
    row.map((value, head) => -Math.exp(at(rates, head)) * Math.log1p(Math.exp(value + at(biases, head)))),
  )
  const read = naiveDeltaRule(
    {
      q: unitHeads(through(q, 0), keySize, keySize ** -0.5),
      k: unitHeads(through(k, keys), keySize, 1),
      v: through(v, 2 * keys),
      fade,
      write: each(b, sigmoid),
    },
    sizes,
  )
  if (at(tensor(tensors, `${net}.norm.weight`).shape, 0) !== valueSize) throw new Error('norm of a head')
  const normed = headRmsNorm(read, tensors, `${net}.norm`, epsilon, 0)
  const gated = trace.pass(layer, 'attn.hook_z', multiply(normed, each(z, silu)))
  return linear(trace.input(layer, 'o', gated), tensors, `${net}.out_proj`)
}

function attention({ config, tensors, layer, trace, epsilon }: Here, module: string, x: Rows): Rows {
  const size = num(config, 'head_dim')
  const heads = num(config, 'num_attention_heads')
  const both = linear(x, tensors, `${module}.q_proj`)
  const q = trace.pass(layer, 'attn.hook_q', columnsOfHeads(both, 2 * size, 0, size))
  const gate = columnsOfHeads(both, 2 * size, size, size)
  const k = trace.pass(layer, 'attn.hook_k', linear(x, tensors, `${module}.k_proj`))
  const v = trace.pass(layer, 'attn.hook_v', linear(x, tensors, `${module}.v_proj`))
  const section = object(config, 'rope_parameters') ?? object(config, 'rope_scaling') ?? {}
  const fraction = num(section, 'partial_rotary_factor', num(config, 'partial_rotary_factor', 0.25))
  const base = num(section, 'rope_theta', num(config, 'rope_theta', 10_000))
  const angles = rope(Math.floor(fraction * size), base, null, x.length, 64, 64)
  const turned = (rows: Rows, name: string): Rows =>
    rotate(headRmsNorm(rows, tensors, `${module}.${name}`, epsilon, 1), size, angles)
  const attended = attend(turned(q, 'q_norm'), turned(k, 'k_norm'), v, {
    heads,
    kvHeads: num(config, 'num_key_value_heads'),
    headSize: size,
    scale: 1 / Math.sqrt(size),
    cap: null,
    window: null,
  })
  const z = trace.pass(layer, 'attn.hook_z', multiply(attended, each(gate, sigmoid)))
  return linear(trace.input(layer, 'o', z), tensors, `${module}.o_proj`)
}

export const forwardQwenHybrid: NaiveForward = (whole, stored, ids, trace) => {
  const config = object(whole, 'text_config') ?? whole
  const plain = (name: string): string => name.replace('model.language_model.', 'model.')
  const tensors = expertsApart(new Map([...stored].map(([name, one]) => [plain(name), one])))
  const epsilon = num(config, 'rms_norm_eps', 1e-6)
  const isNext = whole.model_type === 'qwen3_next'
  const routing = { ...config, norm_topk_prob: isNext ? (config.norm_topk_prob ?? true) : true }
  let x = trace.embed(embed(ids, tensors, 'model.embed_tokens.weight'))
  for (let layer = 0; layer < num(config, 'num_hidden_layers'); layer++) {
    const block = `model.layers.${layer}`
    const here = { config, tensors, layer, trace, epsilon }
    const mixed = (input: Rows): Rows => {
      const normed = trace.input(
        layer,
        'qkv',
        rmsNorm(input, tensors, `${block}.input_layernorm`, epsilon, 1),
      )
      const isDelta = tensors.has(`${block}.linear_attn.A_log`)
      const out = isDelta
        ? deltaNet(here, `${block}.linear_attn`, normed)
        : attention(here, `${block}.self_attn`, normed)
      return trace.pass(layer, 'attn.hook_out', out)
    }
    const mlp = (input: Rows): Rows => {
      const normed = rmsNorm(input, tensors, `${block}.post_attention_layernorm`, epsilon, 1)
      const experts = expertsOf(routing, tensors, block, silu)
      if (experts !== null) {
        const given = experts(trace, layer, trace.routedInput(layer, normed, unitRmsNorm(input, epsilon)))
        return trace.pass(layer, 'mlp.hook_out', given)
      }
      const read = trace.mlpInput(layer, normed, unitRmsNorm(input, epsilon))
      const gate = each(linear(read, tensors, `${block}.mlp.gate_proj`), silu)
      const units = multiply(gate, linear(read, tensors, `${block}.mlp.up_proj`))
      const out = linear(trace.input(layer, 'down', units), tensors, `${block}.mlp.down_proj`)
      return trace.pass(layer, 'mlp.hook_out', out)
    }
    x = sequentialBlock(x, layer, trace, mixed, mlp)
  }
  const hidden = rmsNorm(x, tensors, 'model.norm', epsilon, 1)
  const tied = config.tie_word_embeddings ?? whole.tie_word_embeddings ?? false
  const head = tied === true ? 'model.embed_tokens.weight' : 'lm_head.weight'
  return { hidden, logits: unembed(hidden, tensors, head) }
}
