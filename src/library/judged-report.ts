/** @file What the library hands back: a report with its tables, what the policy says of it, and where it was written. */
import type { Measurement } from '../contract/report/measurement.ts'
import type { Verdict } from '../contract/report/report-schema.ts'
import type { WrittenReport } from '../gate/report-folder.ts'

export interface JudgedReport extends Measurement {
  /** Of all candidates together; null: no policy judged. */
  readonly verdict: Verdict | null
  /** The policy says stop: `saegate` would end with status 1. Never without a policy. */
  readonly blocks: boolean
  /** Null: no folder was named. */
  readonly written: WrittenReport | null
}

/** A measurement as it was judged (gate/judging.ts). */
interface Judged {
  readonly measurement: Measurement
  readonly blocks: boolean
}

export function judgedReport({ measurement, blocks }: Judged, written: WrittenReport | null): JudgedReport {
  const report = written?.report ?? measurement.report
  return { report, evidence: measurement.evidence, verdict: report.verdict, blocks, written }
}
