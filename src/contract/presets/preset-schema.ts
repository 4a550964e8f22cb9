/** @file A preset (policies/presets/NAME.yaml): the runs that a paper's figures come of, each with all that decides its numbers, and why. */
import type { FromSchema } from 'json-schema-to-ts'

/** What is set side by side. `withBos` stands beside the paper's figures. */
export const PAPER_TABLES = [
  'table1',
  'perplexities',
  'table2',
  'table3',
  'table4',
  'correlation',
  'deciles',
  'appendixF',
  'layer2',
  'withBos',
] as const

export type PaperTable = (typeof PAPER_TABLES)[number]

const text = { type: 'string', minLength: 1 } as const

export const presetSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['version', 'name', 'runs'],
  properties: {
    version: { const: 1 },
    name: text,
    runs: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['name', 'why', 'audit', 'conditions', 'survivedAbove', 'tables'],
        properties: {
          name: text,
          why: text,
          audit: { type: 'object', description: 'As saegate.yaml says it, candidates apart.' },
          conditions: {
            type: 'object',
            description: 'What the paper calls a condition, and its candidate.',
            additionalProperties: text,
          },
          batchSequences: { type: 'integer', minimum: 1 },
          survivedAbove: { type: 'boolean' },
          tables: { type: 'array', items: { enum: PAPER_TABLES } },
        },
      },
    },
  },
} as const

export type Preset = FromSchema<typeof presetSchema>
export type PresetRun = Preset['runs'][number]

/** Of one model: table → columns and a row for each condition, every figure as the paper prints it. */
export const figuresSchema = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['columns'],
      properties: { columns: { type: 'array', items: text } },
      additionalProperties: { type: 'array', items: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$' } },
    },
  },
} as const
