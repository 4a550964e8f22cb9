/** @file The swaps of one candidate of a report, and the audit that would measure them. */
import { ATTRIBUTION_SCHEMA } from '../contract/experiments/attribution-schema.ts'
import { DEFAULT_THRESHOLDS } from '../contract/options/audit-config.ts'
import { auditOptions } from '../contract/options/options.ts'
import type { CandidateReport, Report } from '../contract/report/report-schema.ts'
import type { Overrides } from '../contract/request/audit-request.ts'
import { attributionOfOne, candidateUnknown } from '../errors/experiments.ts'
import type { Attribution } from '../report/experiments/attribution/attribution.ts'
import { measuringFlags } from '../report/words/reproduce.ts'

/** Null: it was measured without. */
export function attributionOf(
  path: string,
  { reference, readouts, confidence }: Report,
  { name, spec, attribution }: CandidateReport,
): Attribution | null {
  if (attribution === undefined) return null
  return {
    schema: ATTRIBUTION_SCHEMA,
    path,
    reference: reference.spec,
    candidate: name,
    spec,
    thresholds: readouts[0]?.thresholds ?? DEFAULT_THRESHOLDS,
    confidence,
    ...attribution,
  }
}

/** The one that is named, or the only one. Errors: CANDIDATE_UNKNOWN, ATTRIBUTION_OF_ONE. */
export function chosenCandidate(path: string, { candidates }: Report, name: string | null): CandidateReport {
  const names = candidates.map((one) => one.name)
  const [only] = name === null ? candidates : candidates.filter((one) => one.name === name)
  if (only === undefined) throw candidateUnknown(path, name ?? '', names)
  if (name === null && candidates.length > 1) throw attributionOfOne(names)
  return only
}

/** What swaps do without: losses, unless they are asked for, and what judges. */
const LEFT_OUT = ['--perplexity', '--baseline']

/** As flags would ask for the audit of that one candidate. */
export function askedAgain(report: Report, candidate: CandidateReport): Overrides['values'] {
  const flags = measuringFlags({ ...report, candidates: [candidate] })
  const values = new Map<string, string[]>()
  for (const [flag, value] of flags) {
    const row = auditOptions.find((one) => one.flag === flag)
    if (row !== undefined && !LEFT_OUT.includes(flag))
      values.set(row.name, [...(values.get(row.name) ?? []), value])
  }
  return Object.fromEntries(values)
}
