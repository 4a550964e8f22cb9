/** @file What is known of a candidate beside its features, in report.json: its weights, its logits sequence by sequence, its perplexity on parts of the text. */
import type { FromSchema } from 'json-schema-to-ts'
import { nullableNumber } from '../parts.ts'

const spread = {
  type: 'object',
  additionalProperties: false,
  required: ['mean', 'sd'],
  properties: {
    mean: { type: 'number' },
    sd: { ...nullableNumber, description: 'Standard deviation over n − 1; null of one alone.' },
  },
} as const

export const diagnosis = {
  type: 'object',
  additionalProperties: false,
  required: ['weights', 'logits', 'subsets'],
  description: 'saegate diagnose: Appendix C of arXiv 2606.03002. Absent: not asked for.',
  properties: {
    weights: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['tensors', 'meanSquared', 'meanAbsolute', 'relative', 'cosine', 'codes'],
          description:
            'Means over the target tensors, each counting once. Null: they are not held as the reference’s.',
          properties: {
            tensors: { type: 'integer' },
            meanSquared: { type: 'number' },
            meanAbsolute: { type: 'number' },
            relative: { type: 'number', description: 'Mean absolute error over mean |w|.' },
            cosine: { type: 'number' },
            output: {
              type: 'number',
              description:
                'Norm of the error of a matrix’s output over that of the output, on what the reference gives the matrix over the audited sequences. Absent: not measured.',
            },
            codes: {
              anyOf: [
                { type: 'null' },
                { type: 'array', items: { type: 'integer' }, minItems: 2, maxItems: 2 },
              ],
              description: 'Least and greatest integer; null: not of integers with a scale per row or group.',
            },
          },
        },
      ],
    },
    logits: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['sequences', 'meanSquared', 'meanAbsolute', 'cosine', 'lossChange'],
          description:
            'Means and spreads over sequences. Null: no losses were measured, or the candidate is an ONNX model.',
          properties: {
            sequences: { type: 'integer' },
            meanSquared: spread,
            meanAbsolute: spread,
            cosine: { ...spread, description: 'Of the logits of a token, averaged over a sequence.' },
            lossChange: { ...spread, description: 'Nats per token.' },
          },
        },
      ],
    },
    subsets: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['seeds', 'sequences', 'reference', 'candidate', 'deltaPercent'],
          description: 'Chunked perplexities of sequences drawn by a seed, without replacement.',
          properties: {
            seeds: { type: 'integer' },
            sequences: { type: 'integer' },
            reference: spread,
            candidate: spread,
            deltaPercent: spread,
          },
        },
      ],
    },
  },
} as const

export type DiagnosisReport = FromSchema<typeof diagnosis>
