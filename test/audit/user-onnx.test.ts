/**
 * @file Users' ONNX models as candidates: exports of the fixture models, float and quantized by each of onnxruntime's
 * ways, audited end to end. A float export must be the reference itself; a quantized one must be what its weights are.
 *
 * @module-tag slow
 */
import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, it } from 'vitest'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { calibratedQdq, writeFixture } from '../models/user-onnx/fixture-exports.ts'
import { dynamicLinear, halfLinear, int4Linear, int4Rounded } from '../models/user-onnx/linear-styles.ts'
import { roundedNeox } from '../models/user-onnx/rounded-checkpoint.ts'
import { audit, GEMMA2, NEOX } from './golden-audit.ts'

/** Ten blocks; windows that end in a shorter one. */
const small = (config: AuditConfig, candidates: readonly string[]): AuditConfig => ({
  ...config,
  candidates,
  corpus: { ...config.corpus, tokens: 1000, blockLength: 100 },
  groups: 5,
  perplexity: { chunked: true, sliding: { window: 96, stride: 32 } },
})

/** ρ of the active features of candidate `c` at read-out `r`. */
function correlations(measured: Measurement, c: number, r = 0): number[] {
  const evidence = measured.evidence[c * measured.report.readouts.length + r]
  if (evidence === undefined) throw new RangeError('no such evidence')
  const { active, correlation } = evidence.table
  // A feature that is silent in the candidate has no correlation; it counts as lost.
  return [...correlation].filter((_, j) => active[j] === 1).map((rho) => (Number.isNaN(rho) ? 0 : rho))
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length

/** Loss of candidate `c` beside the reference's, both protocols. */
function losses(measured: Measurement, c: number): (readonly [candidate: number, reference: number])[] {
  const { chunked, sliding } = measured.report.candidates[c]?.perplexity ?? {}
  return [chunked, sliding].map((figures) => [
    figures?.candidateLoss ?? Number.NaN,
    figures?.referenceLoss ?? Number.NaN,
  ])
}

function expectSameModel(measured: Measurement, tolerance: { rho: number; loss: number }, c = 0): void {
  for (const r of measured.report.readouts.keys()) {
    const rho = correlations(measured, c, r)
    expect(Math.min(...rho), `candidate ${c}`).toBeGreaterThan(1 - tolerance.rho)
    expect(mean(rho), `candidate ${c}`).toBeGreaterThan(1 - 1e-5)
  }
  for (const [candidate, reference] of losses(measured, c)) {
    expect(Math.abs(candidate - reference)).toBeLessThan(tolerance.loss)
  }
  const { divergence } = measured.report.candidates[c] ?? {}
  expect(Math.abs(divergence?.klMean ?? Number.NaN)).toBeLessThan(tolerance.loss)
  expect(divergence?.top1Agreement).toBeGreaterThan(1 - 10 * tolerance.loss)
}

const EXACT = { rho: 1e-4, loss: 1e-5 }
/** A JumpReLU is not continuous: one activation that rounding moves over the threshold costs a rare feature 1e-3. */
const JUMPING = { rho: 1e-2, loss: 1e-5 }

const FLOAT_EXPORTS = [
  [
    'neox',
    EXACT,
    [
      ['weights in files beside it', {}],
      ['weights inside, norms spelled out, int32', { inlineBytes: 1e9, norms: 'decomposed', ids: 'int32' }],
      ['weights in float16', { linear: halfLinear }],
      ['norms that add', { norms: 'skip' }],
    ],
  ],
  [
    'gemma2',
    JUMPING,
    [
      ['a cache', { cached: true }],
      ['norms spelled out', { norms: 'decomposed' }],
      ['norms that add', { norms: 'skip', cached: true }],
    ],
  ],
] as const

it.each(FLOAT_EXPORTS)(
  'a float export of %s is the reference, whatever its style',
  async (name, tolerance, styles) => {
    const written: { readonly path: string; readonly beside: readonly string[] }[] = []
    for (const [, style] of styles) {
      const path = await writeFixture(name, style)
      written.push({ path, beside: readdirSync(dirname(path)).sort() })
    }
    const paths = written.map(({ path }) => path)
    const measured = await audit(small(name === 'neox' ? NEOX : GEMMA2, paths))
    for (const [c, { path, beside }] of written.entries()) {
      const [what] = styles[c] ?? ['']
      expectSameModel(measured, tolerance, c)
      const { compression, sha256, revision } = measured.report.candidates[c] ?? {}
      expect(compression, what).toMatchObject({ activations: null })
      expect(sha256, what).toMatch(/^[0-9a-f]{64}$/)
      expect(revision, what).toBeNull()
      expect(readdirSync(dirname(path)).sort(), `${what}: nothing is left in the folder`).toEqual(beside)
    }
  },
)

it('runs what onnxruntime-genai writes: float16, past keys, norms that add', async () => {
  const path = await writeFixture('gemma2', { norms: 'skip', cached: true, type: 'float16' })
  const measured = await audit(small(GEMMA2, [path]))
  expect(mean(correlations(measured, 0))).toBeGreaterThan(0.999)
  for (const [candidate, reference] of losses(measured, 0)) {
    expect(Math.abs(candidate - reference)).toBeLessThan(5e-3)
  }
  expect(measured.report.candidates[0]?.compression).toMatchObject({ method: 'onnx float16', bits: 16 })
})

it('reads the last block, whose sum a fused norm keeps to itself', async () => {
  const path = await writeFixture('neox', { norms: 'skip' })
  const hook = 'blocks.5.hook_resid_post'
  const saes = NEOX.saes.slice(0, 1).map((sae) => ({ ...sae, hook }))
  const measured = await audit({ ...small({ ...NEOX, saes }, [path]), allowBadFit: true })
  expectSameModel(measured, EXACT)
})

it('orders the ways to quantize, and finds int4 to be the weights it stands for', async () => {
  const ids = Int32Array.from({ length: 64 }, (_, i) => (i * 37) % 1024)
  const styles = [
    {},
    { linear: await calibratedQdq('neox', ids) },
    { linear: dynamicLinear },
    { linear: int4Linear(0) },
    { linear: int4Linear(4) },
  ]
  const paths: string[] = []
  for (const style of styles) paths.push(await writeFixture('neox', style))
  const folder = await roundedNeox(int4Rounded)
  const measured = await audit({
    ...small(NEOX, [...paths, folder]),
    perplexity: { chunked: true, sliding: null },
  })
  const [float = 0, qdq = 0, dynamic = 0, int4 = 0, rounded = 0] = paths.map((_, c) =>
    mean(correlations(measured, c)),
  )
  expect(float).toBeGreaterThan(Math.max(qdq, dynamic))
  expect(Math.min(qdq, dynamic)).toBeGreaterThan(int4)
  expect(int4, 'activations rounded to int8 change the features').not.toBeCloseTo(rounded, 6)
  const [own, theirs] = [correlations(measured, 5), correlations(measured, 3)]
  for (const [j, rho] of own.entries()) expect(Math.abs(rho - (theirs[j] ?? 0))).toBeLessThan(1e-4)
  const [[loss = 0] = [], [expected = 0] = []] = [losses(measured, 3)[0], losses(measured, 5)[0]]
  expect(Math.abs(loss - expected)).toBeLessThan(1e-5)
  expect(measured.report.candidates.map(({ compression }) => compression)).toMatchObject([
    { method: 'onnx float32', activations: null },
    { method: 'onnx DequantizeLinear int8', tensors: 36, activations: 'static scales (QuantizeLinear)' },
    {
      method: 'onnx MatMulInteger int8',
      parameters: 1_179_648,
      activations: 'uint8 per tensor, dynamic (DynamicQuantizeLinear)',
    },
    // 4 bits and a float32 scale per 32 weights.
    { method: 'onnx MatMulNBits 4-bit block 32', bits: 5, activations: null },
    {
      method: 'onnx MatMulNBits 4-bit block 32 accuracy_level 4',
      activations: 'int8 per block inside MatMulNBits (accuracy_level 4)',
    },
    null,
  ])
})

it('quantizes activations by the range of one sequence, however many could run together, and says so', async () => {
  const open = await writeFixture('neox', { linear: dynamicLinear })
  const single = await writeFixture('neox', { linear: dynamicLinear, shape: [1, 'sequence'] })
  const measured = await audit({
    ...small(NEOX, [open, single]),
    perplexity: { chunked: true, sliding: null },
  })
  const [together, alone] = measured.report.candidates
  expect(together?.divergence).toEqual(alone?.divergence)
  expect(together?.perplexity).toEqual(alone?.perplexity)
  expect(correlations(measured, 0)).toEqual(correlations(measured, 1))
  expect(together?.warnings.join()).toContain('one sequence a run')
})

it('reads the value that --tap names, and lists what it could be', async () => {
  const path = await writeFixture('neox', { norms: 'skip' })
  const one = { ...small(NEOX, [path]), saes: NEOX.saes.slice(1) }
  const tap = 'skiplayernormalization_117_3'
  await expect(audit({ ...one, tap: 'nowhere' })).rejects.toMatchObject({
    code: 'ONNX_TAP_UNKNOWN',
    message: expect.stringContaining(tap),
  })
  await expect(audit({ ...one, saes: NEOX.saes, tap })).rejects.toMatchObject({ code: 'ONNX_TAP_HOOK' })
  expectSameModel(await audit({ ...one, tap }), EXACT)
})

it('says which width and vocabulary do not fit', async () => {
  const path = await writeFixture('gemma2')
  await expect(audit(small(NEOX, [path]))).rejects.toMatchObject({ code: 'ONNX_TAP_UNCLEAR' })
  const tap = 'add_16_0'
  const saes = NEOX.saes.slice(1)
  await expect(audit({ ...small(NEOX, [path]), saes, tap })).rejects.toMatchObject({
    code: 'MODELS_DIFFER',
    message: expect.stringContaining('width at "add_16_0" is 96'),
  })
})

it('leaves padding of the vocabulary out, and says so', async () => {
  const path = await writeFixture('neox', { padding: 8 })
  const measured = await audit({ ...small(NEOX, [path]), saes: NEOX.saes.slice(1) })
  expectSameModel(measured, EXACT)
  expect(measured.report.candidates[0]?.warnings.join()).toContain('1032 columns')
})

it('runs models of fixed batch and length, and says which length they take', async () => {
  const path = await writeFixture('neox', { shape: [3, 100] })
  const config = { ...small(NEOX, [path]), saes: NEOX.saes.slice(1) }
  await expect(audit(config)).rejects.toMatchObject({ code: 'ONNX_FIXED_LENGTH' })
  const measured = await audit({ ...config, perplexity: { chunked: true, sliding: null } })
  expect(Math.min(...correlations(measured, 0))).toBeGreaterThan(1 - EXACT.rho)
  const [[candidate = 0, reference = 1] = []] = losses(measured, 0)
  expect(Math.abs(candidate - reference)).toBeLessThan(EXACT.loss)
})

it('refuses fused attention on WebGPU, whether an adapter is there or not', async () => {
  const path = await writeFixture('gemma2', {})
  await expect(audit({ ...small(GEMMA2, [path]), device: 'webgpu' })).rejects.toMatchObject({
    code: 'ONNX_FUSED_ATTENTION',
    message: expect.stringContaining('GroupQueryAttention'),
  })
})
