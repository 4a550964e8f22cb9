/** @file What can be wrong with a report or its tables, as files that may come from anywhere. */
import { problem } from './problem.ts'

export const reportTooLarge = problem(
  'REPORT_TOO_LARGE',
  2,
  (path: string, length: number, limit: number) => ({
    message: `${path} has ${length} characters; a report has at most ${limit}.`,
    fix: 'Pass the report.json that saegate wrote; feature tables lie beside it, not in it.',
  }),
)

export const reportNotJson = problem('REPORT_NOT_JSON', 2, (path: string, detail: string) => ({
  message: `${path} is not JSON: ${detail}.`,
  fix: 'Pass a report.json written by saegate; a partly copied file has to be copied again.',
}))

export const reportVersion = problem('REPORT_VERSION', 2, (path: string, found: string, known: string) => ({
  message: `${path} has the schema ${found}; this version reads ${known}.`,
  fix: 'Use the saegate version that wrote the report, or run the audit again.',
}))

export const reportInvalid = problem('REPORT_INVALID', 2, (path: string, where: string, what: string) => ({
  message: `${path}: ${where} ${what}.`,
  fix: 'Pass a report.json as saegate wrote it; schemas/report.schema.json says what each field may hold.',
}))

export const reportNotFinite = problem('REPORT_NOT_FINITE', 3, (where: string, value: string) => ({
  message: `The report would hold ${value} at ${where}; report.json holds finite numbers only.`,
  fix: 'Check the candidate named there: weights so far off that its loss overflows cannot be audited.',
}))

export const tableUnreadable = problem('TABLE_UNREADABLE', 2, (path: string, detail: string) => ({
  message: `${path} cannot be read as a feature table: ${detail}.`,
  fix: 'Copy the file again from the audit that wrote report.json, or run the audit again.',
}))

export const tableMisfit = problem(
  'TABLE_MISFIT',
  2,
  (path: string, what: string, found: string, expected: string) => ({
    message: `${path} does not belong to this report: ${what} is ${found}, the report says ${expected}.`,
    fix: 'Keep report.json and its features folder together, as one audit wrote them.',
  }),
)
