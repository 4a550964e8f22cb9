/** @file How much of the audited text artifacts were calibrated on, and the figures on the rest, in report.json. */
import type { FromSchema } from 'json-schema-to-ts'
import { interval, share } from '../parts.ts'

export const contamination = {
  type: 'object',
  additionalProperties: false,
  required: [
    'calibration',
    'tokens',
    'sha256',
    'ngram',
    'containment',
    'sequences',
    'contained',
    'cleanGroups',
  ],
  description:
    'What of the audited text stands in the text that artifacts were calibrated on (--calibration). Absent: nobody said which that is.',
  properties: {
    calibration: { type: 'string', description: 'The text, as it was named.' },
    tokens: { type: 'integer', description: 'Of the calibration text that were read.' },
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'Of their ids.' },
    ngram: { type: 'integer', description: 'Tokens in a row that are looked for.' },
    containment: { type: 'number', description: 'Mean part of a sequence’s n-grams that stand there, too.' },
    sequences: { type: 'integer' },
    contained: { type: 'integer', description: 'Sequences of which a twentieth or more stands there.' },
    cleanGroups: { type: 'integer', description: 'Token groups without any of these.' },
  },
} as const

export const cleanFigures = {
  type: 'object',
  additionalProperties: false,
  required: ['scoredTokens', 'perplexity', 'divergence', 'features'],
  description:
    'The figures on the token groups whose text no calibration saw. Absent: there is nothing that it saw, or too few groups are left for an interval.',
  properties: {
    scoredTokens: { type: 'integer' },
    perplexity: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['reference', 'candidate', 'deltaPercent', 'ci'],
          properties: {
            reference: { type: 'number' },
            candidate: { type: 'number' },
            deltaPercent: { type: 'number' },
            ci: interval,
          },
        },
      ],
    },
    divergence: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['klMean', 'klMeanCi', 'top1Agreement', 'top1AgreementCi'],
          properties: {
            klMean: { type: 'number' },
            klMeanCi: interval,
            top1Agreement: { type: 'number' },
            top1AgreementCi: interval,
          },
        },
      ],
    },
    features: {
      type: 'array',
      description: 'Of the features that are active in the whole text.',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['readout', 'survived', 'damaged', 'meanCorrelation', 'meanCorrelationCi'],
        properties: {
          readout: { type: 'string' },
          survived: share,
          damaged: share,
          meanCorrelation: { type: 'number' },
          meanCorrelationCi: interval,
        },
      },
    },
  },
} as const

export type ContaminationReport = FromSchema<typeof contamination>
export type CleanFigures = FromSchema<typeof cleanFigures>
