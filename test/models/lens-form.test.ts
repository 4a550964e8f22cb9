/**
 * @file Weights in TransformerLens' form: the function is the reference's where nothing is rounded, and what is rounded and pruned
 * is what a naive rebuild of the paper's procedure gives, in float64, from the checkpoint's own names.
 */
import { describe, expect, it } from 'vitest'
import { planTensors } from '../../src/compression/plan-table.ts'
import type { Compression } from '../../src/compression/spec.ts'
import { storedPlan } from '../../src/compression/tensor-plan.ts'
import { wholeBody } from '../../src/models/body-program.ts'
import { type LensForm, lensForm } from '../../src/models/lens/lens-form.ts'
import { toFloat32 } from '../../src/numbers/half.ts'
import type { TensorTable } from '../../src/tensors/tensor.ts'
import { naiveForward, naiveLosses } from '../oracle/naive-decoder.ts'
import { type RandomModel, randomIds, randomModel, tableOf } from '../oracle/random-model.ts'
import { decoderOf, LENGTH, runDecoder, SEQUENCES } from './run-program.ts'

const LENS_INT6: Compression = { method: 'rtn', bits: 6, group: null, layout: 'transformerlens' }

function formOf(model: RandomModel, how: Compression | null): LensForm & { readonly table: TensorTable } {
  const base = storedPlan({ name: 'reference', table: tableOf(model.tensors) })
  const form = lensForm('lens', decoderOf(model), base, how)
  return { ...form, table: planTensors(form.plan) }
}

const valuesOf = async (table: TensorTable, name: string): Promise<Float32Array> =>
  toFloat32(await table.read(name))

/** Losses of every sequence, from hidden rows through the form's own unembedding. */
async function lossesOf(form: LensForm & { readonly table: TensorTable }, sequences: readonly number[][]) {
  const { decoder, table } = form
  const tap = { layer: 0, name: 'hook_resid_post' } as const
  const { end, value } = await runDecoder({ decoder, table }, wholeBody([tap]), { sequences }, 'float64')
  const { d_model, n_vocab, logitScale, logitSoftcap } = decoder.spec
  const { weight, bias } = decoder.weights.unembedding
  const W = await valuesOf(table, weight.tensor)
  const b = bias === null ? new Float32Array(n_vocab) : await valuesOf(table, bias.tensor)
  const logits = (row: number) =>
    Float64Array.from({ length: n_vocab }, (_, v) => {
      let sum = b[v] ?? 0
      for (let i = 0; i < d_model; i++) sum += (W[v * d_model + i] ?? 0) * (end[row * d_model + i] ?? 0)
      const logit = logitScale * sum
      return logitSoftcap === null ? logit : logitSoftcap * Math.tanh(logit / logitSoftcap)
    })
  const losses = sequences.map((ids, s) =>
    naiveLosses(
      ids.map((_, t) => logits(s * LENGTH + t)),
      ids,
    ),
  )
  return { losses: losses.flat(), residual: value('blocks.0.hook_resid_post') }
}

const LAYER_NORM = ['gpt2', 'gpt_neo', 'gpt_neox']
const FAMILIES = [...LAYER_NORM, 'llama', 'gemma2']
/** Layer norms without gain and bias; with a gain alone. */
const PLAIN_NORMS = ['olmo', 'cohere', 'cohere2']
/** Two layer norms a block, or one; RMS norms before experts. */
const MORE = ['falcon', 'mixtral', 'qwen2_moe']
const casesOf = (families: readonly string[]) =>
  families.flatMap((family) => [0, 1, 2].map((seed) => [family, seed] as const))
const CASES = casesOf(FAMILIES)

describe('lensForm', () => {
  it.each([...CASES, ...casesOf([...PLAIN_NORMS, ...MORE])])(
    'leaves the function of %s as it is (%d)',
    async (family, seed) => {
      const model = randomModel(family, seed)
      const form = formOf(model, null)
      expect(form.isCentred).toBe([...LAYER_NORM, ...PLAIN_NORMS, 'falcon'].includes(family))
      const sequences = Array.from({ length: SEQUENCES }, (_, s) => randomIds(model.config, LENGTH, s))
      const { losses, residual } = await lossesOf(form, sequences)
      const naive = sequences.map((ids) => naiveForward(model.config, model.tensors, ids))
      const expected = naive.flatMap(({ logits }, s) => naiveLosses(logits, sequences[s] ?? []))
      expect(losses).toHaveLength(expected.length)
      const worst = Math.max(...losses.map((loss, i) => Math.abs(loss - (expected[i] ?? Number.NaN))))
      expect(worst).toBeLessThan(1e-5)
      // Single tokens are off by what float32 leaves of the weights; the loss is the reference's.
      const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
      expect(Math.abs(mean(losses) - mean(expected))).toBeLessThan(1e-6)
      // The residual stream is the reference's, less its mean where it is centred.
      const rows = naive.flatMap(({ hooks }) => hooks.get('blocks.0.hook_resid_post') ?? [])
      const means = rows.map((row) => (form.isCentred ? row.reduce((sum, x) => sum + x, 0) / row.length : 0))
      const stream = rows.flatMap((row, r) => Array.from(row, (x) => x - (means[r] ?? 0)))
      expect(Math.max(...stream.map((x, i) => Math.abs(x - (residual[i] ?? Number.NaN))))).toBeLessThan(1e-5)
    },
  )

  it('names experts as TransformerLens does, each with scales of its own', () => {
    const random = randomModel('mixtral', 1)
    const count = Number(random.config.num_local_experts)
    const { targets } = formOf(random, null)
    for (let expert = 0; expert < count; expert++)
      for (const matrix of ['W_gate', 'W_in', 'W_out'])
        expect(targets.has(`transformerlens.blocks.0.mlp.experts.${expert}.${matrix}`)).toBe(true)
    expect([...targets.keys()].some((name) => name.endsWith('blocks.0.mlp.W_in'))).toBe(false)
  })

  it('does nothing to norms of RMS models, and reads each tensor of the reference where it was', () => {
    const { plan, decoder } = formOf(randomModel('llama', 1), null)
    const own = [...plan.sources.keys()].filter((name) => name.startsWith('transformerlens.'))
    expect(
      own.every((name) => /^transformerlens\.blocks\.\d+\.(attn\.W_[QKVO]|mlp\.W_(gate|in|out))$/.test(name)),
    ).toBe(true)
    expect(decoder.weights.finalNorm).toEqual(decoderOf(randomModel('llama', 1)).weights.finalNorm)
  })
})

/** Where a family keeps its first block's weights: W(out, in) by its own names, and the gains that are folded. */
interface Kept {
  readonly heads: number
  readonly kvHeads: number
  readonly size: number
  readonly d: number
  readonly inner: number
  readonly q: (row: number, m: number) => number
  readonly k: (row: number, m: number) => number
  readonly v: (row: number, m: number) => number
  readonly o: (m: number, column: number) => number
  readonly up: (n: number, m: number) => number
  readonly down: (m: number, n: number) => number
  readonly ln1: (m: number) => number
  readonly ln2: (m: number) => number
}

function keptOf(family: string, { config, tensors }: RandomModel): Kept {
  const stem = [...tensors.keys()].some((name) => name.startsWith('transformer.')) ? 'transformer.' : ''
  const at = (name: string, index: number): number => tensors.get(name)?.data[index] ?? expect.fail(name)
  const widthOf = (name: string, side: 0 | 1): number => tensors.get(name)?.shape[side] ?? expect.fail(name)
  const n = (key: string): number => Number(config[key])
  const rows = (name: string) => (row: number, column: number) => at(name, row * widthOf(name, 1) + column)
  const gain = (name: string) => (m: number) => at(name, m)
  if (family === 'gpt2') {
    const [d, block] = [n('n_embd'), `${stem}h.0`]
    // Conv1D: stored [in, out].
    const conv =
      (name: string, from = 0) =>
      (out: number, m: number) =>
        at(`${block}.${name}.weight`, m * widthOf(`${block}.${name}.weight`, 1) + from + out)
    return {
      ...{ heads: n('n_head'), kvHeads: n('n_head'), size: d / n('n_head'), d },
      inner: widthOf(`${block}.mlp.c_fc.weight`, 1),
      ...{ q: conv('attn.c_attn'), k: conv('attn.c_attn', d), v: conv('attn.c_attn', 2 * d) },
      ...{ o: conv('attn.c_proj'), up: conv('mlp.c_fc'), down: conv('mlp.c_proj') },
      ...{ ln1: gain(`${block}.ln_1.weight`), ln2: gain(`${block}.ln_2.weight`) },
    }
  }
  if (family === 'gpt_neo') {
    const [d, block] = [n('hidden_size'), 'transformer.h.0']
    const attention = (name: string) => rows(`${block}.attn.attention.${name}.weight`)
    return {
      ...{ heads: n('num_heads'), kvHeads: n('num_heads'), size: d / n('num_heads'), d },
      inner: widthOf(`${block}.mlp.c_fc.weight`, 0),
      ...{ q: attention('q_proj'), k: attention('k_proj'), v: attention('v_proj'), o: attention('out_proj') },
      ...{ up: rows(`${block}.mlp.c_fc.weight`), down: rows(`${block}.mlp.c_proj.weight`) },
      ...{ ln1: gain(`${block}.ln_1.weight`), ln2: gain(`${block}.ln_2.weight`) },
    }
  }
  if (family === 'gpt_neox') {
    const [d, block] = [n('hidden_size'), 'gpt_neox.layers.0']
    const size = d / n('num_attention_heads')
    // Rows lie head by head, and within a head q, k, v.
    const fused = (part: number) => (row: number, m: number) =>
      rows(`${block}.attention.query_key_value.weight`)(
        Math.floor(row / size) * 3 * size + part * size + (row % size),
        m,
      )
    return {
      ...{ heads: n('num_attention_heads'), kvHeads: n('num_attention_heads'), size, d },
      inner: widthOf(`${block}.mlp.dense_h_to_4h.weight`, 0),
      ...{ q: fused(0), k: fused(1), v: fused(2), o: rows(`${block}.attention.dense.weight`) },
      ...{ up: rows(`${block}.mlp.dense_h_to_4h.weight`), down: rows(`${block}.mlp.dense_4h_to_h.weight`) },
      ln1: gain(`${block}.input_layernorm.weight`),
      ln2: gain(`${block}.post_attention_layernorm.weight`),
    }
  }
  const block = 'model.layers.0'
  const attention = (name: string) => rows(`${block}.self_attn.${name}_proj.weight`)
  const heads = n('num_attention_heads')
  const size = widthOf(`${block}.self_attn.q_proj.weight`, 0) / heads
  return {
    ...{ heads, size, d: n('hidden_size'), kvHeads: widthOf(`${block}.self_attn.k_proj.weight`, 0) / size },
    inner: widthOf(`${block}.mlp.up_proj.weight`, 0),
    ...{ q: attention('q'), k: attention('k'), v: attention('v'), o: attention('o') },
    ...{ up: rows(`${block}.mlp.up_proj.weight`), down: rows(`${block}.mlp.down_proj.weight`) },
    ...{ ln1: () => 1, ln2: () => 1 },
  }
}

/** A tensor as TransformerLens holds it: [head][row][last], a matrix as one head of its own. */
type Held = number[][][]

const held = (
  heads: number,
  rows: number,
  last: number,
  value: (h: number, i: number, j: number) => number,
): Held =>
  Array.from({ length: heads }, (_, h) =>
    Array.from({ length: rows }, (_, i) => Array.from({ length: last }, (_, j) => value(h, i, j))),
  )

/** Less the mean over the rows (d_model of what reads), or over the last axis (d_model of what writes). */
function centred(W: Held, over: 'rows' | 'last'): Held {
  return W.map((head) =>
    head.map((row) =>
      row.map((w, j) => {
        const along = over === 'last' ? row : head.map((other) => other[j] ?? 0)
        return w - along.reduce((sum, one) => sum + one, 0) / along.length
      }),
    ),
  )
}

function halfEven(x: number): number {
  const [low, part] = [Math.floor(x), x - Math.floor(x)]
  return part > 0.5 || (part === 0.5 && low % 2 !== 0) ? low + 1 : low
}

/** One scale for each place on the last axis. */
function rounded(W: Held, bits: number): Held {
  const most = 2 ** (bits - 1) - 1
  const scales = (W[0]?.[0] ?? []).map(
    (_, j) => Math.max(...W.flatMap((head) => head.map((row) => Math.abs(row[j] ?? 0)))) / most || 1,
  )
  const quantized = (w: number, scale: number) => Math.max(-most - 1, Math.min(most, halfEven(w / scale)))
  return W.map((head) =>
    head.map((row) => row.map((w, j) => quantized(w, scales[j] ?? 1) * (scales[j] ?? 1))),
  )
}

/** All tensors of the first block in that form: our name, ours as [out][in] index, values. */
function naiveBlock(family: string, model: RandomModel) {
  const w = keptOf(family, model)
  const fold = LAYER_NORM.includes(family)
  const read = (W: Held): Held => (fold ? centred(W, 'rows') : W)
  const write = (W: Held): Held => (fold ? centred(W, 'last') : W)
  const qkv = (from: Kept['q'], heads: number) =>
    read(held(heads, w.d, w.size, (h, m, j) => from(h * w.size + j, m) * w.ln1(m)))
  const ofHeads = (h: number, m: number, j: number) => (h * w.size + j) * w.d + m
  return [
    { name: 'attn.W_Q', W: qkv(w.q, w.heads), at: ofHeads },
    { name: 'attn.W_K', W: qkv(w.k, w.kvHeads), at: ofHeads },
    { name: 'attn.W_V', W: qkv(w.v, w.kvHeads), at: ofHeads },
    {
      name: 'attn.W_O',
      W: write(held(w.heads, w.size, w.d, (h, j, m) => w.o(m, h * w.size + j))),
      at: (h: number, j: number, m: number) => m * w.heads * w.size + h * w.size + j,
    },
    {
      name: 'mlp.W_in',
      W: read(held(1, w.d, w.inner, (_, m, n) => w.up(n, m) * w.ln2(m))),
      at: (_: number, m: number, n: number) => n * w.d + m,
    },
    {
      name: 'mlp.W_out',
      W: write(held(1, w.inner, w.d, (_, n, m) => w.down(m, n))),
      at: (_: number, n: number, m: number) => m * w.inner + n,
    },
  ]
}

function differences(found: Float32Array, W: Held, at: (h: number, i: number, j: number) => number): number {
  expect(found).toHaveLength(W.flat(2).length)
  const apart = W.flatMap((head, h) =>
    head.flatMap((row, i) =>
      row.map((w, j) => Math.abs(Math.fround(w) - (found[at(h, i, j)] ?? Number.NaN))),
    ),
  )
  return apart.reduce((most, one) => Math.max(most, one), 0)
}

describe('layout=transformerlens', () => {
  it.each(CASES)('rounds %s as the paper’s procedure does (%d)', async (family, seed) => {
    const model = randomModel(family, seed)
    const { table } = formOf(model, LENS_INT6)
    for (const { name, W, at } of naiveBlock(family, model)) {
      const found = await valuesOf(table, `transformerlens.blocks.0.${name}`)
      expect(differences(found, rounded(W, 6), at), name).toBeLessThan(1e-6)
    }
  })

  it.each(CASES)('prunes %s with what is tied at the threshold (%d)', async (family, seed) => {
    const model = randomModel(family, seed)
    const { table } = formOf(model, { method: 'prune', sparsity: 0.3, layout: 'transformerlens' })
    for (const { name, W, at } of naiveBlock(family, model)) {
      const sizes = W.flat(2)
        .map((w) => Math.abs(Math.fround(w)))
        .sort((a, b) => a - b)
      const limit = sizes[Math.floor(0.3 * sizes.length) - 1] ?? 0
      const pruned = W.map((head) =>
        head.map((row) => row.map((w) => (Math.abs(Math.fround(w)) <= limit ? 0 : w))),
      )
      const found = await valuesOf(table, `transformerlens.blocks.0.${name}`)
      expect(differences(found, pruned, at), name).toBeLessThan(1e-6)
      expect(found.filter((w) => w === 0).length).toBeGreaterThanOrEqual(Math.floor(0.3 * sizes.length))
    }
  })

  it('says what it is and takes: integers and a scale for each position inside a head', () => {
    const model = randomModel('gpt_neox', 0)
    const how = LENS_INT6
    const { plan, targets } = formOf(model, how)
    const { size, heads } = keptOf('gpt_neox', model)
    const name = 'transformerlens.blocks.0.attn.W_Q'
    expect(targets.get(name)).toEqual({ out: heads * size, in: heads * size, layout: 'out-in', scales: size })
    const entry = planTensors(plan).entries.get(name)
    expect(entry?.storedAs).toBe('rtn:6,layout=transformerlens')
    expect(entry?.byteLength).toBe(Math.ceil((6 * (heads * size) ** 2 + 16 * size) / 8))
  })
})
