/**
 * @file A small Qwen3.5 through whole audits with a Qwen-Scope dictionary: sequences longer than a chunk of its delta nets, rounded, pruned, packed
 * without its delta nets, and one block at a time. Losses and correlations are those of the naive float64 pass.
 *
 * @module-tag slow
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditConfig } from '../../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../../src/contract/report/measurement.ts'
import { present } from '../../../src/numbers/present.ts'
import { ENCODERS } from '../../checkpoints/packed/encoders/index.ts'
import { naiveForward, naiveLosses } from '../../oracle/naive-decoder.ts'
import type { NaiveTensor, Rows } from '../../oracle/pieces.ts'
import { randomIds, TensorMaker } from '../../oracle/random-model.ts'
import { inImageModel } from '../../oracle/random-qwen-hybrid.ts'
import { RandomSource } from '../../oracle/random-source.ts'
import { ptFile } from '../../sae/pt-files.ts'
import { audit } from '../golden-audit.ts'
import { npyInt32 } from '../npy.ts'
import { decodedBy, type PlainModel, Workshop } from './make.ts'
import { SHORT } from './short.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

const [D, LENGTH, SEQUENCES, VOCABULARY] = [32, 70, 8, 96]
const [FEATURES, K] = [96, 12]
const HOOK = 'blocks.2.hook_resid_post'

/** Two key heads of 16 with two value heads of 16 each; attention in the third block. */
function qwen35(): PlainModel {
  const maker = new TensorMaker(11)
  const layers = ['linear_attention', 'linear_attention', 'full_attention']
  const config = inImageModel(() => {
    for (const [layer, kind] of layers.entries()) {
      const block = `model.layers.${layer}`
      for (const norm of ['input_layernorm', 'post_attention_layernorm'])
        maker.rmsNorm(`${block}.${norm}`, D, 0)
      const mixing = kind === 'linear_attention' ? `${block}.linear_attn` : `${block}.self_attn`
      const sides =
        kind === 'linear_attention'
          ? { in_proj_qkv: 128, in_proj_z: 64, in_proj_a: 4, in_proj_b: 4 }
          : { q_proj: 128, k_proj: 32, v_proj: 32 }
      for (const [name, out] of Object.entries(sides)) maker.linear(`${mixing}.${name}`, out, D, false)
      if (kind === 'linear_attention') {
        maker.parameter(`${mixing}.conv1d.weight`, [128, 1, 4], 0.6)
        maker.parameter(`${mixing}.A_log`, [4], 0.7)
        maker.parameter(`${mixing}.dt_bias`, [4], 2)
        maker.rmsNorm(`${mixing}.norm`, 16, 1)
        maker.linear(`${mixing}.out_proj`, D, 64, false)
      } else {
        maker.linear(`${mixing}.o_proj`, D, 64, false)
        for (const norm of ['q_norm', 'k_norm']) maker.rmsNorm(`${mixing}.${norm}`, 16, 0)
      }
      for (const [name, out, inputs] of [
        ['gate_proj', 64, D],
        ['up_proj', 64, D],
        ['down_proj', D, 64],
      ] as const)
        maker.linear(`${block}.mlp.${name}`, out, inputs, false)
    }
    maker.table('model.embed_tokens.weight', VOCABULARY, D)
    maker.rmsNorm('model.norm', D, 0)
    maker.linear('lm_head', VOCABULARY, D, false)
    return {
      hidden_size: D,
      intermediate_size: 64,
      num_attention_heads: 4,
      num_key_value_heads: 2,
      head_dim: 16,
      num_hidden_layers: layers.length,
      layer_types: layers,
      linear_num_key_heads: 2,
      linear_num_value_heads: 4,
      linear_key_head_dim: 16,
      linear_value_head_dim: 16,
      vocab_size: VOCABULARY,
      max_position_embeddings: 256,
      rope_parameters: { rope_type: 'default', rope_theta: 1e7, mrope_section: [1, 1, 0] },
      tie_word_embeddings: false,
    }
  })(maker)
  return { config: JSON.parse(JSON.stringify({ model_type: 'qwen3_5', ...config })), tensors: maker.tensors }
}

const ids = Array.from({ length: SEQUENCES }, (_, s) => randomIds({ vocab_size: VOCABULARY }, LENGTH, 40 + s))

/** (d_sae, d_in), (d_in, d_sae) and biases. */
function dictionary() {
  const random = new RandomSource(5)
  const normals = (size: number, scale: number): number[] =>
    Array.from({ length: size }, () => Math.fround(scale * random.normal()))
  return {
    W_enc: { shape: [FEATURES, D], values: normals(FEATURES * D, 0.2) },
    b_enc: { shape: [FEATURES], values: normals(FEATURES, 0.1) },
    W_dec: { shape: [D, FEATURES], values: normals(D * FEATURES, 0.1) },
    b_dec: { shape: [D], values: normals(D, 0.1) },
  }
}
const DICTIONARY = dictionary()

/** relu of the k largest of W x + b, [feature][position]. */
function encoded(rows: Rows): number[][] {
  const { W_enc, b_enc } = DICTIONARY
  const columns = Array.from({ length: FEATURES }, (): number[] => [])
  for (const row of rows) {
    const z = b_enc.values.map((bias, f) =>
      row.reduce((sum, x, i) => sum + x * present(W_enc.values[f * D + i]), bias),
    )
    const limit = present([...z].sort((a, b) => b - a)[K - 1])
    for (const [f, value] of z.entries()) columns[f]?.push(value >= limit ? Math.max(0, value) : 0)
  }
  return columns
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length
  const [ma, mb] = [mean(a), mean(b)]
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number): number =>
    x.reduce((sum, value, i) => sum + (value - mx) * (present(y[i]) - my), 0)
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb))
}

interface Naive {
  readonly loss: number
  readonly features: readonly (readonly number[])[]
}

function naive({ config, tensors }: PlainModel): Naive {
  const runs = ids.map((own) => naiveForward(config, tensors, own))
  const losses = runs.flatMap(({ logits }, s) => naiveLosses(logits, ids[s] ?? []))
  const rows = runs.flatMap(({ hooks }) => hooks.get(HOOK) ?? [])
  return { loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length, features: encoded(rows) }
}

const TARGETS = /\.(?:in_proj_(?:qkv|z)|(?:out|[qkvo]|gate|up|down)_proj)\.weight$/

function changed(
  { config, tensors }: PlainModel,
  change: (row: number[], all: number[]) => number[],
): PlainModel {
  const made = new Map<string, NaiveTensor>(tensors)
  for (const [name, { shape, data }] of tensors) {
    if (!TARGETS.test(name)) continue
    const [rows = 0, columns = 0] = shape
    const all = [...data]
    const values = Array.from({ length: rows }, (_, o) =>
      change(all.slice(o * columns, (o + 1) * columns), all),
    )
    made.set(name, { shape, data: Float64Array.from(values.flat()) })
  }
  return { config, tensors: made }
}

/** q = round(w / s) with s = max|w| / 31. */
const rounded = (row: number[]): number[] => {
  const scale = Math.max(...row.map(Math.abs)) / 31
  return row.map((value) => Math.round(value / scale) * scale)
}

const pruned = (row: number[], all: number[]): number[] => {
  const sizes = all.map(Math.abs).sort((a, b) => a - b)
  const limit = present(sizes[Math.floor(0.3 * sizes.length)])
  return row.map((value) => (Math.abs(value) < limit ? 0 : value))
}

const leavesDeltaNets = (module: string): boolean =>
  TARGETS.test(`${module}.weight`) && !module.includes('linear_attn')

describe('Qwen3.5 with a Qwen-Scope dictionary', () => {
  const model = qwen35()
  const encoder = present(ENCODERS.find(({ name }) => /^pack-quantized int4 g32/.test(name)))
  const SPECS = ['rtn:6', 'prune:0.3'] as const
  let config: AuditConfig
  let whole: Measurement

  beforeAll(async () => {
    mkdirSync(workshop.folder, { recursive: true })
    writeFileSync(workshop.at('ids.npy'), npyInt32(Int32Array.from(ids.flat()), [SEQUENCES, LENGTH]))
    const folder = `SAE-Res-Qwen3.5-2B-Base-W32K-L0_${K}`
    mkdirSync(workshop.at(folder), { recursive: true })
    writeFileSync(join(workshop.at(folder), 'layer2.sae.pt'), ptFile(DICTIONARY))
    const packed = workshop.packed(encoder, model, 'packed', leavesDeltaNets)
    config = {
      ...SHORT,
      reference: workshop.plain(model, 'plain'),
      candidates: [...SPECS, packed],
      saes: [{ source: workshop.at(folder), hook: null, center: null }],
      corpus: {
        ...SHORT.corpus,
        source: `tokens:${workshop.at('ids.npy')}`,
        tokens: null,
        blockLength: LENGTH,
      },
      positions: 'all',
      allowBadFit: true,
      activations: 'ignore',
    }
    whole = await audit(config)
  })

  it('has the losses and the correlations of the naive pass', () => {
    const reference = naive(model)
    const made = [changed(model, rounded), changed(model, pruned), decodedBy(encoder, model, leavesDeltaNets)]
    for (const [c, candidate] of made.map(naive).entries()) {
      const { chunked } = present(whole.report.candidates[c]).perplexity
      expect(chunked?.referenceLoss).toBeCloseTo(reference.loss, 5)
      expect(chunked?.candidateLoss).toBeCloseTo(candidate.loss, 5)
      expect(Math.abs(candidate.loss - reference.loss)).toBeGreaterThan(1e-5)
      const table = present(whole.evidence[c]).table
      let seen = 0
      for (const [f, own] of reference.features.entries()) {
        if (table.active[f] !== 1) continue
        seen++
        expect(table.correlation[f], `feature ${f}`).toBeCloseTo(
          correlation(own, present(candidate.features[f])),
          4,
        )
      }
      expect(seen).toBeGreaterThan(FEATURES / 2)
    }
  })

  it('is the same one block at a time', async () => {
    const { report } = await audit({ ...config, weights: 'stream', candidates: ['rtn:6'] })
    const [streamed, held] = [report.candidates[0], whole.report.candidates[0]]
    expect(streamed?.perplexity.chunked?.candidateLoss).toBeCloseTo(
      present(held?.perplexity.chunked?.candidateLoss),
      6,
    )
    expect(streamed?.features[0]?.survived.count).toBe(held?.features[0]?.survived.count)
  })

  it('says what was compressed: q, k and v together, the gates, what is written back, and the MLPs', () => {
    expect(whole.report.candidates[0]?.compression).toMatchObject({ tensors: 2 * 3 + 4 + 3 * 3 })
    expect(whole.report.candidates[2]?.compression).toMatchObject({ tensors: 4 + 3 * 3 })
    for (const { warnings } of whole.report.candidates) expect(warnings).toEqual([])
  })
})
