/** @file What a candidate comes to on less text and on other parts of it, in report.json. */
import type { FromSchema } from 'json-schema-to-ts'
import { interval, nullableNumber } from './parts.ts'

const share = {
  type: 'object',
  additionalProperties: false,
  required: ['count', 'fraction', 'ci'],
  properties: { count: { type: 'integer' }, fraction: { type: 'number' }, ci: interval },
} as const

export const stabilityRow = {
  type: 'object',
  additionalProperties: false,
  required: [
    'kind',
    'seed',
    'tokens',
    'candidate',
    'readout',
    'active',
    'meanCorrelation',
    'medianCorrelation',
    'survived',
    'damaged',
  ],
  properties: {
    kind: {
      enum: ['budget', 'subset', 'itself'],
      description:
        'The beginning of the audited text, sequences drawn from it, or its beginning with the reference in the candidate’s place.',
    },
    seed: { ...nullableNumber, description: 'Of the draw.' },
    tokens: { type: 'integer', description: 'Positions given to the model.' },
    candidate: { type: 'string' },
    readout: { type: 'string' },
    active: { type: 'integer', description: 'By the firing rates of this part of the text.' },
    meanCorrelation: { type: 'number' },
    medianCorrelation: { type: 'number' },
    survived: share,
    damaged: share,
  },
} as const

export type StabilityRow = FromSchema<typeof stabilityRow>
