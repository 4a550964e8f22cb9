/** @file How a report's intervals are made, in words. */
import type { Report } from '../../contract/report/report-schema.ts'
import { methodOf } from '../../statistics/intervals/resampling.ts'
import * as format from './format.ts'

/** How often, in 100, 95 % intervals of one figure in one simulated setting held the truth (docs/statistics.md). */
export const SIMULATED_COVERAGE = { average: 97, least: 87, most: 100 } as const

/** After "95 %, ". */
export function methodWords(corpus: Report['corpus']): string {
  const { groups, documents, degrees } = corpus
  if (methodOf(corpus) === 'delete-one')
    return `delete-one jackknife over ${groups} groups of sequences (the method of older reports)`
  const dealt =
    documents === undefined
      ? 'cut without regard to documents, which were not seen'
      : `dealt by ${format.count(documents.count)} documents`
  const halves = `half-samples of ${groups} groups of sequences, ${dealt}`
  if (degrees === undefined)
    return `${halves} (degrees of freedom as in older reports, whose intervals are narrower and held the truth less often)`
  const { average, least, most } = SIMULATED_COVERAGE
  return `${halves}; in simulation 95 % intervals so made held the truth ${average} times in 100 on average, ${least} to ${most} by figure and setting`
}
