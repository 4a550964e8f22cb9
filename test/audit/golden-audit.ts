/** @file Runs audits of the fixture models and reads the golden files that PyTorch wrote in float64 (fixtures/make). */
import { readFileSync } from 'node:fs'
import { measure } from '../../src/audit/measure.ts'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'

/** Statistics of one SAE under one condition, as golden/*.json holds them. */
export interface GoldenFeatures {
  readonly active: number
  readonly survived: number
  readonly degraded: number
  readonly damaged: number
  readonly undefined_counted_as_rho_0: number
  readonly mean_rho: number
  readonly median_rho: number
  readonly rho: readonly (number | null)[]
}

export interface GoldenReference {
  readonly tokens: number
  readonly mean_L0: number
  readonly fraction_variance_unexplained: number
  readonly active: number
  readonly firing_rate: readonly number[]
  readonly mean: readonly number[]
  readonly peak: readonly number[]
}

export interface GoldenVariant<Features> {
  readonly mean_nll: number
  readonly residual?: Readonly<Record<string, { readonly relative_error: number }>>
  readonly sae: Readonly<Record<string, Readonly<Record<string, Features>>>>
  readonly kl_mean?: number
  readonly kl_p99?: number
  readonly top1_agreement?: number
}

export interface Golden {
  readonly predictions: number
  readonly variants: Readonly<Record<string, GoldenVariant<GoldenFeatures>>> & {
    readonly fp: GoldenVariant<GoldenReference> & { readonly predictions: number }
  }
}

export interface GoldenSliding {
  readonly variants: Readonly<Record<string, { readonly mean_nll: number; readonly scored: number }>>
}

export function readGolden<T>(name: string): T {
  return JSON.parse(readFileSync(`fixtures/golden/${name}.json`, 'utf8'))
}

/** Candidate specs and the names of their golden variants. */
export const CONDITIONS = [
  ['rtn:8', 'int8'],
  ['rtn:7', 'int7'],
  ['rtn:6', 'int6'],
  ['rtn:5', 'int5'],
  ['rtn:4', 'int4'],
  ['prune:0.175', 'prune0.175'],
  ['prune:0.5', 'prune0.5'],
] as const

export const NEOX: AuditConfig = {
  reference: 'fixtures/models/neox',
  candidates: CONDITIONS.map(([spec]) => spec),
  saes: [3, 4].map((layer) => ({
    source: `fixtures/saes/neox/blocks.${layer}.hook_resid_post`,
    hook: null,
    center: null,
  })),
  corpus: {
    source: 'fixtures/corpus/eval.txt',
    lines: 'as-is',
    lineEnds: null,
    tokens: null,
    blockLength: 128,
    bos: 'auto',
  },
  tokenizer: null,
  perplexity: { chunked: true, sliding: null },
  positions: 'all',
  thresholds: { survived: 0.9, damaged: 0.5, active: 0.001 },
  confidence: 0.95,
  groups: 32,
  device: 'cpu',
  // Two test files run at once: threads that wait for each other would take each other's cores.
  threads: 1,
  memoryBytes: 1e9,
  weights: 'auto',
  streamRows: 'full',
  nullCheck: false,
  allowBadFit: false,
  activations: 'simulate',
  unrotate: false,
  rescale: false,
  tap: null,
}

export const GEMMA2: AuditConfig = {
  ...NEOX,
  reference: 'fixtures/models/gemma2',
  saes: [
    {
      source: 'fixtures/saes/gemma2/layer_2/width_1k/average_l0_16',
      hook: 'blocks.2.hook_resid_post',
      center: null,
    },
  ],
}

/** Measure in this process, quietly. */
export function audit(config: AuditConfig): Promise<Measurement> {
  return measure(config, {
    onProgress: () => {},
    seconds: () => performance.now() / 1000,
    now: () => '2026-01-01T00:00:00.000Z',
    toolVersion: 'test',
    baseline: null,
  })
}
