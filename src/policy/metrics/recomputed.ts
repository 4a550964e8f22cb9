/**
 * @file A stored candidate's figures of behaviour, made again from its sums per token group. A report may have been edited
 * where it is read (a perplexity, an interval); what is judged and what is shown are then both what the sums say.
 */
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import { methodOf } from '../../statistics/intervals/resampling.ts'
import { summarizeDivergence, summarizePerplexity } from '../../statistics/losses.ts'

export function recomputed(candidate: CandidateReport, report: Report): CandidateReport {
  const { confidence } = report
  const method = methodOf(report.corpus)
  const { perplexity, divergence } = candidate
  const again = <Kept extends NonNullable<CandidateReport['perplexity']['chunked']>>(kept: Kept | null) =>
    kept && { ...kept, ...summarizePerplexity(kept.groups, method, confidence) }
  return {
    ...candidate,
    perplexity: { chunked: again(perplexity.chunked), sliding: again(perplexity.sliding) },
    divergence: divergence && {
      ...divergence,
      ...summarizeDivergence(divergence.groups, divergence.klP99, method, confidence),
    },
  }
}
