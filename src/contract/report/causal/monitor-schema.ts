/** @file Features that are watched with a threshold, in report.json. */
import type { FromSchema } from 'json-schema-to-ts'
import { interval, nullableNumber } from '../parts.ts'

const counts = { type: 'array', items: { type: 'integer' }, maxItems: 1024 } as const

const monitor = {
  type: 'object',
  additionalProperties: false,
  required: [
    'feature',
    'threshold',
    'positions',
    'before',
    'after',
    'missed',
    'falseAlarms',
    'missedRate',
    'missedCi',
    'groups',
  ],
  properties: {
    feature: { type: 'integer' },
    threshold: { type: 'number', description: 'An activation above it raises the alarm.' },
    positions: { type: 'integer', description: 'Positions counted.' },
    before: { type: 'integer', description: 'Alarms in the reference.' },
    after: { type: 'integer', description: 'Alarms in the candidate.' },
    missed: { type: 'integer', description: 'Alarms of the reference that the candidate does not raise.' },
    falseAlarms: {
      type: 'integer',
      description: 'Alarms of the candidate that the reference does not raise.',
    },
    missedRate: {
      ...nullableNumber,
      description: 'Missed alarms, of those of the reference; null: it raises none.',
    },
    missedCi: interval,
    groups: {
      type: 'object',
      description: 'The counts by token group.',
      additionalProperties: false,
      required: ['positions', 'before', 'after', 'missed'],
      properties: { positions: counts, before: counts, after: counts, missed: counts },
    },
  },
} as const

export const monitors = {
  type: 'array',
  description: 'Features that a list of the policy gives a threshold. Absent: none.',
  items: monitor,
} as const

export type MonitorReport = FromSchema<typeof monitor>
