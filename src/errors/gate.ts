/** @file Problems of reading and judging finished reports. */
import { problem } from './problem.ts'

export const tableOutsideFolder = problem('TABLE_OUTSIDE_FOLDER', 2, (report: string, table: string) => ({
  message: `${report} names the feature table "${table}", which lies outside the report's folder.`,
  fix: 'A report and its features/ folder belong together: copy the folder whole.',
}))

export const policyMissing = problem('POLICY_MISSING', 2, () => ({
  message: 'No policy was given, so there is nothing to judge by.',
  fix: 'Add --policy default (or strict, research, or a YAML file).',
}))

export const outIsFile = problem('OUT_IS_FILE', 2, (path: string) => ({
  message: `${path} is a file, and the report needs a folder of that name.`,
  fix: 'Give another folder with --out.',
}))
