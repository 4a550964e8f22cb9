/** @file How a matched pruning came to its sparsity, in report.json. */
import type { FromSchema } from 'json-schema-to-ts'

const positive = { type: 'number', exclusiveMinimum: 0 } as const

export const match = {
  type: 'object',
  additionalProperties: false,
  required: ['target', 'targetPerplexity', 'perplexity', 'reached', 'tokens', 'trace'],
  description:
    'The sparsity was found by six halvings of [0, 0.8], as the one whose perplexity is closest to that of another compression. Absent: it was given.',
  properties: {
    target: { type: 'string', description: 'The compression whose perplexity is matched.' },
    targetPerplexity: positive,
    perplexity: { ...positive, description: 'At the sparsity that was taken, on the same tokens.' },
    reached: {
      type: 'boolean',
      description:
        'Steps lie on both sides of the target, or one within 1 % of it. Else no sparsity reaches it, and no rule passes on this candidate.',
    },
    tokens: {
      type: 'object',
      additionalProperties: false,
      required: ['where', 'count', 'sha256'],
      description: 'What perplexities were measured on.',
      properties: {
        where: {
          enum: ['held-out', 'audited'],
          description: 'After the audited tokens, or the first of these.',
        },
        count: { type: 'integer', description: 'Positions given to the model.' },
        sha256: { type: 'string', description: 'Of the token ids as little-endian int32.' },
      },
    },
    trace: {
      type: 'array',
      minItems: 1,
      maxItems: 6,
      description: 'Every step, in the order it was tried.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['sparsity', 'perplexity'],
        properties: { sparsity: { type: 'number', minimum: 0, maximum: 1 }, perplexity: positive },
      },
    },
  },
} as const

export type MatchReport = FromSchema<typeof match>
