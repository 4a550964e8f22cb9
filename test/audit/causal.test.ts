/**
 * @file What features cause, against a float64 decoder with the intervention typed into it, an encoder and sums written out here: no code
 * of the product but the reading of files.
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
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { CausalReport } from '../../src/contract/report/causal/causal-schema.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { toFloat32 } from '../../src/numbers/half.ts'
import { causalText } from '../../src/report/experiments/causal-text.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { naiveForward } from '../oracle/naive-decoder.ts'
import type { NaiveTensor, Rows } from '../oracle/pieces.ts'
import { audit, NEOX } from './golden-audit.ts'
import { npyInt32, readIds } from './npy.ts'

const HOOK = 'blocks.4.hook_resid_post'
const SAE = `fixtures/saes/neox/${HOOK}`
const [LENGTH, SEQUENCES, D] = [20, 3, 128]
const FEATURES = 3

type Tensors = ReadonlyMap<string, NaiveTensor>

const folder = mkdtempSync(join(tmpdir(), 'saegate-causal-'))
afterAll(() => rmSync(folder, { recursive: true }))

let measured: Measurement
let causal: CausalReport
let ids: readonly (readonly number[])[]
let models: readonly [Tensors, Tensors]
let sae: Tensors
const config = JSON.parse(readFileSync(`${NEOX.reference}/config.json`, 'utf8'))

beforeAll(async () => {
  const all = (await readIds(NEOX)).subarray(500, 500 + LENGTH * SEQUENCES)
  ids = Array.from({ length: SEQUENCES }, (_, s) => [...all.subarray(s * LENGTH, (s + 1) * LENGTH)])
  writeFileSync(join(folder, 'ids.npy'), npyInt32(all, [SEQUENCES, LENGTH]))
  measured = await audit(CONFIG())
  const found = measured.report.candidates[0]?.features[0]?.causal
  if (found === undefined) throw new Error('nothing causal was measured')
  causal = found
  const reference = await readTensors(NEOX.reference)
  models = [reference, roundedTo3(reference)]
  const table = await openSafetensors(await fileSource(`${SAE}/sae_weights.safetensors`))
  const read = new Map<string, NaiveTensor>()
  for (const { name, shape } of table.entries.values()) {
    const bytes = Uint8Array.from(await table.readBytes(name))
    read.set(name, { shape, data: new Float32Array(bytes.buffer) })
  }
  await table.close()
  sae = read
}, 300_000)

const CONFIG = (): AuditConfig => ({
  ...NEOX,
  candidates: ['rtn:3'],
  saes: [{ source: SAE, hook: null, center: null }],
  corpus: { ...NEOX.corpus, source: `tokens:${join(folder, 'ids.npy')}`, blockLength: LENGTH },
  thresholds: { ...NEOX.thresholds, active: 0.05 },
  causal: { features: FEATURES, sequences: SEQUENCES, controls: 4 },
})

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

const halfToEven = (x: number): number => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x))

/** Each row of a block's matrices to integers of at most 3 times a scale of its own. */
function roundedTo3(tensors: Tensors): Tensors {
  return new Map(
    [...tensors].map(([name, { shape, data }]) => {
      if (!/layers\.\d+\.(attention|mlp)\..*weight$/.test(name)) return [name, { shape, data }]
      const width = shape[1] ?? 1
      const rounded = Float64Array.from(data)
      for (let row = 0; row < data.length; row += width) {
        const scale = Math.max(...Array.from(data.subarray(row, row + width), Math.abs)) / 3
        for (let i = row; i < row + width; i++) rounded[i] = halfToEven((data[i] ?? 0) / scale) * scale
      }
      return [name, { shape, data: rounded }]
    }),
  )
}

/** max(0, (x − b_dec) · w_j + b_j), position by position. */
function activations(rows: Rows, j: number): number[] {
  const of = (name: string): NaiveTensor['data'] => sae.get(name)?.data ?? new Float32Array()
  const [encoder, bias, centre] = [of('W_enc'), of('b_enc'), of('b_dec')]
  const width = bias.length
  return rows.map((row) => {
    let z = bias[j] ?? Number.NaN
    for (let i = 0; i < D; i++) z += ((row[i] ?? 0) - (centre[i] ?? 0)) * (encoder[i * width + j] ?? 0)
    return Math.max(0, z)
  })
}

const direction = (j: number): number[] =>
  Array.from({ length: D }, (_, i) => sae.get('W_dec')?.data[j * D + i] ?? Number.NaN)

const logProbabilities = (logits: Float64Array): Float64Array => {
  const peak = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const sum = peak + Math.log(logits.reduce((total, logit) => total + Math.exp(logit - peak), 0))
  return logits.map((logit) => logit - sum)
}

/** Log probabilities of a sequence where `added[t]` times the direction is added at the hook. */
function forward(
  model: 0 | 1,
  sequence: readonly number[],
  added?: { by: readonly number[]; of: readonly number[] },
) {
  const edits = new Map(
    added === undefined
      ? []
      : [
          [
            HOOK,
            (rows: Rows) =>
              rows.map((row, t) => row.map((x, i) => x + (added.by[t] ?? 0) * (added.of[i] ?? 0))),
          ] as const,
        ],
  )
  const { logits, hooks } = naiveForward(config, models[model], sequence, edits)
  return { log: logits.map(logProbabilities), rows: hooks.get(HOOK) ?? [] }
}

type Strength = (own: number, reference: number, peak: number) => number

const STRENGTHS: readonly Strength[] = [
  (own) => -own,
  (_, reference) => -reference,
  (_own, _reference, peak) => 0.5 * peak,
  (_own, _reference, peak) => peak,
  (_own, _reference, peak) => 2 * peak,
]

function naiveEffect(j: number, strength: Strength) {
  const plain = ids.map((sequence) => ([0, 1] as const).map((m) => forward(m, sequence)))
  const f = plain.map((of) => of.map(({ rows }) => activations(rows, j)))
  const peak = Math.max(...f.flatMap(([own = []]) => own))
  const sums = { rr: 0, rc: 0, cc: 0, klR: 0, klC: 0, lossR: 0, lossC: 0, n: 0 }
  for (const [s, sequence] of ids.entries()) {
    const own = f[s]?.[0] ?? []
    const first = own.findIndex((a) => a > 0)
    if (first < 0 || first >= LENGTH - 1) continue
    const moved = ([0, 1] as const).map((m) => {
      const by = own.map((a, t) => (a > 0 ? strength(f[s]?.[m]?.[t] ?? 0, a, peak) : 0))
      return forward(m, sequence, { by, of: direction(j) }).log
    })
    for (let t = first; t < LENGTH - 1; t++) {
      const [p = [], q = []] = plain[s]?.map(({ log }) => log[t]) ?? []
      const [pDo = [], qDo = []] = moved.map((log) => log[t])
      sums.n++
      const next = sequence[t + 1] ?? 0
      sums.lossR += (p[next] ?? 0) - (pDo[next] ?? 0)
      sums.lossC += (q[next] ?? 0) - (qDo[next] ?? 0)
      for (let v = 0; v < p.length; v++) {
        const [e, k] = [(pDo[v] ?? 0) - (p[v] ?? 0), (qDo[v] ?? 0) - (q[v] ?? 0)]
        const weight = Math.exp(p[v] ?? 0)
        sums.rr += weight * e * e
        sums.rc += weight * e * k
        sums.cc += weight * k * k
        sums.klR -= weight * e
        sums.klC -= Math.exp(q[v] ?? 0) * k
      }
    }
  }
  return sums
}

describe('what features cause', () => {
  it('is that of a float64 decoder with the intervention typed in', () => {
    expect(causal.features).toHaveLength(FEATURES)
    for (const { feature, positions, effects } of causal.features) {
      for (const [i, effect] of effects.entries()) {
        const { rr, rc, cc, klR, klC, lossR, lossC, n } = naiveEffect(
          feature,
          STRENGTHS[i] ?? (() => Number.NaN),
        )
        expect(positions).toBe(n)
        const what = `feature ${feature}, ${effect.edit} ${effect.strength}`
        const near = (found: number, wanted: number, least = 1e-6): void =>
          expect(Math.abs(found - wanted), what).toBeLessThan(least + 2e-4 * Math.abs(wanted))
        // What float32 leaves of e, about 5e-6, beside its size √(2 KL).
        const small = 1e-5 + 5e-6 / Math.sqrt((2 * Math.min(klR, cc > 0 ? klC : klR)) / n)
        near(effect.agreement, cc > 0 ? rc / Math.sqrt(rr * cc) : 0, small)
        near(effect.slope, rc / rr, small * Math.max(1, rc / rr))
        near(effect.referenceKl, klR / n)
        near(effect.candidateKl, klC / n)
        near(effect.referenceLoss, lossR / n, 5e-6)
        near(effect.candidateLoss, lossC / n, 5e-6)
      }
    }
  }, 300_000)

  it('is so where what lies before the first firing is computed once for all edits', () => {
    const firsts = causal.features.flatMap(({ feature }) =>
      ids.map((sequence) => activations(forward(0, sequence).rows, feature).findIndex((a) => a > 0)),
    )
    // Four rows at a time.
    expect(Math.max(...firsts)).toBeGreaterThanOrEqual(4)
    expect(Math.max(...firsts)).toBeLessThan(LENGTH - 1)
  })

  it('of the reference against itself agrees to six decimals', () => {
    expect(Math.abs((causal.controls.selfAgreement ?? 0) - 1)).toBeLessThan(5e-7)
  })

  it('is counted once in the table, or as no effect', () => {
    const { survived, notSurvived } = causal.table
    const counts = [survived, notSurvived].flatMap((row) => Object.values(row))
    expect(counts.reduce((sum, count) => sum + count, causal.noEffect)).toBe(FEATURES)
    // Three sequences: no halves, so nothing is decided.
    for (const { verdict, effects } of causal.features) {
      expect(['undecided', 'none']).toContain(verdict)
      expect(effects[0]?.agreementCi).toBeNull()
    }
  })

  it('is told', () => {
    const text = causalText(measured.report)
    expect(text).toContain('Does ρ predict the effect?')
    expect(text).toContain('C = 1.000000')
  })
})

describe('what features cause, asked for in vain,', () => {
  it('is refused of features that there are not, and of those that never fire, before candidates are run', async () => {
    const { firingRate } = measured.evidence[0]?.table ?? {}
    const silent = firingRate?.indexOf(0) ?? -1
    expect(silent).toBeGreaterThanOrEqual(0)
    const asked = (ids: readonly number[]) =>
      audit({ ...CONFIG(), watched: [{ readouts: null, layers: null, ids }] })
    await expect(asked([5, 99_999])).rejects.toMatchObject({ code: 'WATCHED_UNKNOWN' })
    await expect(asked([silent])).rejects.toMatchObject({ code: 'CAUSAL_SILENT' })
  })

  it.each<[string, Partial<AuditConfig>]>([
    ['CAUSAL_HOOK', { saes: [{ source: SAE, hook: 'blocks.5.hook_resid_post', center: null }] }],
    ['CAUSAL_HOOK', { saes: [{ source: SAE, hook: 'blocks.4.hook_mlp_out', center: null }] }],
    ['CAUSAL_LOSSES', { perplexity: { chunked: false, sliding: null } }],
    ['CAUSAL_STREAMED', { weights: 'stream' }],
  ])('is refused: %s', async (code, asked) => {
    await expect(audit({ ...CONFIG(), ...asked, allowBadFit: true })).rejects.toMatchObject({ code })
  })
})
