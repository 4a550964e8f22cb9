/**
 * @file What a metric is: one row says its name, unit and words, which way is better, which keys of a rule go with it, and
 * how it is estimated. The rows stand in table.ts; schema, rules, baseline, headline, explanations and docs/metrics.md read
 * them.
 */
import type { FeatureThresholds } from '../../contract/options/audit-config.ts'
import type { CausalReport } from '../../contract/report/causal/causal-schema.ts'
import type { CandidateReport, FeaturesReport } from '../../contract/report/report-schema.ts'
import type { ClassThresholds } from '../../statistics/definitions.ts'
import type { FeatureValues } from '../../statistics/features/agreement.ts'
import type { FeatureCorrelations } from '../../statistics/features/feature-figures.ts'
import type { Estimate } from '../../statistics/intervals/estimate.ts'
import type { Sampling } from '../../statistics/intervals/resampling.ts'
import type { RecoveredPair } from '../../statistics/loss-recovered.ts'
import type { Unit } from './units.ts'

export type Weight = 'none' | 'firing-rate' | 'decoder-norm'

/** Features a rule looks at, in the order given. */
export interface FeatureList {
  readonly ids: readonly number[]
  /** What people call a feature, for those that have a label. */
  readonly labels: ReadonlyMap<number, string>
  /** Activations above which a monitor raises an alarm, of those that have one. */
  readonly alarms?: ReadonlyMap<number, number>
}

/** What exactly a rule asks of a metric. */
export interface Question {
  /** Another ρ than the policy's thresholds. */
  readonly at: number | null
  /** Null: all active features. */
  readonly features: FeatureList | null
  readonly quantile: number | null
  readonly mean: boolean
  readonly weight: Weight
}

/** All active features, counting equally, at the policy's thresholds. */
export const PLAIN: Question = { at: null, features: null, quantile: null, mean: false, weight: 'none' }

/** Keys of a rule that only some metrics know. */
export const QUESTION_KEYS = [
  'features',
  'quantile',
  'mean',
  'weight',
  'at',
  'readouts',
  'layers',
  'equals',
  'allow',
] as const
export type QuestionKey = (typeof QUESTION_KEYS)[number]

interface Described<Name extends string> {
  readonly name: Name
  /** Without a verb, as in "survival of active features is 62.4 %". */
  readonly words: string
  readonly unit: Unit
  readonly better: 'higher' | 'lower' | 'neither'
  /** Values it can have; a limit outside is a mistake. */
  readonly range: readonly [least: number, most: number]
  /** `groups`: from the token groups, when there are enough. `none`: an estimate without one. `exact`: no estimate. */
  readonly interval: 'groups' | 'none' | 'exact'
  readonly keys: readonly QuestionKey[]
  /** What to run so that it is measured. */
  readonly measuredBy: string
}

/** One value per candidate. */
export interface CandidateMetric<Name extends string = string> extends Described<Name> {
  readonly scope: 'candidate'
  /** Made of the models' outputs on the text: says nothing where the protocol check finds that the text tells nothing. */
  readonly ofText: boolean
  /** Null where the report does not hold it, and for what is no number. */
  readonly estimate: (candidate: CandidateReport, sampling: Sampling) => Estimate | null
}

/** The features that a rule looks at, and what is known of them. */
export interface Population {
  readonly ids: readonly number[]
  readonly correlations: FeatureCorrelations
  /** Null: the report is older than these figures. */
  readonly firing: { readonly gain: FeatureValues; readonly jaccard: FeatureValues } | null
  /** Watched features with a threshold, and how their intervals are made. */
  readonly monitors: { readonly of: NonNullable<FeaturesReport['monitors']>; readonly sampling: Sampling }
  /** What the features cause, of those looked at; null: not measured. */
  readonly causal: CausalReport | null
  /** How each model goes on with what the SAE rebuilds, and how its intervals are made; null: not measured. */
  readonly recovered: { readonly of: RecoveredPair; readonly sampling: Sampling } | null
  /** Null: all count the same. */
  readonly weights: Float64Array | null
}

/** What report.json itself holds of a metric, for all active features at its own thresholds. */
export interface Held {
  readonly value: number
  /** Undefined: the report keeps none. */
  readonly interval?: readonly number[] | null
}

/** One value per candidate and read-out, or one per feature. */
export interface FeatureMetric<Name extends string = string> extends Described<Name> {
  readonly scope: 'readout'
  /** As the subject of a sentence; `who` are the features. */
  readonly subject: (who: string, question: Question, thresholds: ClassThresholds) => string
  readonly held: (features: FeaturesReport, question: Question) => Held | null
  /** The report's own figure answers at other thresholds too: these do not matter to it. */
  readonly thresholds: readonly (keyof ClassThresholds)[]
  /** One estimate, or one per feature (parallel to the population's ids); null: the report does not hold it. */
  readonly estimate: (
    population: Population,
    question: Question,
    thresholds: FeatureThresholds,
  ) => Estimate | readonly Estimate[] | null
}

export type Metric<Name extends string = string> = CandidateMetric<Name> | FeatureMetric<Name>

/** The policy's classes, with the rule's `at` in place of the end it is about. */
export function thresholdsAt(
  end: keyof ClassThresholds,
  at: number | null,
  { survived, damaged }: ClassThresholds,
): ClassThresholds {
  if (at === null) return { survived, damaged }
  // The other end only divides the rest, which the rule does not look at.
  return end === 'damaged'
    ? { survived: Math.max(survived, at), damaged: at }
    : { survived: at, damaged: Math.min(damaged, at) }
}
