/** @file How a report's intervals are made, in words. */
import type { Report } from '../../contract/report/report-schema.ts'
import { methodOf } from '../../statistics/intervals/resampling.ts'
import * as format from './format.ts'

/** How often 95 % intervals held the truth in every simulated setting (docs/statistics.md), in 100. */
export const SIMULATED_COVERAGE = { least: 93, most: 100 } as const

/** After "95 %, ". */
export function methodWords(corpus: Report['corpus']): string {
  const { groups, documents } = corpus
  if (methodOf(corpus) === 'delete-one')
    return `delete-one jackknife over ${groups} groups of sequences (the method of older reports)`
  const dealt =
    documents === undefined
      ? 'cut without regard to documents, which were not seen'
      : `dealt by ${format.count(documents.count)} documents`
  const { least, most } = SIMULATED_COVERAGE
  return `half-samples of ${groups} groups of sequences, ${dealt}; in simulation 95 % intervals so made held the truth ${least} to ${most} times in 100`
}
