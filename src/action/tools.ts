/**
 * @file What the action needs of the stages before it, as one interface: measure (or read a measurement), judge, write
 * the report's files.
 * The entry wires the real ones; the tests hand in a measurement of known content.
 */
import type { AuditRequest, JudgingRequest } from '../contract/audit-request.ts'
import type { Measurement } from '../contract/measurement.ts'

export interface AuditOptions {
  /** One line for the log. */
  onProgress(line: string): void
  readonly signal: AbortSignal
}

export type Auditor = (request: AuditRequest, options: AuditOptions) => Promise<Measurement>

export interface Judged {
  readonly measurement: Measurement
  /** The policy says that the job fails: a failed rule, or an inconclusive one under onInconclusive: fail. */
  readonly blocks: boolean
}

export interface WrittenReport {
  /** The folder with everything in it. */
  readonly folder: string
  /** Path of report.json. */
  readonly json: string
}

export interface Tools {
  readonly version: string
  readonly audit: Auditor
  /** A finished report with its tables, checked against the schema: it may come from somebody else. */
  readonly load: (reportJson: string) => Promise<Measurement>
  readonly judge: (measurement: Measurement, request: JudgingRequest) => Promise<Judged>
  readonly write: (measurement: Measurement, out: string) => Promise<WrittenReport>
}
