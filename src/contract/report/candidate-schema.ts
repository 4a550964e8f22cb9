/** @file A candidate in report.json, with the rules that judge it. */
import { attribution } from './compression/attribution-schema.ts'
import { compression } from './compression/compression-schema.ts'
import { cleanFigures } from './compression/contamination-schema.ts'
import { diagnosis } from './compression/diagnosis-schema.ts'
import { size } from './compression/size-schema.ts'
import { features } from './features-schema.ts'
import { divergence, perplexity } from './losses-schema.ts'
import { fileDigests, interval, nullableString, verdict } from './parts.ts'
import { stabilityRow } from './stability-schema.ts'

const rule = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'metric', 'scope', 'status', 'level', 'operator', 'observed', 'ci', 'limit', 'message'],
  properties: {
    id: { type: 'string' },
    metric: { type: 'string' },
    scope: { ...nullableString, description: 'Read-out id for feature metrics.' },
    status: { enum: ['pass', 'fail', 'inconclusive', 'waived', 'skipped'] },
    level: { enum: ['error', 'warning'] },
    operator: { enum: ['min', 'max', 'equals', 'maxDrop', 'maxRise'] },
    observed: { anyOf: [{ type: 'null' }, { type: 'number' }, { type: 'boolean' }] },
    ci: interval,
    limit: { anyOf: [{ type: 'number' }, { type: 'boolean' }] },
    message: { type: 'string' },
    advice: { type: 'string', description: 'What would change it.' },
    waiver: {
      type: 'object',
      additionalProperties: false,
      required: ['reason', 'expires'],
      properties: { reason: { type: 'string' }, expires: { type: 'string' } },
    },
    line: { type: 'integer', description: 'Line of the rule in the policy file, 1-based.' },
  },
} as const

export const candidate = {
  type: 'object',
  additionalProperties: false,
  required: [
    'name',
    'spec',
    'revision',
    'sha256',
    'verdict',
    'compression',
    'perplexity',
    'divergence',
    'features',
    'dissociation',
    'rules',
    'warnings',
  ],
  properties: {
    name: { type: 'string', description: 'Unique in the report; a safe file name.' },
    spec: { type: 'string' },
    revision: nullableString,
    sha256: {
      ...nullableString,
      description:
        'Of the candidate’s files, as `digests` of the report says; null for one derived from the reference.',
    },
    files: fileDigests,
    verdict: { anyOf: [{ type: 'null' }, verdict] },
    compression: { anyOf: [{ type: 'null' }, compression] },
    size,
    diagnosis,
    attribution,
    perplexity: {
      type: 'object',
      additionalProperties: false,
      required: ['chunked', 'sliding'],
      properties: {
        chunked: { anyOf: [{ type: 'null' }, perplexity] },
        sliding: { anyOf: [{ type: 'null' }, perplexity] },
      },
    },
    divergence: { anyOf: [{ type: 'null' }, divergence] },
    features: { type: 'array', items: features },
    clean: cleanFigures,
    dissociation: {
      type: 'object',
      additionalProperties: false,
      required: ['flag', 'reason'],
      properties: {
        flag: { type: 'boolean', description: 'By the measured values.' },
        undecided: {
          type: 'boolean',
          description: 'The intervals leave the flag undecided: possibly dissociated. Absent: they do not.',
        },
        reason: { type: 'string' },
      },
    },
    stability: {
      type: 'array',
      items: stabilityRow,
      description: 'Parts of the text that were looked at again. Absent: none was asked for.',
    },
    rules: { type: 'array', items: rule },
    baseline: {
      type: 'array',
      description: 'Changes against the baseline report, one per metric and read-out.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['metric', 'readout', 'baseline', 'current', 'delta'],
        properties: {
          metric: { type: 'string' },
          readout: nullableString,
          baseline: { type: 'number' },
          current: { type: 'number' },
          delta: { type: 'number' },
        },
      },
    },
    newlyLost: {
      type: 'array',
      description: 'Features that survived in the baseline and do not here.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['readout', 'features'],
        properties: { readout: { type: 'string' }, features: { type: 'array', items: { type: 'integer' } } },
      },
    },
    warnings: { type: 'array', items: { type: 'string' } },
  },
} as const
