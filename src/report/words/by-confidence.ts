/** @file KL and agreement by how sure the reference was, as rows of words that every form of the report shows. */
import type { CandidateReport } from '../../contract/report/report-schema.ts'
import { count, decimal, decimalInterval, number, percent, percentInterval } from './format.ts'

export const CONFIDENCE_HEADER = [
  'Reference’s top probability',
  'Tokens',
  'KL, nats',
  'Interval',
  'Top-1 agreement',
  'Interval',
] as const

/** One row per bucket; none of an older report. */
export function confidenceRows({ divergence }: CandidateReport): readonly (readonly string[])[] {
  const buckets = divergence?.byConfidence ?? []
  return buckets.map((bucket) => [
    `${number(bucket.from, 2)} to ${number(bucket.to, 2)}`,
    count(bucket.scoredTokens),
    decimal(bucket.klMean, 4),
    decimalInterval(bucket.klMeanCi, 4),
    percent(bucket.top1Agreement, 2),
    percentInterval(bucket.top1AgreementCi, 2),
  ])
}
