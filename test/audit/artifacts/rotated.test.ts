/**
 * A llama whose residual stream was turned as QuaRot and SpinQuant do it: norm gains folded into the layers that read,
 * every matrix that reads or writes the residual multiplied by one orthogonal R. It computes the same function.
 *
 * @module-tag slow
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { rotationBetween } from '../../../src/audit/subjects/basis/procrustes.ts'
import type { AuditConfig } from '../../../src/contract/options/audit-config.ts'
import { writeModel } from '../../models/user-onnx/export-decoder.ts'
import { exportFolder } from '../../models/user-onnx/fixture-exports.ts'
import { floatLinear, type LinearStyle } from '../../models/user-onnx/linear-styles.ts'
import type { NaiveTensor } from '../../oracle/pieces.ts'
import { RandomSource } from '../../oracle/random-source.ts'
import { audit } from '../golden-audit.ts'
import { idsFile, type PlainModel, randomLlama, Workshop } from './make.ts'
import { klOf, SHORT, worstCorrelations } from './short.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

const D = 64
const CPU = { kind: 'cpu', threads: 1, bodyType: 'float32' } as const
const random = new RandomSource(11)

/** Rows orthonormal, by Gram and Schmidt, float64. */
function orthogonal(d: number): Float64Array[] {
  const rows: Float64Array[] = []
  while (rows.length < d) {
    let row = Float64Array.from({ length: d }, () => random.normal())
    for (const other of rows) {
      const along = row.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0)
      row = row.map((value, i) => value - along * (other[i] ?? 0))
    }
    const length = Math.hypot(...row)
    rows.push(row.map((value) => value / length))
  }
  return rows
}

/** X·R for X [n, d], each column of X first scaled by `gain`. */
function timesR({ shape, data }: NaiveTensor, R: readonly Float64Array[], gain?: NaiveTensor): NaiveTensor {
  const [n = 0, d = 0] = shape
  const out = new Float32Array(n * d)
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < d; c++) {
      let sum = 0
      for (let k = 0; k < d; k++) sum += (data[r * d + k] ?? 0) * (gain?.data[k] ?? 1) * (R[k]?.[c] ?? 0)
      out[r * d + c] = sum
    }
  }
  return { shape, data: out }
}

function turned({ shape: [m = 0, n = 0], data }: NaiveTensor): NaiveTensor {
  return {
    shape: [n, m],
    data: Float32Array.from({ length: m * n }, (_, i) => data[(i % m) * n + Math.floor(i / m)] ?? 0),
  }
}

/** Layers of which little is left: their outputs are the reference's no longer. */
const noisyLinear: LinearStyle = (g, x, w) =>
  floatLinear(g, x, { ...w, matrix: w.matrix.map((value, i) => value * (1 + Math.sin(i * i))) })

/** `size`: the residual stream is so many times as large, which norms undo. */
function rotatedModel({ config, tensors }: PlainModel, R: readonly Float64Array[], size = 1): PlainModel {
  const writes = ({ shape, data }: NaiveTensor): NaiveTensor => ({ shape, data: data.map((x) => x * size) })
  const out = new Map<string, NaiveTensor>()
  const gain = (name: string): NaiveTensor | undefined => tensors.get(name)
  for (const [name, tensor] of tensors) {
    const block = /^model\.layers\.\d+\./.exec(name)?.[0] ?? ''
    if (/norm\.weight$/.test(name)) out.set(name, { ...tensor, data: tensor.data.map(() => 1) })
    else if (/[qkv]_proj/.test(name)) out.set(name, timesR(tensor, R, gain(`${block}input_layernorm.weight`)))
    else if (/gate_proj|up_proj/.test(name))
      out.set(name, timesR(tensor, R, gain(`${block}post_attention_layernorm.weight`)))
    else if (/o_proj|down_proj/.test(name)) out.set(name, writes(turned(timesR(turned(tensor), R))))
    else if (name === 'lm_head.weight') out.set(name, timesR(tensor, R, gain('model.norm.weight')))
    else out.set(name, writes(timesR(tensor, R)))
  }
  return { config, tensors: out }
}

/** The same folder with another config. */
function withConfig(folder: string, name: string, more: object): string {
  mkdirSync(workshop.at(name))
  const config = { ...JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')), ...more }
  writeFileSync(join(workshop.at(name), 'config.json'), JSON.stringify(config))
  writeFileSync(join(workshop.at(name), 'model.safetensors'), readFileSync(join(folder, 'model.safetensors')))
  return workshop.at(name)
}

const model = randomLlama('llama', 256)
const R = orthogonal(D)
const rotated = workshop.plain(rotatedModel(model, R), 'rotated')
const config: AuditConfig = {
  ...SHORT,
  reference: workshop.plain(model, 'reference'),
  candidates: [rotated],
  saes: [{ source: workshop.randomSae(D, 1, 'sae'), hook: null, center: null }],
  corpus: { ...SHORT.corpus, source: `tokens:${idsFile(workshop, 256)}`, blockLength: 32, tokens: null },
  allowBadFit: true,
}
const transform = (location: string) => ({
  quantization_config: {
    quant_method: 'compressed-tensors',
    format: 'dense',
    transform_config: {
      config_groups: { R1: { type: 'hadamard', apply: [{ targets: ['Linear'], location }] } },
    },
  },
})

describe('rotated candidates', () => {
  it('are refused by what the embeddings say, naming --unrotate', async () => {
    const refused = { code: 'CANDIDATE_ROTATED', exitStatus: 2, fix: expect.stringContaining('--unrotate') }
    await expect(audit(config)).rejects.toMatchObject(refused)
  })

  it('are turned back with --unrotate, and are then the reference', async () => {
    const measured = await audit({ ...config, unrotate: true })
    const [candidate] = measured.report.candidates
    expect(klOf(candidate)).toBeLessThan(1e-5)
    expect(Math.min(...worstCorrelations(measured))).toBeGreaterThan(1 - 1e-4)
    expect(candidate?.warnings.join()).toMatch(/turned back .* leaves \S+ % of the embedding unexplained/)
  })

  it('are refused by their config, even where the embeddings look the same', async () => {
    const declared = withConfig(config.reference, 'declared', transform('weight_input'))
    const refused = { code: 'CANDIDATE_ROTATED', message: expect.stringContaining('transform_config') }
    await expect(audit({ ...config, candidates: [declared] })).rejects.toMatchObject(refused)
    const measured = await audit({ ...config, candidates: [declared], unrotate: true })
    expect(Math.min(...worstCorrelations(measured))).toBeGreaterThan(1 - 1e-4)
  })

  it('are refused always where they rotate activations at run time', async () => {
    const online = withConfig(rotated, 'online', transform('input'))
    const refused = { code: 'ROTATION_AT_RUN_TIME', exitStatus: 2 }
    await expect(audit({ ...config, candidates: [online], unrotate: true })).rejects.toMatchObject(refused)
  })

  it('are refused with the number where no rotation fits', async () => {
    const other = randomLlama('llama', 256, 99)
    const declared = withConfig(workshop.plain(other, 'other'), 'misfit', transform('weight_input'))
    await expect(audit({ ...config, candidates: [declared], unrotate: true })).rejects.toMatchObject({
      code: 'ROTATION_INEXACT',
      message: expect.stringMatching(/leaves \d+\.\d % unexplained, at most 2 %/),
    })
  })
})

describe('rotated candidates of other kinds', () => {
  it('are found where they are larger too, and turned back to their size', async () => {
    const scaled = workshop.plain(rotatedModel(model, R, 4), 'scaled')
    const refused = { code: 'CANDIDATE_ROTATED', message: expect.stringMatching(/4\.00 times as large/) }
    await expect(audit({ ...config, candidates: [scaled] })).rejects.toMatchObject(refused)
    const measured = await audit({ ...config, candidates: [scaled], unrotate: true })
    expect(klOf(measured.report.candidates[0])).toBeLessThan(1e-4)
    expect(Math.min(...worstCorrelations(measured))).toBeGreaterThan(1 - 1e-3)
  })

  it('are found in ONNX models, however much was lost besides, and told what helps there', async () => {
    const candidates = await Promise.all(
      [rotated, workshop.plain(rotatedModel(model, R, 4), 'scaled-onnx')].map(async (folder) =>
        writeModel(await exportFolder(folder, { linear: noisyLinear }), `${folder}-onnx`),
      ),
    )
    const refused = {
      code: 'CANDIDATE_ROTATED',
      message: expect.stringContaining('its embedding has the reference'),
      fix: expect.not.stringContaining('Pass --unrotate'),
    }
    for (const candidate of candidates)
      for (const unrotate of [false, true])
        await expect(audit({ ...config, candidates: [candidate], unrotate })).rejects.toMatchObject(refused)
    const straight = writeModel(await exportFolder(config.reference), workshop.at('straight-onnx'))
    const measured = await audit({ ...config, candidates: [straight] })
    expect(klOf(measured.report.candidates[0])).toBeLessThan(1e-5)
  })
})

describe('the rotation between two matrices', () => {
  const rows = 300
  const A = Float32Array.from({ length: rows * D }, (_, i) => random.normal() * 10 ** -((i % D) / 20))
  const reader = (data: Float32Array) => (start: number, end: number) => data.subarray(start * D, end * D)

  it('is the one that was applied, though directions differ a thousandfold in size', async () => {
    const R = orthogonal(D)
    const B = Float32Array.from(timesR({ shape: [rows, D], data: A }, R).data)
    const found = await rotationBetween(reader(A), reader(B), [rows, D], CPU)
    expect(found?.error).toBeLessThan(1e-6)
    for (let i = 0; i < D * D; i++) {
      expect(Math.abs((found?.R[i] ?? 0) - (R[Math.floor(i / D)]?.[i % D] ?? 0))).toBeLessThan(1e-4)
    }
  })

  it('is none for fewer rows than columns', async () => {
    expect(await rotationBetween(reader(A), reader(A), [D - 1, D], CPU)).toBeNull()
  })

  it('leaves the noise that was added', async () => {
    const R = orthogonal(D)
    const exact = Float32Array.from(timesR({ shape: [rows, D], data: A }, R).data)
    const B = exact.map((value) => value + 0.05 * random.normal())
    const size = Math.sqrt(B.reduce((sum, value) => sum + value ** 2, 0))
    const found = await rotationBetween(reader(A), reader(B), [rows, D], CPU)
    expect(found?.error).toBeGreaterThan((0.8 * 0.05 * Math.sqrt(rows * D)) / size)
    expect(found?.error).toBeLessThan((1.05 * 0.05 * Math.sqrt(rows * D)) / size)
  })
})
