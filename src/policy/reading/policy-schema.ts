/**
 * @file A policy file: the schema from which its type, its check and an editor's completion are made.
 *
 * What a schema says badly (which key goes with which metric) is checked in rule-checks.ts.
 * `schemas/policy.schema.json` is written from this file and compared in the tests.
 */
import type { FromSchema } from 'json-schema-to-ts'

import { DEFAULT_CONFIDENCE, DEFAULT_THRESHOLDS } from '../../contract/options/audit-config.ts'
import { METRIC_NAMES } from '../metrics/table.ts'
import { DEFAULT_DISSOCIATION } from '../policy.ts'

const probability = { type: 'number', minimum: 0, maximum: 1 } as const
const globs = { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 } as const

const RULE_ID = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'
const DAY = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'

const featureList = {
  title: 'a list of feature ids or {file: watchlist.csv}',
  description:
    'Only these features: a list of ids, or {file: watchlist.csv} with the columns feature and label.',
  anyOf: [
    { type: 'array', items: { type: 'integer', minimum: 0 }, minItems: 1, maxItems: 100_000 },
    {
      type: 'object',
      additionalProperties: false,
      required: ['file'],
      properties: {
        file: {
          type: 'string',
          minLength: 1,
          description: 'Relative to the policy, in its folder or below.',
        },
      },
    },
  ],
} as const

const rule = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'metric'],
  properties: {
    id: {
      type: 'string',
      pattern: RULE_ID,
      title: '1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit',
      description: 'Name of the rule, unique in the policy: letters, digits, dot, dash, underscore.',
    },
    metric: { enum: METRIC_NAMES, description: 'What is measured.' },
    description: { type: 'string', description: 'Why the rule is there; shown by `saegate policy explain`.' },
    min: { type: 'number', description: 'The metric must be at least this.' },
    max: { type: 'number', description: 'The metric must be at most this.' },
    equals: {
      type: ['number', 'boolean'],
      description: 'The metric must be exactly this; for dissociation and compression.bits.',
    },
    maxDrop: {
      type: 'number',
      minimum: 0,
      description: 'The metric may be lower than in the baseline by at most this.',
    },
    maxRise: {
      type: 'number',
      minimum: 0,
      description: 'The metric may be higher than in the baseline by at most this.',
    },
    at: {
      type: 'number',
      minimum: -1,
      maximum: 1,
      description:
        'Another ρ for this rule: features.survived counts ρ at or above it, features.damaged ρ below it.',
    },
    features: featureList,
    allow: {
      type: 'integer',
      minimum: 0,
      default: 0,
      description:
        'features.correlation, features.gain or features.firingJaccard of a list: so many of the listed features may miss the limit. Fewer than there are in the list.',
    },
    quantile: {
      ...probability,
      description:
        'features.correlation: this quantile of ρ (0.05: all but the worst 5 %); of features.gain and features.firingJaccard likewise.',
    },
    mean: {
      type: 'boolean',
      description: 'features.correlation: the mean ρ; of features.gain and features.firingJaccard likewise.',
    },
    weight: {
      enum: ['none', 'firing-rate', 'decoder-norm'],
      default: 'none',
      description:
        'How much each feature counts in a fraction or mean: equally, by how often the reference fires it, or by the length of its decoder row.',
    },
    candidates: {
      ...globs,
      description: 'Only candidates whose name or spec matches one of these (* and ?).',
    },
    readouts: {
      ...globs,
      description: 'Only read-outs whose id, hook or SAE matches one of these (* and ?).',
    },
    layers: {
      type: 'array',
      items: { type: 'integer', minimum: 0 },
      minItems: 1,
      description: 'Only read-outs of these layers (0-based blocks).',
    },
    level: {
      enum: ['error', 'warning'],
      default: 'error',
      description: 'error: failing this rule fails the gate. warning: it is shown.',
    },
  },
} as const

const exception = {
  type: 'object',
  additionalProperties: false,
  required: ['rule', 'candidate', 'reason', 'expires'],
  properties: {
    rule: { type: 'string', minLength: 1, description: 'Id of the rule that is waived.' },
    candidate: {
      type: 'string',
      minLength: 1,
      description: 'Name or spec of the candidate; * and ? are wildcards.',
    },
    reason: { type: 'string', minLength: 1, description: 'Why; shown wherever the waiver is used.' },
    expires: {
      type: 'string',
      pattern: DAY,
      title: 'a day as YYYY-MM-DD',
      description: 'Last day on which the waiver holds, YYYY-MM-DD.',
    },
  },
} as const

export const policySchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/policy.schema.json',
  title: 'saegate policy',
  description: 'What a compressed model must still be able to do, feature by feature, before it ships.',
  type: 'object',
  additionalProperties: false,
  required: ['version'],
  properties: {
    version: { const: 1, description: 'Version of this grammar.' },
    name: {
      type: 'string',
      minLength: 1,
      maxLength: 100,
      description: 'Shown in reports; the file name if absent.',
    },
    description: { type: 'string', description: 'What the policy is for.' },
    extends: {
      type: 'string',
      minLength: 1,
      description:
        'A policy to start from: ./file.yaml in this folder or below, or a shipped one (default, strict, research). A rule with the same id replaces the inherited one.',
    },
    features: {
      type: 'object',
      additionalProperties: false,
      description: 'Where the classes of features begin and end.',
      properties: {
        survived: {
          type: 'number',
          minimum: -1,
          maximum: 1,
          default: DEFAULT_THRESHOLDS.survived,
          description: 'ρ at or above: survived.',
        },
        damaged: {
          type: 'number',
          minimum: -1,
          maximum: 1,
          default: DEFAULT_THRESHOLDS.damaged,
          description: 'ρ below: damaged.',
        },
        active: {
          type: 'number',
          minimum: 0,
          exclusiveMaximum: 1,
          default: DEFAULT_THRESHOLDS.active,
          description:
            'Features that fire in more than this fraction of the reference’s positions are counted.',
        },
      },
    },
    confidence: {
      type: 'number',
      minimum: 0.5,
      maximum: 0.9999,
      default: DEFAULT_CONFIDENCE,
      description:
        'A rule passes or fails when the whole interval at this level does: at 0.95 either happens falsely, on the limit, in 2.5 % of audits (one-sided).',
    },
    onInconclusive: {
      enum: ['fail', 'warn', 'pass'],
      default: 'fail',
      description: 'What the gate does when an interval straddles a limit.',
    },
    informational: {
      type: 'boolean',
      default: false,
      description: 'Report everything, never fail: for the first weeks.',
    },
    unjudged: {
      enum: ['inconclusive', 'allow'],
      default: 'inconclusive',
      description:
        'What a candidate that no rule looks at makes of the report: inconclusive, or nothing (allow) where others pass.',
    },
    baseline: {
      enum: ['optional', 'required'],
      default: 'optional',
      description:
        'Without a baseline report, rules with maxDrop or maxRise are skipped (optional) or fail (required).',
    },
    dissociation: {
      type: 'object',
      additionalProperties: false,
      description:
        'When a candidate counts as dissociated: behaviour looks this good while features are worse than this.',
      properties: {
        perplexityDeltaPercent: {
          type: 'number',
          default: DEFAULT_DISSOCIATION.perplexityDeltaPercent,
          description: 'Perplexity change at or below, in percent.',
        },
        survived: {
          ...probability,
          default: DEFAULT_DISSOCIATION.survived,
          description: 'Fraction of surviving features below.',
        },
      },
    },
    rules: {
      type: 'array',
      items: rule,
      maxItems: 1000,
      description: 'What must hold, for each candidate and read-out.',
    },
    exceptions: {
      type: 'array',
      items: exception,
      maxItems: 1000,
      description: 'Rules waived for a candidate until a day; counted and shown.',
    },
  },
} as const

/** Defaults are filled in by policy/reading/load.ts, not by the check: what a file leaves out, its base may say. */
interface Written {
  keepDefaultedPropertiesOptional: true
}

/** A policy file as it is written, checked. */
export type PolicyDocument = FromSchema<typeof policySchema, Written>
export type RuleDocument = FromSchema<typeof rule, Written>
