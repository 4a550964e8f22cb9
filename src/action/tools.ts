/**
 * @file What the action needs of the stages before it, as one interface: measure (or read a measurement), judge, write
 * the report's files. The entry takes the real ones; the tests hand in a measurement of known content.
 */
import type { Progress } from '../audit/machine/progress.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { AuditRequest } from '../contract/request/audit-request.ts'
import { type Criteria, type Judged, judgeBy } from '../gate/judging.ts'
import { loadReport } from '../gate/load-report.ts'
import { ProgressText } from '../gate/progress-text.ts'
import { type WrittenReport, writeReport } from '../gate/report-folder.ts'
import { runAudit } from '../gate/run-audit.ts'

export interface AuditOptions {
  /** One line for the log. */
  onProgress(line: string): void
  readonly signal: AbortSignal
}

export interface Tools {
  readonly version: string
  readonly audit: (request: AuditRequest, criteria: Criteria, options: AuditOptions) => Promise<Measurement>
  /** A finished report with its tables, checked against the schema: it may come from somebody else. */
  readonly load: (reportJson: string) => Promise<Measurement>
  readonly judge: (measurement: Measurement, criteria: Criteria) => Judged
  /** Whole or, where the signal is aborted before, not at all. */
  readonly write: (measurement: Measurement, out: string, signal: AbortSignal) => Promise<WrittenReport>
}

export function realTools(version: string): Tools {
  return {
    version,
    audit: async (request, criteria, { onProgress, signal }) => {
      const options = { onProgress: seldom(onProgress), signal, toolVersion: version }
      return (await runAudit(request, criteria, options)).measurement
    },
    load: loadReport,
    judge: judgeBy,
    write: writeReport,
  }
}

/** A job's log keeps every line: one at each new stage, else one every 20 s. */
const SECONDS_BETWEEN_LINES = 20

function seldom(write: (line: string) => void): (progress: Progress) => void {
  const seconds = () => performance.now() / 1000
  const words = new ProgressText(seconds)
  let [stage, written] = ['', Number.NEGATIVE_INFINITY]
  return (progress) => {
    const line = words.line(progress)
    if (progress.stage === stage && seconds() - written < SECONDS_BETWEEN_LINES) return
    ;[stage, written] = [progress.stage, seconds()]
    write(line)
  }
}
