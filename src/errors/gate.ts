/** @file Problems of reading and judging finished reports. */
import { problem } from './problem.ts'

export const tableOutsideFolder = problem('TABLE_OUTSIDE_FOLDER', 2, (report: string, table: string) => ({
  message: `${report} names the feature table "${table}", which lies outside the report's folder.`,
  fix: 'A report and the folder that it names belong together: copy both.',
}))

export const policyMissing = problem('POLICY_MISSING', 2, () => ({
  message: 'No policy was given, so there is nothing to judge by.',
  fix: 'Add --policy default (or strict, research, or a YAML file).',
}))

export const outIsFile = problem('OUT_IS_FILE', 2, (path: string) => ({
  message: `${path} is a file, and the report needs a folder of that name.`,
  fix: 'Give another folder with --out.',
}))

export const tableOfAnotherReport = problem('TABLE_OF_ANOTHER_REPORT', 2, (path: string) => ({
  message: `${path} is not the table that report.json was written with: its digest differs.`,
  fix: 'Take report.json and the folder that it names from the same run, or run the audit again.',
}))

export const figuresDiffer = problem(
  'FIGURES_DIFFER',
  2,
  (report: string, candidate: string, readout: string, what: string, said: number, found: number) => ({
    message: `${report} says ${what} ${said} for ${candidate} at ${readout}, and its feature table gives ${found}.`,
    fix: 'The report was changed after it was written: run the audit again.',
  }),
)
