/** @file What `saegate compare --format json` prints: whether two candidates damage the same features. */
import { nullableNumber } from '../report/parts.ts'
import { confidence, count, fraction, halvesInterval, subject, survivalRule, whole } from './parts.ts'

export const COMPARISON_SCHEMA = 'saegate/comparison@1'

const side = whole({
  ...subject,
  active: { ...count, description: 'Its active features.' },
  leftOut: { ...count, description: 'Those that are not active in the other, and are in no figure.' },
})

const figure = whole({ value: nullableNumber, ci: halvesInterval })

const sets = whole({
  a: count,
  b: count,
  both: { ...count, description: 'In both sets.' },
  either: { ...count, description: 'In one of them at least.' },
  jaccard: { ...figure, description: 'both ÷ either; the value is null where both sets are empty.' },
  jaccardExpected: {
    ...nullableNumber,
    description: 'Jaccard index of sets of these sizes that know nothing of each other.',
  },
})

export const comparisonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/comparison.schema.json',
  title: 'saegate comparison',
  ...whole({
    schema: { const: COMPARISON_SCHEMA },
    a: side,
    b: side,
    thresholds: survivalRule,
    confidence,
    overlap: whole({
      features: { ...count, description: 'Active in both.' },
      nonSurvived: sets,
      damaged: sets,
      pearson: { ...figure, description: 'Of damage scores 1 − ρ.' },
      spearman: {
        ...figure,
        description: 'The same of their ranks, equal scores sharing the mean of theirs.',
      },
      acrossHalves: {
        description:
          'The same with one candidate from one half of the text and the other from the other; null: no token groups.',
        anyOf: [{ type: 'null' }, whole({ pearson: nullableNumber, spearman: nullableNumber })],
      },
      quadrants: {
        ...whole({ both: count, onlyA: count, onlyB: count, neither: count }),
        description: 'Features that survived in both, in one alone, in neither.',
      },
      deciles: {
        type: 'array',
        maxItems: 10,
        description: 'Bins of equal count by firing rate, rarest first.',
        items: whole({
          low: fraction,
          high: fraction,
          meanRate: { type: 'number' },
          features: count,
          nonSurvivedA: fraction,
          nonSurvivedB: fraction,
        }),
      },
    }),
  }),
} as const
