/** @file Which tensors of a candidate damage which features, in report.json. */
import type { FromSchema } from 'json-schema-to-ts'
import { SWAPPED_BY } from '../../options/audit-config.ts'
import { interval, nullableNumber, nullableString } from '../parts.ts'

const count = { type: 'integer', minimum: 0 } as const
const ids = { type: 'array', items: count } as const

const effect = {
  lost: { ...count, description: 'Features that survived before and do not after.' },
  gained: { ...count, description: 'Features that survive after and did not before.' },
  lostFeatures: ids,
  gainedFeatures: ids,
  deltaSurvived: { type: 'number', description: 'Survived fraction after, less that before.' },
  deltaSurvivedCi: { ...interval, description: 'By half-samples, paired.' },
  meanCorrelation: { type: 'number', description: 'After.' },
  residualErrorChange: {
    type: 'number',
    description: '‖x − x_reference‖ / ‖x_reference‖ at the hook after, less that before.',
  },
  klChange: {
    ...nullableNumber,
    description: 'Mean KL to the reference after, less that before; null: not asked for.',
  },
  klChangeCi: interval,
} as const

const bytes = {
  type: 'object',
  additionalProperties: false,
  required: ['reference', 'candidate'],
  properties: {
    reference: { ...count, description: 'As the reference stores them.' },
    candidate: { ...count, description: 'As the candidate stores them.' },
  },
} as const

const tensor = {
  type: 'object',
  additionalProperties: false,
  required: [
    'tensor',
    'readout',
    'tensors',
    'block',
    'kind',
    'parameters',
    'bytes',
    'lost',
    'gained',
    'lostFeatures',
    'gainedFeatures',
    'deltaSurvived',
    'deltaSurvivedCi',
    'meanCorrelation',
    'residualErrorChange',
    'klChange',
    'klChangeCi',
    'screen',
    'control',
    'restored',
  ],
  properties: {
    tensor: { type: 'string', description: 'The tensor, `blocks.3`, or a kind.' },
    readout: { ...nullableString, description: 'Null: no SAE was asked, or none sees it.' },
    tensors: { type: 'array', items: { type: 'string' }, description: 'All that are swapped with it.' },
    block: { ...count, description: 'The first that it changes.' },
    kind: {
      type: 'string',
      description:
        '`q`, `q+k+v` where they are stored as one; of several tensors: all kinds, apart by commas.',
    },
    parameters: count,
    bytes,
    ...effect,
    screen: {
      type: 'object',
      additionalProperties: false,
      required: ['score', 'rank'],
      properties: {
        score: {
          type: 'number',
          description: 'First-order estimate of the squared error in active features.',
        },
        rank: { ...count, description: 'By the score over all read-outs, from 1.' },
      },
    },
    control: {
      description: 'Errors of the same norm in every output channel, in random directions; null: not drawn.',
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['lost', 'deltaSurvived', 'residualError'],
          properties: { lost: count, deltaSurvived: { type: 'number' }, residualError: { type: 'number' } },
        },
      ],
    },
    restored: {
      description: 'The reference’s put into the candidate; null: not done.',
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: [
            'lost',
            'gained',
            'lostFeatures',
            'gainedFeatures',
            'deltaSurvived',
            'deltaSurvivedCi',
            'meanCorrelation',
            'residualErrorChange',
            'klChange',
            'klChangeCi',
          ],
          properties: effect,
        },
      ],
    },
  },
} as const

const additivity = {
  ...nullableNumber,
  description:
    'Of the whole candidate, over the sum of the swaps; null: no swap changed anything, or some were left out.',
} as const

const place = {
  type: 'object',
  additionalProperties: false,
  required: ['readout', 'features', 'survived', 'residualError', 'additivity', 'screen'],
  properties: {
    readout: { type: 'string' },
    features: { ...count, description: 'Active, and varying in the reference.' },
    survived: { type: 'number', description: 'Of them, in the candidate.' },
    residualError: { type: 'number' },
    additivity: {
      type: 'object',
      additionalProperties: false,
      required: ['squaredError', 'lost', 'control'],
      properties: {
        squaredError: additivity,
        lost: additivity,
        control: {
          ...additivity,
          description:
            'Of the squared error where all tensors have random errors of the same size; null: not drawn.',
        },
      },
    },
    screen: {
      type: 'object',
      additionalProperties: false,
      required: ['deltaSurvived', 'meanCorrelation', 'residualError'],
      properties: {
        deltaSurvived: {
          ...nullableNumber,
          description: 'Spearman’s ρ of its scores and what the swaps lose; null: too few differ.',
        },
        meanCorrelation: { ...nullableNumber, description: '… and how far the swaps’ mean ρ is below 1.' },
        residualError: { ...nullableNumber, description: '… and the swaps’ residual error.' },
      },
    },
  },
} as const

const watched = {
  type: 'object',
  additionalProperties: false,
  required: ['readout', 'feature', 'correlation', 'state', 'worst'],
  properties: {
    readout: { type: 'string' },
    feature: count,
    correlation: {
      ...nullableNumber,
      description: 'In the candidate; null: undefined, or the feature is not active.',
    },
    state: {
      enum: ['active', 'constant', 'inactive', 'silent'],
      description: 'In the reference on this text; only of an active one something is told.',
    },
    worst: {
      type: 'array',
      maxItems: 3,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['tensor', 'correlation'],
        properties: { tensor: { type: 'string' }, correlation: nullableNumber },
      },
      description: 'Its ρ where the tensor alone is the candidate’s, lowest first.',
    },
  },
} as const

export const attribution = {
  type: 'object',
  additionalProperties: false,
  required: ['by', 'kl', 'tensors', 'places', 'watched', 'skipped', 'notSwapped', 'notes'],
  properties: {
    by: { enum: SWAPPED_BY },
    kl: { type: 'boolean', description: 'Was every swap run to the end?' },
    tensors: { type: 'array', items: tensor, description: 'Worst first.' },
    places: { type: 'array', items: place },
    watched: { type: 'array', items: watched },
    skipped: {
      type: 'array',
      items: { type: 'string' },
      description: 'Behind the last hook, where they cannot matter for features.',
    },
    notSwapped: { type: 'array', items: { type: 'string' }, description: 'Left out by the screen.' },
    notes: { type: 'array', items: { type: 'string' } },
  },
  description: 'What each tensor alone does to the features. Absent: nobody asked.',
} as const

export type AttributionReport = FromSchema<typeof attribution>
export type AttributedTensor = AttributionReport['tensors'][number]
export type TensorEffect = NonNullable<AttributedTensor['restored']>
