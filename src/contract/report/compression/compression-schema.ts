/** @file What was done to a candidate's weights, in report.json. */
import { nullableNumber, nullableString } from '../parts.ts'
import { calibration } from './calibration-schema.ts'
import { match } from './match-schema.ts'

export const compression = {
  type: 'object',
  additionalProperties: false,
  required: ['method', 'bits', 'tensors', 'parameters'],
  properties: {
    method: { type: 'string' },
    bits: { ...nullableNumber, description: 'Mean stored bits per compressed weight.' },
    sparsity: { type: 'number' },
    groupSize: { type: 'integer' },
    tensors: { type: 'integer' },
    parameters: { type: 'integer' },
    layout: {
      enum: ['transformerlens'],
      description:
        'How tensors were held when they were compressed. Absent: as they are stored, one scale per output channel or group.',
    },
    arithmetic: {
      enum: ['bfloat16'],
      description:
        'What weights were rounded to before they were compressed, and scales, quotients and products on the way. Absent: float64.',
    },
    scale: {
      enum: ['tensor'],
      description:
        'What shares a scale where it is neither a channel nor a group. Absent: a channel or group.',
    },
    match,
    calibration,
    activations: {
      ...nullableString,
      description: 'How inputs of linear layers are quantized at run time, or null.',
    },
  },
} as const
