/** @file How a report's intervals are made, in words. */
import type { Report } from '../../contract/report/report-schema.ts'
import { methodOf } from '../../statistics/intervals/resampling.ts'
import * as format from './format.ts'

/** How often, in 100, 95 % intervals of one figure in one simulated setting held the truth (docs/statistics.md). */
export const SIMULATED_COVERAGE = { average: 97, least: 85, most: 100 } as const

/** After "95 %, ". */
export function methodWords(corpus: Report['corpus']): string {
  const { groups, documents } = corpus
  if (methodOf(corpus) === 'delete-one')
    return `delete-one jackknife over ${groups} groups of sequences (the method of older reports)`
  const dealt =
    documents === undefined
      ? 'cut without regard to documents, which were not seen'
      : `dealt by ${format.count(documents.count)} documents`
  const { average, least, most } = SIMULATED_COVERAGE
  return `half-samples of ${groups} groups of sequences, ${dealt}; in simulation 95 % intervals so made held the truth ${average} times in 100 on average, ${least} to ${most} by figure and setting`
}
