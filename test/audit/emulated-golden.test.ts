/**
 * @file Audits in emulated 16 bit against float64 PyTorch. Counts of classes may differ by the features that the report's own engine
 * noise leaves open, and by few; losses, KL and ρ by what 8 or 11 bits leave. SAEGATE_EVERY_CONDITION=1 runs every condition of the
 * golden files in both types (minutes); else one of each fixture.
 *
 * @module-tag slow
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { audit, CONDITIONS, GEMMA2, type Golden, NEOX, readGolden } from './golden-audit.ts'

/** Of the mean loss and of KL, relative; of mean ρ; features that may change their class. */
const BOUNDS = {
  float16: { loss: 5e-5, rho: 5e-5, kl: 1e-3, few: 2 },
  bfloat16: { loss: 5e-4, rho: 5e-4, kl: 2e-2, few: 4 },
} as const
/** KL of the NeoX fixture on the same text; there is none of the other. */
const KL = readGolden<Golden>('neox.repaired.head').variants

const HEAD = 'fixtures/corpus/eval_head.txt'
const NEOX_CASE = {
  config: { ...NEOX, saes: NEOX.saes.slice(1), corpus: { ...NEOX.corpus, source: HEAD } },
  golden: 'neox.plain.head',
} as const
const GEMMA2_CASE = {
  config: { ...GEMMA2, corpus: { ...GEMMA2.corpus, source: HEAD, blockLength: 128, bos: 'auto' } },
  golden: 'gemma2.bos127.head',
} as const

const variantOf = (spec: string): string => CONDITIONS.find(([one]) => one === spec)?.[1] ?? ''
const ALL = CONDITIONS.map(([spec]) => spec)

interface EmulatedRun {
  readonly config: AuditConfig
  readonly golden: string
  readonly precision: 'float16' | 'bfloat16'
  readonly specs: readonly string[]
}

const RUNS: readonly EmulatedRun[] =
  process.env.SAEGATE_EVERY_CONDITION === '1'
    ? [NEOX_CASE, GEMMA2_CASE].flatMap((one) => [
        { ...one, precision: 'float16', specs: ALL },
        { ...one, precision: 'bfloat16', specs: ALL },
      ])
    : [
        { ...NEOX_CASE, precision: 'float16', specs: ['rtn:6'] },
        { ...GEMMA2_CASE, precision: 'bfloat16', specs: ['rtn:5'] },
      ]

describe.each(RUNS)('$golden in $precision', ({ config, golden: name, precision, specs }) => {
  const golden = readGolden<Golden>(name)
  const bounds = BOUNDS[precision]
  let measured: Measurement
  beforeAll(async () => {
    measured = await audit({ ...config, candidates: specs, precision })
  })

  const found = (spec: string) => {
    const candidate = measured.report.candidates.find((one) => one.spec === spec)
    const [features] = candidate?.features ?? []
    const expected = golden.variants[variantOf(spec)]
    const wanted = features === undefined ? undefined : expected?.sae[features.hook]?.all
    if (candidate === undefined || features === undefined || expected === undefined || wanted === undefined)
      throw new RangeError(spec)
    return { candidate, features, expected, wanted }
  }

  it.each(specs)('%s: losses, KL and ρ', (spec) => {
    const { candidate, features, expected, wanted } = found(spec)
    const loss = candidate.perplexity.chunked?.candidateLoss ?? Number.NaN
    expect(Math.abs(loss / expected.mean_nll - 1)).toBeLessThan(bounds.loss)
    expect(Math.abs(features.meanCorrelation - wanted.mean_rho)).toBeLessThan(bounds.rho)
    if (name !== NEOX_CASE.golden) return
    const kl = candidate.divergence?.klMean ?? Number.NaN
    expect(Math.abs(kl / (KL[variantOf(spec)]?.kl_mean ?? Number.NaN) - 1)).toBeLessThan(bounds.kl)
  })

  it.each(specs)('%s: survivors and damaged, within the engine noise', (spec) => {
    const { features, wanted } = found(spec)
    const [noise] = measured.report.tool.engineNoise?.readouts ?? []
    // Two models are turned, each by the angle whose cosine is the ρ that 95 % of the features are above.
    const angle = 2 * Math.acos(noise?.fifthPercentile ?? Number.NaN)
    const open = (limit: number): number =>
      wanted.rho.filter((rho) => rho !== null && Math.abs(Math.acos(rho) - Math.acos(limit)) <= angle).length
    const activeOfOne = Math.abs(features.active - wanted.active)
    expect(activeOfOne).toBeLessThanOrEqual(bounds.few)
    for (const [limit, count, of] of [
      [0.9, features.survived.count, wanted.survived],
      [0.5, features.damaged.count, wanted.damaged],
    ] as const) {
      const moved = Math.abs(count - of)
      expect(moved).toBeLessThanOrEqual(open(limit) + activeOfOne)
      expect(moved).toBeLessThanOrEqual(bounds.few)
    }
  })
})
