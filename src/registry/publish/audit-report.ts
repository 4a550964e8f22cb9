/** @file The report of an audit as the state keeps it, for places that are told more than a verdict. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Report } from '../../contract/report/report-schema.ts'
import { fileMissing } from '../../errors/bytes.ts'
import { registryDamaged } from '../../errors/registry.ts'
import { readReportText } from '../../gate/texts.ts'
import { parseReport } from '../../report/formats/json.ts'
import type { Finished } from '../state/entries.ts'

export const reportsIn = (state: string): string => join(state, 'reports')

/** The report, and the text that it was read from. */
export interface KeptReport {
  readonly report: Report
  readonly text: string
}

/** Errors: those of reading, REPORT_*, REGISTRY_DAMAGED (it is another than the history speaks of). */
export async function auditReport(state: string, { folder, outcome }: Finished): Promise<KeptReport> {
  if (folder === null || outcome.kind !== 'verdict') throw fileMissing(reportsIn(state))
  const path = join(reportsIn(state), folder, 'report.json')
  const text = await readReportText(path)
  const found = createHash('sha256').update(text).digest('hex')
  if (found !== outcome.report) throw registryDamaged(path, found, outcome.report)
  return { report: parseReport(text, path), text }
}
