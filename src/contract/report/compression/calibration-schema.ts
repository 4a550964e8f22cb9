/** @file What a compression was calibrated on, in report.json. */
import type { FromSchema } from 'json-schema-to-ts'

export const calibration = {
  type: 'object',
  additionalProperties: false,
  required: ['source', 'where', 'tokens', 'sha256'],
  description: 'The text that the compression was calibrated on. Absent: it needs none.',
  properties: {
    source: { type: 'string' },
    where: {
      enum: ['after-audited', 'other-text'],
      description: 'What the audited corpus has after the audited tokens, or a text of its own.',
    },
    tokens: { type: 'integer' },
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'Of the token ids.' },
  },
} as const

export type CalibrationReport = FromSchema<typeof calibration>
