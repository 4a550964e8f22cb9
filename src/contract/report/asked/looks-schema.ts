/** @file Which look at a growing text a report is of (`--until-decided`), in report.json. */
import type { FromSchema } from 'json-schema-to-ts'

export const looks = {
  type: 'object',
  additionalProperties: false,
  required: ['planned', 'taken', 'confidence'],
  description:
    'The audit was to stop at the first look at which every rule is decided. Absent: all of the text was measured at once.',
  properties: {
    planned: {
      type: 'array',
      minItems: 1,
      maxItems: 3,
      items: { type: 'integer', minimum: 1 },
      description: 'Token groups of each look, ascending; the last has the whole text.',
    },
    taken: {
      type: 'integer',
      minimum: 1,
      description: 'How many were taken: the report is of the last of these.',
    },
    confidence: {
      type: 'number',
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
      description: 'Of all looks together; `confidence` of the report is that of one.',
    },
  },
} as const

export type LooksReport = FromSchema<typeof looks>
