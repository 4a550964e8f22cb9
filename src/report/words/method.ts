/** @file How a report's intervals are made, in words. */
import type { Report } from '../../contract/report/report-schema.ts'
import { methodOf } from '../../statistics/intervals/resampling.ts'
import * as format from './format.ts'

/** After "95 %, ". */
export function methodWords(corpus: Report['corpus']): string {
  const { groups, documents } = corpus
  if (methodOf(corpus) === 'delete-one')
    return `delete-one jackknife over ${groups} groups of sequences (the method of older reports)`
  const dealt =
    documents === undefined
      ? 'cut without regard to documents, which were not seen'
      : `dealt by ${format.count(documents.count)} documents`
  return `half-samples of ${groups} groups of sequences, ${dealt}`
}
