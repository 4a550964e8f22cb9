/** @file What is simulated: texts of 200,000 tokens, by how their errors are and how long their documents; and each shipped policy's limits. */
import type { Run } from './coverage.ts'
import { Z_SD } from './text.ts'

export interface SimulatedSetting {
  readonly name: string
  readonly texts: number
  readonly run: Omit<Run, 'texts' | 'seed'>
  /** Also measure two texts of half the length and compare them. */
  readonly apart: boolean
  /** Also measure a candidate with so many times the noise on the same text, and take the difference. */
  readonly noisier?: number
  /** Measure what experiments estimate instead (experiments.ts). */
  readonly experiments?: true
}

const TOKENS = 200_000

const DOCUMENTS = [
  { words: '400', documentLength: 400, lengthSpread: 0, groups: [32, 16, 8] },
  { words: '1,500 unequal', documentLength: 1500, lengthSpread: 0.7, groups: [32, 16, 8] },
  { words: '6,000 unequal', documentLength: 6000, lengthSpread: 0.7, groups: [16, 8] },
] as const

const ERRORS = [
  { words: 'independent', sharedErrors: 0 },
  { words: 'shared', sharedErrors: 0.5 },
] as const

/** Every kind of errors and documents, of 5,000 features and of 1,000 at a time. */
export const COVERED: readonly SimulatedSetting[] = ERRORS.flatMap((errors) =>
  DOCUMENTS.map(({ words, ...documents }) => ({
    name: `${errors.words}, ${words}`,
    texts: 40,
    run: {
      features: 5000,
      part: 1000,
      tokens: TOKENS,
      sharedErrors: errors.sharedErrors,
      confidence: 0.95,
      ...documents,
    },
    apart: false,
  })),
)

/** Two texts of 100,000 tokens each. */
const APART: readonly SimulatedSetting[] = ERRORS.map(({ words, sharedErrors }) => ({
  name: `halves apart, ${words}`,
  texts: 100,
  run: {
    features: 1000,
    part: null,
    tokens: TOKENS,
    sharedErrors,
    confidence: 0.95,
    documentLength: 1500,
    lengthSpread: 0.7,
    groups: [16],
  },
  apart: true,
}))

/** Mean of atanh ρ at which this part of the features lies above ρ. `z` is the normal quantile of that part. */
const meanAt = (rho: number, z: number) => Math.atanh(rho) + z * Z_SD

interface Limit {
  readonly policy: string
  readonly rule: string
  readonly figure: string
  readonly zMean: number
  readonly confidence: number
  readonly noisier?: number
}

/** A model exactly on the limit of a shipped policy's rule: how often the rule fails falsely, and passes falsely. */
export const AT_LIMITS = [
  {
    policy: 'default',
    rule: 'feature-survival',
    figure: 'survived',
    zMean: meanAt(0.9, 0.8416),
    confidence: 0.95,
  },
  { policy: 'default', rule: 'no-damage', figure: 'damaged', zMean: meanAt(0.5, 2.3263), confidence: 0.95 },
  {
    policy: 'strict',
    rule: 'feature-survival',
    figure: 'survived',
    zMean: meanAt(0.9, 1.6449),
    confidence: 0.99,
  },
  { policy: 'strict', rule: 'no-damage', figure: 'damaged', zMean: meanAt(0.5, 3.0902), confidence: 0.99 },
  {
    policy: 'strict',
    rule: 'features-in-use',
    figure: 'survived in use',
    zMean: meanAt(0.9, 1.6449),
    confidence: 0.99,
  },
  {
    policy: 'strict',
    rule: 'no-regression',
    figure: 'drop',
    zMean: meanAt(0.9, 1.6449),
    confidence: 0.99,
    noisier: 1.19,
  },
  {
    policy: 'strict',
    rule: 'weakest-features',
    figure: 'quantile .05',
    zMean: meanAt(0.8, 1.6449),
    confidence: 0.99,
  },
] as const satisfies readonly Limit[]

export const limitName = ({ policy, rule }: Pick<Limit, 'policy' | 'rule'>) => `${policy}: ${rule}`

const LIMITS: readonly SimulatedSetting[] = AT_LIMITS.map((limit: Limit) => ({
  name: limitName(limit),
  texts: 40,
  run: {
    features: 5000,
    part: null,
    tokens: TOKENS,
    sharedErrors: 0.5,
    zMean: limit.zMean,
    confidence: limit.confidence,
    documentLength: 1500,
    lengthSpread: 0.7,
    groups: [32],
  },
  apart: false,
  ...(limit.noisier === undefined ? {} : { noisier: limit.noisier }),
}))

/** What experiments estimate, of 1,000 features. */
export const EXPERIMENTS: readonly SimulatedSetting[] = ERRORS.slice(0, 1).map(({ words, sharedErrors }) => ({
  name: `experiments, ${words}`,
  texts: 100,
  run: {
    features: 1000,
    part: null,
    tokens: TOKENS,
    sharedErrors,
    confidence: 0.95,
    documentLength: 1500,
    lengthSpread: 0.7,
    groups: [32],
  },
  apart: false,
  experiments: true,
}))

export const SETTINGS: readonly SimulatedSetting[] = [...COVERED, ...APART, ...LIMITS, ...EXPERIMENTS]
