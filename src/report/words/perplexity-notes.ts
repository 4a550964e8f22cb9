/** @file What stands below a candidate's perplexity: the baseline's, and the sliding one where a dissociation may go by it. */
import type { CandidateReport } from '../../contract/report/report-schema.ts'
import { alsoMeasured, baselineOf, type Protocol } from './figures.ts'
import { signedInterval, signedPercent } from './format.ts'

export function perplexityNotes(candidate: CandidateReport, protocol: Protocol): string {
  const before = baselineOf(candidate, `perplexity.${protocol}.deltaPercent`, null)
  const also = alsoMeasured(candidate)
  return [
    ...(before === null ? [] : [`baseline ${signedPercent(before.baseline)}`]),
    ...(also === null
      ? []
      : [`sliding ${signedPercent(also.deltaPercent)} ${signedInterval(also.ci)}`.trim()]),
  ].join('; ')
}
