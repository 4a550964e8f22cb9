/** @file A report that the judging run did not measure itself: whose word it is, and what it was not asked for. */
import type { FromSchema } from 'json-schema-to-ts'

export const claimSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['by', 'differences'],
  properties: {
    by: {
      enum: ['fork', 'run', 'step'],
      description:
        'Who measured: a fork’s run, another run of this repository, or an earlier step or job of a pull request’s run.',
    },
    differences: {
      type: 'array',
      maxItems: 100,
      items: { type: 'string' },
      description: 'What it was measured with that the configuration here does not ask for.',
    },
  },
  description:
    'Handed on from elsewhere and not verified: the verdict is then never a pass. Absent: measured where it was judged.',
} as const

export type Claim = FromSchema<typeof claimSchema>
