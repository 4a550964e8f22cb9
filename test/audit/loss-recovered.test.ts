/**
 * @file Loss recovered against a float64 decoder into which the replacement is typed, an encoder and sums written out here: no code of
 * the product but the reading of files.
 *
 * @module-tag slow
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileSource } from '../../src/bytes/file.ts'
import { openCheckpoint } from '../../src/checkpoints/open.ts'
import { openSafetensors } from '../../src/checkpoints/safetensors.ts'
import type { LossRecoveredReport } from '../../src/contract/report/causal/recovered-schema.ts'
import { toFloat32 } from '../../src/numbers/half.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { naiveForward } from '../oracle/naive-decoder.ts'
import type { NaiveTensor, Rows } from '../oracle/pieces.ts'
import { audit, NEOX } from './golden-audit.ts'
import { npyInt32, readIds } from './npy.ts'

const SAE = 'fixtures/saes/neox/blocks.4.hook_resid_post'
const [LENGTH, SEQUENCES, D] = [16, 2, 128]

type Tensors = ReadonlyMap<string, NaiveTensor>

const folder = mkdtempSync(join(tmpdir(), 'saegate-recovered-'))
afterAll(() => rmSync(folder, { recursive: true }))

let ids: readonly (readonly number[])[]
let sae: Tensors
/** The reference and the candidate. */
let models: readonly [Tensors, Tensors]
let candidate: string
const config = JSON.parse(readFileSync(`${NEOX.reference}/config.json`, 'utf8'))

beforeAll(async () => {
  const all = (await readIds(NEOX)).subarray(900, 900 + LENGTH * SEQUENCES)
  ids = Array.from({ length: SEQUENCES }, (_, s) => [...all.subarray(s * LENGTH, (s + 1) * LENGTH)])
  writeFileSync(join(folder, 'ids.npy'), npyInt32(all, [SEQUENCES, LENGTH]))
  candidate = 'fixtures/candidates/neox-int6-repaired'
  models = [await readTensors(NEOX.reference), await readTensors(candidate)]
  const table = await openSafetensors(await fileSource(`${SAE}/sae_weights.safetensors`))
  const read = new Map<string, NaiveTensor>()
  for (const { name, shape } of table.entries.values()) {
    const bytes = Uint8Array.from(await table.readBytes(name))
    read.set(name, { shape, data: new Float32Array(bytes.buffer) })
  }
  await table.close()
  sae = read
}, 300_000)

async function readTensors(path: string): Promise<Tensors> {
  const files = await openFiles(path)
  const checkpoint = await openCheckpoint(path, files)
  const tensors = new Map<string, NaiveTensor>()
  for (const { name, shape } of checkpoint.tensors.entries.values())
    tensors.set(name, { shape, data: toFloat32(await checkpoint.tensors.read(name)) })
  await checkpoint.close()
  await files.close()
  return tensors
}

/** relu((x − b_dec) · w_j + b_j) */
function activation(row: Float64Array, j: number): number {
  const of = (name: string): NaiveTensor['data'] => sae.get(name)?.data ?? new Float32Array()
  const [encoder, bias, centre] = [of('W_enc'), of('b_enc'), of('b_dec')]
  let z = bias[j] ?? Number.NaN
  for (let i = 0; i < D; i++) z += (row[i]! - centre[i]!) * encoder[i * bias.length + j]!
  return Math.max(0, z)
}

/** b_dec + relu((x − b_dec) · W_enc + b_enc) · W_dec */
function rebuilt(row: Float64Array): Float64Array {
  const of = (name: string): NaiveTensor['data'] => sae.get(name)?.data ?? new Float32Array()
  const [encoder, bias, centre, decoder] = [of('W_enc'), of('b_enc'), of('b_dec'), of('W_dec')]
  const out = Float64Array.from(centre)
  for (let j = 0; j < bias.length; j++) {
    let z = bias[j] ?? Number.NaN
    for (let i = 0; i < D; i++) z += (row[i]! - centre[i]!) * encoder[i * bias.length + j]!
    if (z <= 0) continue
    for (let i = 0; i < D; i++) out[i] = out[i]! + z * decoder[j * D + i]!
  }
  return out
}

const logProbabilities = (logits: Float64Array): Float64Array => {
  const peak = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const sum = peak + Math.log(logits.reduce((total, logit) => total + Math.exp(logit - peak), 0))
  return logits.map((logit) => logit - sum)
}

/** Σ loss and Σ KL(clean ‖ replaced) over the predictions, one per sequence; positions before `skip` keep their value. */
function naive(m: 0 | 1, hook: string, skip: number) {
  const clean = ids.map((sequence) => naiveForward(config, models[m], sequence, new Map()))
  const values = clean.map(({ hooks }) => hooks.get(hook) ?? [])
  const counted = values.flatMap((rows) => rows.slice(skip))
  const mean = Float64Array.from({ length: D }, (_, i) =>
    counted.reduce((sum, row) => sum + row[i]! / counted.length, 0),
  )
  const replaced = (replace: (row: Float64Array) => Float64Array) =>
    ids.map((sequence, s) => {
      const edit = (rows: Rows): Rows => rows.map((row, t) => (t < skip ? row : replace(row)))
      const { logits } = naiveForward(config, models[m], sequence, new Map([[hook, edit]]))
      let [loss, kl] = [0, 0]
      for (let t = 0; t < LENGTH - 1; t++) {
        const [p, q] = [logProbabilities(clean[s]!.logits[t]!), logProbabilities(logits[t]!)]
        loss -= q[sequence[t + 1]!]!
        kl += p.reduce((sum, log, v) => sum + Math.exp(log) * (log - q[v]!), 0)
      }
      return { loss, kl }
    })
  return {
    clean: replaced((row) => row),
    sae: replaced(rebuilt),
    zero: replaced((row) => row.map(() => 0)),
    mean: replaced(() => mean),
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0)

async function measured(
  positions: 'all' | 'skip-first',
  hook: string | null = null,
  more: object = {},
): Promise<LossRecoveredReport> {
  const { report } = await audit({
    ...NEOX,
    candidates: [candidate],
    saes: [{ source: SAE, hook, center: null }],
    corpus: { ...NEOX.corpus, source: `tokens:${join(folder, 'ids.npy')}`, blockLength: LENGTH },
    positions,
    allowBadFit: true,
    lossRecovered: true,
    ...more,
  })
  const found = report.candidates[0]?.features[0]?.lossRecovered
  if (found === undefined) throw new Error('no loss was recovered')
  return found
}

describe.each([
  { hook: 'blocks.4.hook_resid_post', positions: 'skip-first', skip: 1 },
  { hook: 'blocks.3.hook_mlp_out', positions: 'all', skip: 0 },
] as const)('with what an SAE rebuilds at $hook, $positions', ({ hook, positions, skip }) => {
  it('loses what a decoder loses into which it is typed', async () => {
    const own = hook === 'blocks.4.hook_resid_post' ? null : hook
    const { figures, groups, replaced, tokens } = await measured(positions, own)
    expect(replaced).toBe(hook)
    expect(sum(tokens)).toBe(SEQUENCES * (LENGTH - 1))
    for (const [m, of] of [groups.reference, groups.candidate].entries()) {
      const expected = naive(m === 0 ? 0 : 1, hook, skip)
      const loss = (name: keyof typeof expected): number => sum(expected[name].map((one) => one.loss))
      const kl = (name: keyof typeof expected): number => sum(expected[name].map((one) => one.kl))
      expect(sum(of.cleanLoss)).toBeCloseTo(loss('clean'), 3)
      for (const name of ['sae', 'zero', 'mean'] as const) {
        expect(Math.abs(sum(of[`${name}Loss`]) / loss(name) - 1)).toBeLessThan(2e-5)
        expect(Math.abs(sum(of[`${name}Kl`]) - kl(name))).toBeLessThan(1e-4 * (1 + kl(name)))
      }
      const by = m === 0 ? 'reference' : 'candidate'
      const [byLoss, byKl] = figures
      const s = (loss('zero') - loss('sae')) / (loss('zero') - loss('clean'))
      expect(byLoss?.[by]).toBeCloseTo(s, 3)
      expect(byKl?.[by]).toBeCloseTo(1 - kl('sae') / kl('zero'), 3)
    }
    const [byLoss] = figures
    expect(byLoss?.delta).toBeCloseTo((byLoss?.candidate ?? 0) - (byLoss?.reference ?? 0), 12)
  }, 120_000)
})

it('scales directions as the definition does, position by position', async () => {
  const { report, evidence } = await audit({
    ...NEOX,
    candidates: [candidate],
    saes: [{ source: SAE, hook: null, center: null }],
    corpus: { ...NEOX.corpus, source: `tokens:${join(folder, 'ids.npy')}`, blockLength: LENGTH },
    thresholds: { ...NEOX.thresholds, active: 0.2 },
    positions: 'all',
    allowBadFit: true,
    latentScaling: true,
  })
  const hook = 'blocks.4.hook_resid_post'
  const [own, other] = models.map((tensors) =>
    ids.flatMap((sequence) => naiveForward(config, tensors, sequence, new Map()).hooks.get(hook) ?? []),
  )
  const { active, latents } = evidence[0]!.table
  const features = Array.from(active.keys()).filter((j) => active[j] === 1)
  const told = report.candidates[0]?.features[0]?.latentScaling
  expect(told?.reconstruction.features).toBe(features.length)
  for (const j of features.slice(0, 8)) {
    const d = Array.from({ length: D }, (_, i) => sae.get('W_dec')?.data[j * D + i] ?? Number.NaN)
    const dot = (y: Float64Array): number => d.reduce((sum, value, i) => sum + value * y[i]!, 0)
    // Without ‖d‖² Σ f², which both models share.
    const beta = (rows: Rows, target: (row: Float64Array) => Float64Array): number =>
      sum(rows.map((row, t) => activation(own![t]!, j) * dot(target(row))))
    const left = (row: Float64Array): Float64Array => {
      const [made, f] = [rebuilt(row), activation(row, j)]
      return row.map((x, i) => x - made[i]! + f * d[i]!)
    }
    const expected = {
      reconstruction: beta(other!, rebuilt) / beta(own!, rebuilt),
      error: beta(other!, left) / beta(own!, left),
    }
    expect(latents?.reconstruction[j]).toBeCloseTo(expected.reconstruction, 3)
    expect(latents?.error[j]).toBeCloseTo(expected.error, 3)
  }
}, 120_000)

it('comes out alike of a model that is run one block at a time', async () => {
  const [whole, streamed] = [
    await measured('all', 'blocks.3.hook_mlp_out'),
    await measured('all', 'blocks.3.hook_mlp_out', { weights: 'stream' }),
  ]
  for (const [i, { delta }] of whole.figures.entries())
    expect(streamed.figures[i]?.delta).toBeCloseTo(delta ?? Number.NaN, 4)
}, 120_000)
