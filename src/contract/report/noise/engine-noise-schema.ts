/** @file What of a report tells how far its own arithmetic is from float32: the reference against itself, on some of the text. */
import { nullableNumber } from '../parts.ts'

export const engineNoise = {
  type: 'object',
  additionalProperties: false,
  required: ['tokens', 'klMean', 'top1Agreement', 'readouts'],
  description:
    'The reference as this audit computed it against the reference in float32 on the CPU, on some sequences. Absent: the audit was in float32 on the CPU, or the report is older.',
  properties: {
    tokens: { type: 'integer', description: 'Positions that were computed both ways.' },
    klMean: {
      ...nullableNumber,
      description: 'KL(float32‖this), nats per token; null: no losses were measured.',
    },
    top1Agreement: nullableNumber,
    readouts: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: [
          'id',
          'residualError',
          'features',
          'meanCorrelation',
          'fifthPercentile',
          'firings',
          'changedFirings',
        ],
        properties: {
          id: { type: 'string' },
          residualError: {
            type: 'number',
            description: '‖x_this − x_float32‖ / ‖x_float32‖ at the hook, over all positions.',
          },
          features: {
            type: 'integer',
            description: 'Active features that vary on these positions: those of the correlations.',
          },
          meanCorrelation: { ...nullableNumber, description: 'Mean over them of ρ with themselves.' },
          fifthPercentile: { ...nullableNumber, description: 'The ρ that 95 % of them are above.' },
          firings: {
            ...nullableNumber,
            description:
              'Of all active features at these positions, in float32; null: features of this SAE activate by the row.',
          },
          changedFirings: {
            ...nullableNumber,
            description:
              'Positions and active features that fire in one of the two only: pre-activations nearer to their threshold than this arithmetic can tell.',
          },
        },
      },
    },
  },
} as const
