/** @file What `saegate stability --format json` prints: how much figures depend on how much text was read, and which. */

import { nullableNumber } from '../report/parts.ts'
import { stabilityRow } from '../report/stability-schema.ts'
import { confidence, count, fraction, survivalRule, whole } from './parts.ts'

export const STABILITY_SCHEMA = 'saegate/stability@1'

export const stabilitySchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/stability.schema.json',
  title: 'saegate stability',
  ...whole({
    schema: { const: STABILITY_SCHEMA },
    path: { type: 'string', description: 'The report that it is of.' },
    reference: { type: 'string' },
    thresholds: survivalRule,
    confidence,
    rows: { type: 'array', items: stabilityRow },
    spread: {
      type: 'array',
      description: 'Of the drawn subsets.',
      items: whole({
        candidate: { type: 'string' },
        readout: { type: 'string' },
        subsets: count,
        tokens: count,
        survivedSd: {
          ...nullableNumber,
          description: 'Standard deviation of the fractions, n − 1; null of one.',
        },
        damagedSd: nullableNumber,
        meanCorrelationSd: nullableNumber,
      }),
    },
    sensitivity: {
      type: 'array',
      description: 'Fractions of the whole audited text at other thresholds, by the same rule.',
      items: whole({
        candidate: { type: 'string' },
        readout: { type: 'string' },
        cells: {
          type: 'array',
          items: whole({
            survivedAt: fraction,
            damagedAt: fraction,
            survived: fraction,
            degraded: fraction,
            damaged: fraction,
          }),
        },
      }),
    },
  }),
} as const
