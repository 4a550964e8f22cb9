/** @file What `saegate sweep --format json` prints: every condition of a sweep beside the others. */
import { match } from '../report/compression/match-schema.ts'
import { nullableNumber } from '../report/parts.ts'
import { confidence, count, fraction, halvesInterval, survivalRule, whole } from './parts.ts'

export const SWEEP_SCHEMA = 'saegate/sweep@1'

const share = whole({ count, fraction, ci: halvesInterval })

const perplexity = {
  anyOf: [
    { type: 'null' },
    whole({
      reference: { type: 'number' },
      candidate: { type: 'number' },
      deltaPercent: { type: 'number', description: '100 · (PPL_candidate / PPL_reference − 1)' },
      ci: { ...halvesInterval, description: 'Of the change, in percent.' },
    }),
  ],
  description: 'null: not measured.',
} as const

const readout = whole({
  readout: { type: 'string' },
  active: count,
  survived: share,
  degraded: share,
  damaged: share,
  meanCorrelation: { type: 'number' },
  meanCorrelationCi: halvesInterval,
  medianCorrelation: { type: 'number' },
  sensitivity: {
    type: 'array',
    description: 'Fractions at other thresholds, by the same rule.',
    items: whole({
      survivedAt: fraction,
      damagedAt: fraction,
      survived: fraction,
      degraded: fraction,
      damaged: fraction,
    }),
  },
})

export const sweepSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/sweep.schema.json',
  title: 'saegate sweep',
  ...whole({
    schema: { const: SWEEP_SCHEMA },
    path: { type: 'string', description: 'The report that it is of.' },
    reference: { type: 'string' },
    tokens: count,
    thresholds: survivalRule,
    confidence,
    conditions: {
      type: 'array',
      items: whole({
        candidate: { type: 'string' },
        spec: { type: 'string' },
        method: { type: ['string', 'null'], description: 'null: nothing is said to be compressed.' },
        bits: { ...nullableNumber, description: 'Mean stored bits per compressed weight.' },
        sparsity: nullableNumber,
        match: { anyOf: [{ type: 'null' }, match] },
        chunked: perplexity,
        sliding: perplexity,
        ratio: {
          ...nullableNumber,
          description: 'Chunked over sliding perplexity of the candidate; null: both were not measured.',
        },
        shift: {
          ...nullableNumber,
          description: 'Change of sliding less that of chunked perplexity, percentage points.',
        },
        klMean: nullableNumber,
        readouts: { type: 'array', items: readout },
      }),
    },
  }),
} as const
