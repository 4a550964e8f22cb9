/** @file What survives errors that mean nothing, in report.json: half a step of a 16-bit format, and as much as a candidate errs. */
import type { FromSchema } from 'json-schema-to-ts'

const spread = {
  type: 'object',
  additionalProperties: false,
  required: ['mean', 'least', 'most'],
  description: 'Over the perturbations.',
  properties: { mean: { type: 'number' }, least: { type: 'number' }, most: { type: 'number' } },
} as const

/** What was seen of perturbed references at a read-out. */
const seen = {
  survived: {
    ...spread,
    description: 'Fraction of the active features that survive, over the perturbations.',
  },
  meanCorrelation: { ...spread, description: 'Mean ρ of the active features, over the perturbations.' },
} as const

export const noiseFloor = {
  type: 'object',
  additionalProperties: false,
  required: ['format', 'perturbations', 'klMean', 'readouts'],
  description:
    'The reference with every target weight moved by half a step of a 16-bit format, up or down by a seed: what a lossless scheme would score. Absent: not asked for.',
  properties: {
    format: { enum: ['float16', 'bfloat16'] },
    perturbations: { type: 'integer' },
    klMean: { anyOf: [{ type: 'null' }, spread] },
    readouts: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'survived', 'meanCorrelation'],
        properties: { id: { type: 'string' }, ...seen },
      },
    },
  },
} as const

/** A candidate at a read-out, beside random errors as large as its own. */
export const equalErrors = {
  type: 'object',
  additionalProperties: false,
  required: ['perturbations', 'survived', 'meanCorrelation', 'fewer', 'pLower', 'pUpper'],
  description:
    'The reference with random errors as large as the candidate’s in every output channel. Absent: not asked for, or the candidate’s matrices are not held as the reference’s.',
  properties: {
    perturbations: { type: 'integer' },
    ...seen,
    fewer: {
      type: 'integer',
      description: 'Perturbations of which fewer features survive than of the candidate.',
    },
    pLower: {
      type: 'number',
      description:
        'One-sided rank test: random errors of its size let no more features survive than the candidate does.',
    },
    pUpper: { type: 'number', description: 'The same of no fewer.' },
  },
} as const

export type NoiseFloor = FromSchema<typeof noiseFloor>
export type EqualErrors = FromSchema<typeof equalErrors>
