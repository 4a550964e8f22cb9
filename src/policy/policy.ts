/** @file A policy as it is judged by: everything inherited, defaulted and looked up. */
import type { FeatureThresholds } from '../contract/options/audit-config.ts'
import type { RuleResult } from '../contract/report/report-schema.ts'
import {
  DEFAULT_CONFIDENCE,
  DEFAULT_DISSOCIATION,
  DEFAULT_THRESHOLDS,
  type MetricName,
} from '../contract/yaml/policy-schema.ts'

/** A bound on a metric, or on its change against the baseline. */
export type Limit =
  | { readonly operator: 'min' | 'max' | 'maxDrop' | 'maxRise'; readonly value: number }
  | { readonly operator: 'equals'; readonly value: number | boolean }

export type Weight = 'none' | 'firing-rate' | 'decoder-norm'

/** Features a rule looks at, in the order given. */
export interface FeatureList {
  readonly ids: readonly number[]
  /** What people call a feature, for those that have a label. */
  readonly labels: ReadonlyMap<number, string>
}

export interface Rule {
  readonly id: string
  readonly metric: MetricName
  readonly description: string | null
  /** One, or min and max. */
  readonly limits: readonly Limit[]
  readonly at: number | null
  readonly features: FeatureList | null
  readonly quantile: number | null
  readonly mean: boolean
  readonly weight: Weight
  /** Globs; null: all. */
  readonly candidates: readonly string[] | null
  readonly readouts: readonly string[] | null
  readonly layers: readonly number[] | null
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
  readonly baseline: 'optional' | 'required'
  readonly dissociation: DissociationLimits
  readonly rules: readonly Rule[]
  readonly exceptions: readonly Exception[]
  /** In the order read, the policy itself first: what its hash is of. */
  readonly sources: readonly PolicySource[]
}

/** Thresholds of arXiv 2606.03002, and the levels used where a policy says nothing. */
export const POLICY_DEFAULTS = {
  features: DEFAULT_THRESHOLDS,
  confidence: DEFAULT_CONFIDENCE,
  onInconclusive: 'fail',
  informational: false,
  baseline: 'optional',
  dissociation: DEFAULT_DISSOCIATION,
} as const satisfies Partial<Policy>
