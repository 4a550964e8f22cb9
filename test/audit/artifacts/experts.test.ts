/**
 * @file Models with experts through whole audits: rounded and pruned expert by expert, packed, with the MXFP4 weights that gpt-oss is
 * published with, and with one block in memory at a time; losses are those of the naive float64 pass over the same weights.
 *
 * @module-tag slow
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { AuditConfig } from '../../../src/contract/options/audit-config.ts'
import type { JsonObject } from '../../../src/models/config-reader.ts'
import { present } from '../../../src/numbers/present.ts'
import { stored } from '../../checkpoints/packed/encoders/bytes.ts'
import { safetensorsFile } from '../../checkpoints/packed/encoders/encoder.ts'
import { ENCODERS } from '../../checkpoints/packed/encoders/index.ts'
import { naiveForward, naiveLosses } from '../../oracle/naive-decoder.ts'
import type { NaiveTensor } from '../../oracle/pieces.ts'
import { randomIds, TensorMaker } from '../../oracle/random-model.ts'
import { audit } from '../golden-audit.ts'
import { npyInt32 } from '../npy.ts'
import { decodedBy, type PlainModel, Workshop } from './make.ts'
import { klOf, SHORT } from './short.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

const [D, SIZE, EXPERTS, LENGTH, SEQUENCES] = [64, 64, 4, 24, 12]

const CONFIG: JsonObject = {
  hidden_size: D,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  head_dim: 16,
  num_hidden_layers: 2,
  vocab_size: 96,
  max_position_embeddings: 64,
  num_experts_per_tok: 2,
}

function attention(maker: TensorMaker, block: string, bias: boolean): void {
  for (const norm of ['input_layernorm', 'post_attention_layernorm']) maker.rmsNorm(`${block}.${norm}`, D, 1)
  for (const [name, out] of Object.entries({ q: 64, k: 32, v: 32, o: 64 }))
    maker.linear(`${block}.self_attn.${name}_proj`, out, D, bias)
}

function ends(maker: TensorMaker): void {
  maker.table('model.embed_tokens.weight', 96, D)
  maker.rmsNorm('model.norm', D, 1)
  maker.linear('lm_head', 96, D, false)
}

function qwen3Moe(): PlainModel {
  const maker = new TensorMaker(5)
  for (const block of ['model.layers.0', 'model.layers.1']) {
    attention(maker, block, false)
    for (const norm of ['q_norm', 'k_norm']) maker.rmsNorm(`${block}.self_attn.${norm}`, 16, 1)
    maker.linear(`${block}.mlp.gate`, EXPERTS, D, false, 2)
    for (let expert = 0; expert < EXPERTS; expert++) {
      const module = `${block}.mlp.experts.${expert}`
      maker.linear(`${module}.gate_proj`, SIZE, D, false)
      maker.linear(`${module}.up_proj`, SIZE, D, false)
      maker.linear(`${module}.down_proj`, D, SIZE, false)
    }
  }
  ends(maker)
  const own = {
    num_experts: EXPERTS,
    moe_intermediate_size: SIZE,
    norm_topk_prob: true,
    tie_word_embeddings: false,
  }
  return { config: { model_type: 'qwen3_moe', ...CONFIG, ...own }, tensors: maker.tensors }
}

const FUSED = { gate_up_proj: [EXPERTS, D, 2 * SIZE], down_proj: [EXPERTS, SIZE, D] } as const

function gptOss(): PlainModel {
  const maker = new TensorMaker(6)
  for (const block of ['model.layers.0', 'model.layers.1']) {
    attention(maker, block, true)
    maker.parameter(`${block}.self_attn.sinks`, [4], 1)
    maker.linear(`${block}.mlp.router`, EXPERTS, D, true, 2)
    for (const [name, shape] of Object.entries(FUSED)) {
      maker.parameter(`${block}.mlp.experts.${name}`, shape, 1 / 8)
      maker.parameter(`${block}.mlp.experts.${name}_bias`, [EXPERTS, present(shape[2])], 0.3)
    }
  }
  ends(maker)
  const rope_scaling = {
    rope_type: 'yarn',
    factor: 32,
    original_max_position_embeddings: 16,
    truncate: false,
  }
  const own = { num_local_experts: EXPERTS, intermediate_size: SIZE, rope_scaling, sliding_window: 8 }
  return { config: { model_type: 'gpt_oss', ...CONFIG, ...own }, tensors: maker.tensors }
}

const ids = randomIds({ vocab_size: 96 }, LENGTH * SEQUENCES, 3)
mkdirSync(workshop.folder, { recursive: true })
writeFileSync(workshop.at('ids.npy'), npyInt32(Int32Array.from(ids), [SEQUENCES, LENGTH]))

const configOf = (reference: string, candidates: readonly string[]): AuditConfig => ({
  ...SHORT,
  reference,
  candidates,
  saes: [],
  corpus: { ...SHORT.corpus, source: `tokens:${workshop.at('ids.npy')}`, tokens: null, blockLength: LENGTH },
})

/** Mean of the naive losses. */
function lossOf({ config, tensors }: PlainModel): number {
  const losses = Array.from({ length: SEQUENCES }, (_, s) => {
    const own = ids.slice(s * LENGTH, (s + 1) * LENGTH)
    return naiveLosses(naiveForward(config, tensors, own).logits, own)
  }).flat()
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}

/** Every matrix of attention and of experts, each expert's by itself, by `change` of [out][in]. */
function changed({ config, tensors }: PlainModel, change: (matrix: number[][]) => number[][]): PlainModel {
  const made = new Map<string, NaiveTensor>(tensors)
  for (const [name, { shape, data }] of tensors) {
    if (!/_proj(\.weight)?$/.test(name)) continue
    const [experts, rows, columns] = shape.length === 3 ? [...shape] : [1, ...shape]
    const values = Float64Array.from(data)
    const isTurned = shape.length === 3
    const [out, input] = isTurned ? [present(columns), present(rows)] : [present(rows), present(columns)]
    for (let expert = 0; expert < present(experts); expert++) {
      const at = (o: number, i: number): number =>
        expert * out * input + (isTurned ? i * out + o : o * input + i)
      const matrix = Array.from({ length: out }, (_, o) =>
        Array.from({ length: input }, (_, i) => present(values[at(o, i)])),
      )
      for (const [o, row] of change(matrix).entries())
        for (const [i, value] of row.entries()) values[at(o, i)] = value
    }
    made.set(name, { shape, data: values })
  }
  return { config, tensors: made }
}

/** q = round(w / s) with s = max|w| / 31, to the even neighbour. */
const rounded = (matrix: number[][]): number[][] =>
  matrix.map((row) => {
    const scale = Math.max(...row.map(Math.abs)) / 31
    return row.map((value) => {
      const nearest = Math.round(value / scale)
      const isHalf = Math.abs(value / scale - Math.trunc(value / scale)) === 0.5
      return (isHalf ? 2 * Math.round(value / scale / 2) : nearest) * scale
    })
  })

const pruned = (matrix: number[][]): number[][] => {
  const sizes = matrix
    .flat()
    .map(Math.abs)
    .sort((a, b) => a - b)
  const limit = present(sizes[Math.floor(0.4 * sizes.length)])
  return matrix.map((row) => row.map((value) => (Math.abs(value) < limit ? 0 : value)))
}

describe.each([
  ['qwen3_moe', qwen3Moe()],
  ['gpt_oss', gptOss()],
] as const)('%s', (name, model) => {
  it('is rounded and pruned expert by expert, whole or a block at a time', async () => {
    const folder = workshop.plain(model, name)
    const { report } = await audit(configOf(folder, ['rtn:6', 'prune:0.4']))
    const streamed = await audit({ ...configOf(folder, ['rtn:6', 'prune:0.4']), weights: 'stream' })
    const expected = [changed(model, rounded), changed(model, pruned)].map(lossOf)
    for (const [c, candidate] of report.candidates.entries()) {
      const { chunked } = candidate.perplexity
      expect(chunked?.referenceLoss).toBeCloseTo(lossOf(model), 5)
      expect(chunked?.candidateLoss).toBeCloseTo(present(expected[c]), 5)
      expect(Math.abs(present(expected[c]) - lossOf(model))).toBeGreaterThan(1e-4)
      expect(streamed.report.candidates[c]?.perplexity.chunked?.candidateLoss).toBeCloseTo(
        chunked?.candidateLoss ?? Number.NaN,
        6,
      )
      expect(candidate.warnings).toEqual([])
    }
    // Two blocks of four attention matrices and four experts: of three matrices, or of two that hold them.
    const matrices = name === 'gpt_oss' ? 2 : 3
    expect(report.candidates[0]?.compression).toMatchObject({
      tensors: 2 * (4 + EXPERTS * matrices),
      parameters: 2 * (D * (64 + 32 + 32 + 64) + EXPERTS * 3 * D * SIZE),
    })
  })
})

describe('quantized artifacts of experts', () => {
  const model = qwen3Moe()
  const chosen = ENCODERS.filter(({ name }) =>
    /^(gptq 4-bit g32 asymmetric v2|awq|pack-quantized int4 g32 dense asym|nvfp4-pack|fp8)/.test(name),
  ).slice(0, 6)
  const packs = (module: string): boolean => /experts\.\d+\./.test(module)

  it('one tensor an expert: as a plain folder with the decoded values', async () => {
    const packed = chosen.map((encoder, i) => workshop.packed(encoder, model, `packed-${i}`, packs))
    const { report } = await audit({
      ...configOf(workshop.plain(model, 'qwen'), packed),
      activations: 'ignore',
    })
    expect(chosen.length).toBeGreaterThan(3)
    for (const [i, encoder] of chosen.entries()) {
      const candidate = report.candidates[i]
      expect(candidate?.compression).toMatchObject({ tensors: 2 * EXPERTS * 3 })
      expect(candidate?.perplexity.chunked?.candidateLoss, encoder.name).toBeCloseTo(
        lossOf(decodedBy(encoder, model, packs)),
        4,
      )
    }
  })
})

describe('gpt-oss in MXFP4, as it is published', () => {
  const magnitudes = [0, 0.5, 1, 1.5, 2, 3, 4, 6]

  /** Codes and exponents drawn; [expert, out, in/32, 16] blocks, and what they mean as [expert, in, out]. */
  function packed(model: PlainModel): { readonly folder: string; readonly decoded: PlainModel } {
    const tensors: Record<string, ReturnType<typeof stored>> = {}
    const decoded = new Map(model.tensors)
    for (const [name, { shape, data }] of model.tensors) {
      const [experts = 1, inputs = 1, outputs = 1] = shape
      if (shape.length !== 3) {
        tensors[name] = stored('F32', shape, Float32Array.from(data))
        continue
      }
      const codes = Array.from(
        { length: experts * outputs * inputs },
        (_, i) => (5 * i + (i >> 3) + (i >> 7)) % 16,
      )
      const exponents = Array.from({ length: codes.length / 32 }, (_, i) => 122 + (i % 3))
      const bytes = Uint8Array.from(
        { length: codes.length / 2 },
        (_, i) => present(codes[2 * i]) + 16 * present(codes[2 * i + 1]),
      )
      tensors[`${name}_blocks`] = stored('U8', [experts, outputs, inputs / 32, 16], bytes)
      tensors[`${name}_scales`] = stored('U8', [experts, outputs, inputs / 32], Uint8Array.from(exponents))
      const values = new Float32Array(codes.length)
      for (const [at, code] of codes.entries()) {
        const [expert, o, i] = [
          Math.floor(at / (outputs * inputs)),
          Math.floor(at / inputs) % outputs,
          at % inputs,
        ]
        const size = present(magnitudes[code % 8]) * 2 ** (present(exponents[Math.floor(at / 32)]) - 127)
        values[(expert * inputs + i) * outputs + o] = code < 8 ? size : -size
      }
      decoded.set(name, { shape, data: values })
    }
    const folder = workshop.at('mxfp4')
    mkdirSync(folder, { recursive: true })
    const config = { ...model.config, quantization_config: { quant_method: 'mxfp4' } }
    writeFileSync(`${folder}/config.json`, JSON.stringify(config))
    writeFileSync(`${folder}/model.safetensors`, safetensorsFile(tensors))
    return { folder, decoded: { ...model, tensors: decoded } }
  }

  it('is a reference of its own values, and a candidate that says what it is', async () => {
    const { folder, decoded } = packed(gptOss())
    const plain = workshop.plain(decoded, 'decoded')
    const { report } = await audit(configOf(folder, [plain, 'rtn:4']))
    const [same, fewer] = report.candidates
    expect(same?.perplexity.chunked?.referenceLoss).toBeCloseTo(lossOf(decoded), 5)
    expect(Math.abs(klOf(same))).toBeLessThan(1e-7)
    expect(klOf(fewer)).toBeGreaterThan(1e-4)
    const back = await audit(configOf(plain, [folder]))
    expect(back.report.candidates[0]?.compression).toMatchObject({ method: 'mxfp4', bits: 4.25, tensors: 16 })
    expect(Math.abs(klOf(back.report.candidates[0]))).toBeLessThan(1e-7)
  })
})
