/**
 * @file Whole audits against float64 PyTorch: every condition of the golden files with both models, all SAEs, with and
 * without BOS, both position modes, both perplexity protocols. Of each model one audit is of the whole text, the others are of its
 * head, a fifth. Each of Gemma 2's conditions goes with one kind of text: what a condition does to weights is held to PyTorch apart
 * from texts (test/compression/golden.test.ts).
 *
 * @module-tag slow
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { FeatureTable } from '../../src/contract/report/feature-table.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import {
  audit,
  CONDITIONS,
  GEMMA2,
  type Golden,
  type GoldenFeatures,
  type GoldenSliding,
  NEOX,
  readGolden,
} from './golden-audit.ts'

/** Features within this of a threshold may fall either way. */
const NEAR = 1e-4
const FEWEST_FIRINGS = 20
/** So few positions may have an activation in float32 that is 0 in float64, or the other way round. */
const FIRINGS = 3.5
/** Largest |ρ − golden ρ|: 2e-6 and 1.2e-7 were measured. */
const NEOX_RHO = 5e-6
const GEMMA2_RHO = 1e-6

interface Case {
  readonly title: string
  readonly golden: string
  readonly mode: 'all' | 'skip_bos'
  readonly config: AuditConfig
  readonly tolerance: number
  /** Candidates by name whose divergence another golden file has, by variant. */
  readonly divergence?: {
    readonly golden: string
    readonly variants: readonly (readonly [name: string, variant: string])[]
  }
}

const INT6_REPAIRED = 'fixtures/candidates/neox-int6-repaired'
const INT5_REPAIRED = 'fixtures/candidates/neox-int5-repaired'
const onHead = (config: AuditConfig): AuditConfig => ({
  ...config,
  corpus: { ...config.corpus, source: 'fixtures/corpus/eval_head.txt' },
})
const bos127 = { ...GEMMA2, corpus: { ...GEMMA2.corpus, blockLength: 128, bos: 'auto' } } as const
const CASES: readonly Case[] = [
  {
    title: 'neox',
    golden: 'neox.plain',
    mode: 'all',
    config: { ...NEOX, groups: 7, candidates: ['rtn:6', INT6_REPAIRED] },
    tolerance: NEOX_RHO,
    divergence: {
      golden: 'neox.repaired',
      variants: [
        ['rtn-6', 'int6'],
        ['neox-int6-repaired', 'neox-int6-repaired'],
      ],
    },
  },
  {
    title: 'neox, every condition',
    golden: 'neox.plain.head',
    mode: 'all',
    config: { ...onHead(NEOX), groups: 8, candidates: [...NEOX.candidates, INT5_REPAIRED] },
    tolerance: NEOX_RHO,
    divergence: {
      golden: 'neox.repaired.head',
      variants: [
        ['rtn-8', 'int8'],
        ['rtn-4', 'int4'],
        ['prune-0.5', 'prune0.5'],
        ['neox-int5-repaired', 'neox-int5-repaired'],
      ],
    },
  },
  {
    title: 'gemma2 without BOS',
    golden: 'gemma2.nobos.head',
    mode: 'all',
    config: {
      ...onHead({ ...GEMMA2, corpus: { ...GEMMA2.corpus, bos: 'never' } }),
      groups: 8,
      candidates: ['rtn:8', 'rtn:5', 'prune:0.175'],
    },
    tolerance: GEMMA2_RHO,
  },
  {
    title: 'gemma2 with BOS, all positions',
    golden: 'gemma2.bos127.head',
    mode: 'all',
    config: { ...onHead(bos127), candidates: ['rtn:7', 'rtn:6', 'prune:0.5'] },
    tolerance: GEMMA2_RHO,
  },
  {
    title: 'gemma2 with BOS, without position 0',
    golden: 'gemma2.bos127',
    mode: 'skip_bos',
    // On every core, as a user's audit runs; the others on one thread each, which costs half the processor time.
    config: { ...bos127, groups: 8, threads: null, positions: 'skip-first', candidates: ['rtn:4'] },
    tolerance: GEMMA2_RHO,
  },
]

describe.each(CASES)('$title', ({ golden: name, mode, config, tolerance, divergence }) => {
  const golden = readGolden<Golden>(name)
  let measured: Measurement
  beforeAll(async () => {
    measured = await audit(config)
  })

  it('sees the reference as PyTorch does', () => {
    const { fp } = golden.variants
    for (const readout of measured.report.readouts) {
      const expected = fp.sae[readout.hook]?.[mode]
      if (expected === undefined) throw new Error(`no golden ${readout.hook} ${mode}`)
      expect(readout.tokens).toBe(expected.tokens)
      expect(readout.active).toBe(expected.active)
      expect(readout.l0).toBeCloseTo(expected.mean_L0, 4)
      // Measured on a sample of the rows.
      expect(readout.varianceUnexplained).toBeCloseTo(expected.fraction_variance_unexplained, 2)
      const table = measured.evidence.find((one) => one.table.readout === readout.id)?.table
      expect(largestDifference(table?.firingRate, expected.firing_rate)).toBeLessThan(
        FIRINGS / expected.tokens,
      )
      expect(largestDifference(table?.peak, expected.peak)).toBeLessThan(1e-4)
      expect(largestDifference(table?.mean, expected.mean)).toBeLessThan(1e-6)
    }
  })

  it.each(CONDITIONS.filter(([spec]) => config.candidates.includes(spec)))('%s', (spec, variant) => {
    const candidate = measured.report.candidates.find((one) => one.spec === spec)
    const expected = golden.variants[variant]
    if (candidate === undefined || expected === undefined) throw new Error(`no ${variant}`)
    const { chunked } = candidate.perplexity
    expect(relative(chunked?.candidateLoss, expected.mean_nll)).toBeLessThan(1e-5)
    expect(relative(chunked?.referenceLoss, golden.variants.fp.mean_nll)).toBeLessThan(1e-5)
    expect(chunked?.scoredTokens).toBe(golden.variants.fp.predictions)
    for (const features of candidate.features) {
      const wanted = expected.sae[features.hook]?.[mode]
      if (wanted === undefined) throw new Error(`no golden ${features.hook} ${mode}`)
      const rho = measured.evidence.find(
        ({ table }) => table.candidate === candidate.name && table.readout === features.readout,
      )?.table
      expect(features.active).toBe(wanted.active)
      const tokens = golden.variants.fp.sae[features.hook]?.[mode]?.tokens ?? 0
      checkCorrelations(wanted, rho, { tolerance, tokens })
      checkTaxonomy(wanted, features)
      const residual = expected.residual?.[features.hook]?.relative_error
      if (residual !== undefined) expect(features.residualError).toBeCloseTo(residual, 5)
    }
  })

  it.each(divergence?.variants ?? [])('%s, and its divergence', (name, variant) => {
    const candidate = measured.report.candidates.find((one) => one.name === name)
    const expected = readGolden<Golden>(divergence?.golden ?? '').variants[variant]
    if (candidate === undefined || expected === undefined) throw new Error(`no ${variant}`)
    expect(relative(candidate.perplexity.chunked?.candidateLoss, expected.mean_nll)).toBeLessThan(1e-5)
    expect(relative(candidate.divergence?.klMean, expected.kl_mean ?? 0)).toBeLessThan(1e-4)
    expect(relative(candidate.divergence?.klP99, expected.kl_p99 ?? 0)).toBeLessThan(1e-3)
    expect(candidate.divergence?.top1Agreement).toBeCloseTo(expected.top1_agreement ?? 0, 4)
    for (const features of candidate.features) {
      const wanted = expected.sae?.[features.hook]?.all
      if (wanted !== undefined) checkTaxonomy(wanted, features)
    }
  })
})

function largestDifference(found: Float64Array | undefined, wanted: readonly number[]): number {
  return wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - (found?.[i] ?? Number.NaN))), 0)
}

function relative(found: number | undefined, wanted: number): number {
  return Math.abs((found ?? Number.NaN) / wanted - 1)
}

function checkCorrelations(
  wanted: GoldenFeatures,
  table: FeatureTable | undefined,
  { tolerance, tokens }: { readonly tolerance: number; readonly tokens: number },
): void {
  const differences: number[] = []
  wanted.rho.forEach((expected, j) => {
    const firings = (table?.firingRate[j] ?? 0) * tokens
    if (expected === null || firings < FEWEST_FIRINGS || table?.active[j] !== 1) return
    differences.push(Math.abs(expected - (table.correlation[j] ?? Number.NaN)))
  })
  expect(differences.length).toBeGreaterThan(0.9 * wanted.active)
  expect(Math.max(...differences), 'largest |ρ − golden ρ|').toBeLessThan(tolerance)
}

function checkTaxonomy(
  wanted: GoldenFeatures,
  found: Measurement['report']['candidates'][number]['features'][number],
) {
  const near = (threshold: number): number =>
    wanted.rho.filter((rho) => rho !== null && Math.abs(rho - threshold) <= NEAR).length
  expect(found.undefined).toBe(wanted.undefined_counted_as_rho_0)
  expect(Math.abs(found.survived.count - wanted.survived)).toBeLessThanOrEqual(near(0.9))
  expect(Math.abs(found.damaged.count - wanted.damaged)).toBeLessThanOrEqual(near(0.5))
  expect(found.survived.count + found.degraded.count + found.damaged.count).toBe(wanted.active)
  expect(found.meanCorrelation).toBeCloseTo(wanted.mean_rho, 5)
  expect(found.medianCorrelation).toBeCloseTo(wanted.median_rho, 5)
}

describe.each([
  ['neox', NEOX, ['rtn:4', 'prune:0.5']],
  ['gemma2', GEMMA2, ['rtn:5']],
] as const)('sliding windows of %s', (kind, config, candidates) => {
  const golden = readGolden<{ head: GoldenSliding; full: GoldenSliding }>(`${kind}.sliding`)
  const sliding = { chunked: false, sliding: { window: 128, stride: 32 } }

  it('on the head of the text', async () => {
    const corpus = { ...config.corpus, source: 'fixtures/corpus/eval_head.txt', bos: 'never' } as const
    const { report } = await audit({ ...config, corpus, candidates, saes: [], perplexity: sliding })
    for (const { spec, perplexity } of report.candidates) {
      const variant = CONDITIONS.find(([one]) => one === spec)?.[1] ?? ''
      const found = perplexity.sliding
      const wanted = golden.head.variants[variant]
      expect(found?.scoredTokens).toBe(wanted?.scored)
      expect(relative(found?.candidateLoss, wanted?.mean_nll ?? 0)).toBeLessThan(1e-5)
      expect(relative(found?.referenceLoss, golden.head.variants.fp?.mean_nll ?? 0)).toBeLessThan(1e-5)
    }
  })
})
