/** @file What `saegate reproduce --format json` prints: a paper's figures beside what was measured here. */

import { PAPER_TABLES } from '../presets/preset-schema.ts'
import { nullableNumber, nullableString } from '../report/parts.ts'
import { whole } from './parts.ts'

export const REPRODUCTION_SCHEMA = 'saegate/reproduction@1'

const table = { enum: PAPER_TABLES } as const

export const reproductionSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/reproduction.schema.json',
  title: 'saegate reproduction',
  ...whole({
    schema: { const: REPRODUCTION_SCHEMA },
    preset: { type: 'string' },
    overridden: {
      type: 'array',
      items: { type: 'string' },
      description: 'Flags by which the runs differ from the preset: then nothing is the paper’s procedure.',
    },
    runs: {
      type: 'array',
      items: whole({
        name: { type: 'string' },
        why: { type: 'string' },
        report: { type: 'string', description: 'Path of its report.json.' },
      }),
    },
    rows: {
      type: 'array',
      items: whole({
        table,
        run: { type: 'string' },
        condition: { type: 'string' },
        figure: { type: 'string' },
        paper: { ...nullableString, description: 'As the paper prints it; null: it has none.' },
        ours: { ...nullableNumber, description: 'null: it could not be told.' },
        difference: nullableNumber,
        outside: {
          type: ['boolean', 'null'],
          description: 'Further from the paper’s than half of its last digit.',
        },
      }),
    },
    notes: {
      type: 'array',
      items: whole({ table, run: { type: 'string' }, message: { type: 'string' } }),
      description: 'Why figures of a table could not be told.',
    },
  }),
} as const
