/** @file What `saegate predict --save` keeps of a fit, so that `--apply` can forecast the survival of another model's features. */
import type { FromSchema } from 'json-schema-to-ts'

export const PREDICTOR_SCHEMA = 'saegate/predictor@1'

/** A forecast holds one too. */
export const predictor = {
  type: 'object',
  additionalProperties: false,
  required: ['schema', 'of', 'thresholds', 'c', 'features', 'survived', 'intercept', 'coefficients', 'auc'],
  properties: {
    schema: { const: PREDICTOR_SCHEMA },
    of: {
      type: 'object',
      additionalProperties: false,
      required: ['path', 'candidate', 'readout'],
      properties: {
        path: { type: 'string' },
        candidate: { type: 'string' },
        readout: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      },
      description: 'What it was fitted to.',
    },
    thresholds: {
      type: 'object',
      additionalProperties: false,
      required: ['survived', 'above', 'active'],
      properties: {
        survived: { type: 'number', minimum: 0, maximum: 1 },
        above: { type: 'boolean', description: 'Survived is ρ above the threshold, not at it.' },
        active: { type: 'number', minimum: 0, maximum: 1 },
      },
    },
    c: { type: 'number', exclusiveMinimum: 0, description: 'C of the penalty: ½‖w‖² + C Σ loss.' },
    features: { type: 'integer', minimum: 1 },
    survived: { type: 'integer', minimum: 0, description: 'How many of them.' },
    intercept: { type: 'number' },
    coefficients: {
      type: 'object',
      additionalProperties: false,
      required: ['rarity', 'log mean', 'log peak', 'log concentration'],
      properties: {
        rarity: { type: 'number' },
        'log mean': { type: 'number' },
        'log peak': { type: 'number' },
        'log concentration': { type: 'number' },
      },
      description: 'Per standard deviation of the predictor over the features it is used on.',
    },
    auc: { type: 'number', description: 'Cross-validated, where it was fitted.' },
  },
} as const

export const predictorSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/predictor.schema.json',
  title: 'saegate predictor',
  ...predictor,
} as const

export type PredictorFile = FromSchema<typeof predictorSchema>
