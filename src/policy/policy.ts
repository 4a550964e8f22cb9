/** @file A policy as it is judged by: everything inherited, defaulted and looked up. */
import {
  DEFAULT_CONFIDENCE,
  DEFAULT_THRESHOLDS,
  type FeatureThresholds,
} from '../contract/options/audit-config.ts'
import type { ReadoutScope } from '../contract/readout-scope.ts'
import type { RuleResult } from '../contract/report/report-schema.ts'
import type { Question } from './metrics/metric.ts'
import type { MetricName } from './metrics/table.ts'

/** A bound on a metric, or on its change against the baseline. */
export type Limit =
  | { readonly operator: 'min' | 'max' | 'maxDrop' | 'maxRise'; readonly value: number }
  | { readonly operator: 'equals'; readonly value: number | boolean }

export interface Rule extends Question, ReadoutScope {
  readonly id: string
  readonly metric: MetricName
  readonly description: string | null
  /** One, or min and max. */
  readonly limits: readonly Limit[]
  /** Of a list of features, how many may miss a limit. */
  readonly allow: number
  /** Globs; null: all. */
  readonly candidates: readonly string[] | null
  readonly level: RuleResult['level']
  /** The file it is written in, and its line there, 1-based. */
  readonly path: string
  readonly line: number
}

export interface Exception {
  readonly rule: string
  readonly candidate: string
  readonly reason: string
  /** Last day it holds, YYYY-MM-DD. */
  readonly expires: string
  readonly path: string
  readonly line: number
}

export interface DissociationLimits {
  readonly perplexityDeltaPercent: number
  readonly survived: number
}

/** A text the policy was made from: itself, what it extends, its watchlists. */
export interface PolicySource {
  readonly path: string
  readonly text: string
}

export interface Policy {
  readonly name: string
  /** Where the policy was read from; null for a shipped one. */
  readonly path: string | null
  readonly description: string | null
  readonly features: FeatureThresholds
  readonly confidence: number
  readonly onInconclusive: 'fail' | 'warn' | 'pass'
  readonly informational: boolean
  /** What a candidate that no rule looks at makes of the report. */
  readonly unjudged: 'inconclusive' | 'allow'
  readonly baseline: 'optional' | 'required'
  readonly dissociation: DissociationLimits
  readonly rules: readonly Rule[]
  readonly exceptions: readonly Exception[]
  /** In the order read, the policy itself first: what its hash is of. */
  readonly sources: readonly PolicySource[]
}

/** When a candidate counts as dissociated, where a policy says nothing. */
export const DEFAULT_DISSOCIATION = { perplexityDeltaPercent: 2, survived: 0.9 } as const

/** What counts where a policy says nothing. */
export const POLICY_DEFAULTS = {
  features: DEFAULT_THRESHOLDS,
  confidence: DEFAULT_CONFIDENCE,
  onInconclusive: 'fail',
  informational: false,
  unjudged: 'inconclusive',
  baseline: 'optional',
  dissociation: DEFAULT_DISSOCIATION,
} as const satisfies Partial<Policy>
