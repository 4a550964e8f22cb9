/**
 * @file A llama whose residual stream is 0.6 times as large, which its norms undo: the same outputs, and to a dictionary of the
 * reference every activation moved.
 *
 * @module-tag slow
 */
import { afterAll, describe, expect, it } from 'vitest'
import { createRowStore } from '../../../src/audit/capture/row-store.ts'
import { isRescaled, scalingBetween } from '../../../src/audit/features/scaling.ts'
import { scalingOf } from '../../../src/audit/sums/residual-sums.ts'
import type { AuditConfig } from '../../../src/contract/options/audit-config.ts'
import { judge } from '../../../src/policy/judge.ts'
import { loadPolicy } from '../../../src/policy/reading/load.ts'
import { RandomSource } from '../../oracle/random-source.ts'
import { audit } from '../golden-audit.ts'
import { sampled } from '../sampled.ts'
import { idsFile, type PlainModel, randomLlama, Workshop } from './make.ts'
import { klOf, SHORT, worstCorrelations } from './short.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

const D = 64
const FACTOR = 0.6

/** Everything that writes to the residual stream, times a factor. */
function rescaled({ config, tensors }: PlainModel): PlainModel {
  const out = [...tensors].map(([name, { shape, data }]) => {
    const writes = /o_proj|down_proj|embed_tokens/.test(name)
    return [name, { shape, data: writes ? data.map((value) => value * FACTOR) : data }] as const
  })
  return { config, tensors: new Map(out) }
}

const model = randomLlama('llama', 256)
const config: AuditConfig = {
  ...SHORT,
  reference: workshop.plain(model, 'reference'),
  candidates: [workshop.plain(rescaled(model), 'smaller')],
  saes: [{ source: workshop.randomSae(D, 1, 'sae'), hook: null, center: null }],
  corpus: { ...SHORT.corpus, source: `tokens:${idsFile(workshop, 256)}`, blockLength: 32, tokens: null },
  allowBadFit: true,
}

const POLICY = `
version: 1
name: rescaled
rules:
  - {id: survival, metric: features.survived, min: 0.9}
  - {id: damage, metric: features.damaged, max: 0.01}
  - {id: dissociation, metric: dissociation, equals: false}
  - {id: kl, metric: divergence.klMean, max: 0.01}
`

describe('a rescaled candidate', () => {
  it('is measured to the end, named with its factor, and no damage is claimed', async () => {
    const measured = await audit(config)
    const [candidate] = measured.report.candidates
    expect(candidate?.features[0]?.rescaled).toBeCloseTo(FACTOR, 2)
    expect(candidate?.warnings.join()).toMatch(
      /not evaluable: at blocks\.1\.hook_resid_post .* is 0\.600\d? times .* \(KL 0\.000.*--rescale divides/,
    )
    const policy = await loadPolicy('policy.yaml', async () => POLICY)
    const judged = judge(measured, policy, { today: '2026-01-01', policySha256: '', baseline: null })
    const status = Object.fromEntries(
      judged.candidates[0]?.rules.map(({ id, status: found }) => [id, found]) ?? [],
    )
    expect(status).toEqual({
      survival: 'inconclusive',
      damage: 'inconclusive',
      dissociation: expect.stringMatching(/inconclusive|fail/),
      kl: expect.stringMatching(/pass|fail/),
    })
    expect(judged.candidates[0]?.dissociation.flag).toBe(false)
  })

  it('is the reference once the factor is divided out', async () => {
    const measured = await audit({ ...config, rescale: true })
    const [candidate] = measured.report.candidates
    expect(klOf(candidate)).toBeLessThan(1e-3)
    expect(Math.min(...worstCorrelations(measured))).toBeGreaterThan(1 - 1e-3)
    expect(candidate?.features[0]?.residualError).toBeLessThan(0.01)
    expect(candidate?.features[0]?.rescaled).toBeUndefined()
    expect(candidate?.warnings.join()).toMatch(/is 0\.600\d? times the reference's; it was divided by that/)
  })

  it('is not what rounding makes', async () => {
    const measured = await audit({ ...config, candidates: ['rtn:4', 'rtn:8'], rescale: true })
    expect(measured.report.candidates.flatMap(({ warnings }) => warnings).join()).not.toMatch(/divided/)
  })
})

describe('the factor between two residual streams', () => {
  const random = new RandomSource(4)
  const [rows, width] = [200, 8]
  const all = Int32Array.from({ length: rows }, (_, row) => row)
  const between = async (change: (value: number, row: number) => number) => {
    const x = Float32Array.from({ length: rows * width }, () => random.normal())
    const stores = [x, x.map((value, i) => change(value, Math.floor(i / width)))].map(async (values) => {
      const store = await createRowStore(rows, width, { bytesLeft: 1e9 })
      await store.write(0, values)
      return { store, center: false }
    })
    const [reference, candidate] = await Promise.all(stores)
    if (reference === undefined || candidate === undefined) throw new Error('no rows')
    return scalingOf(await scalingBetween(reference, candidate, sampled(all)))
  }

  it('is found through a little noise', async () => {
    const found = await between((value) => 1.5 * value + 0.01 * random.normal())
    expect(found.factor).toBeCloseTo(1.5, 2)
    expect(isRescaled(found)).toBe(true)
  })

  it.each([
    ['noise', (value: number) => value + 0.3 * random.normal()],
    [
      'a first position that is longer, and no other',
      (value: number, row: number) => (row === 0 ? 100 : 1) * value,
    ],
    [
      'rows that each have a factor of their own',
      (value: number, row: number) => (row % 2 === 0 ? 0.5 : 1.5) * value,
    ],
    ['nothing', (value: number) => value],
    ['another sign', (value: number) => -value],
  ])('is none for %s', async (_, change) => {
    expect(isRescaled(await between(change))).toBe(false)
  })
})
