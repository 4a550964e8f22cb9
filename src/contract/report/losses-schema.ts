/** @file Perplexity and divergence in report.json. */
import { interval } from './parts.ts'

/** Sums per token group, from which any interval can be had again. Arrays are parallel, one entry per group. */
const lossGroups = {
  type: 'object',
  additionalProperties: false,
  required: ['tokens', 'referenceLoss', 'candidateLoss'],
  properties: {
    tokens: { type: 'array', items: { type: 'integer', minimum: 0 } },
    referenceLoss: { type: 'array', items: { type: 'number' }, description: 'Σ cross-entropy, nats' },
    candidateLoss: { type: 'array', items: { type: 'number' } },
  },
} as const

export const divergenceGroups = {
  type: 'object',
  additionalProperties: false,
  required: ['tokens', 'kl', 'agreements'],
  properties: {
    tokens: { type: 'array', items: { type: 'integer', minimum: 0 } },
    kl: { type: 'array', items: { type: 'number' }, description: 'Σ KL, nats' },
    klAbove: {
      type: 'array',
      description:
        'Per group, how many tokens have a KL above each of 64 levels, log-spaced from 1e-6 to 100 nats. Absent in older reports.',
      items: {
        type: 'array',
        minItems: 64,
        maxItems: 64,
        items: { type: 'integer', minimum: 0 },
      },
    },
    agreements: { type: 'array', items: { type: 'integer' } },
  },
} as const

export const perplexity = {
  type: 'object',
  additionalProperties: false,
  required: [
    'reference',
    'candidate',
    'referenceLoss',
    'candidateLoss',
    'deltaPercent',
    'ci',
    'scoredTokens',
    'groups',
  ],
  properties: {
    reference: { type: 'number' },
    candidate: { type: 'number' },
    referenceLoss: { type: 'number', description: 'Mean cross-entropy, nats per scored token.' },
    candidateLoss: { type: 'number' },
    deltaPercent: { type: 'number', description: '100 · (PPL_candidate / PPL_reference − 1)' },
    ci: interval,
    scoredTokens: { type: 'integer' },
    window: { type: 'integer' },
    stride: { type: 'integer' },
    groups: lossGroups,
  },
} as const
