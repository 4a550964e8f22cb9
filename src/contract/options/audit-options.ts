/** @file The options of an audit, by theme, in the order in which they are shown: part of the one table in options.ts. */
import { EXPECTED_OPTIONS } from './expected-options.ts'
import { JUDGING_OPTIONS } from './judging-options.ts'
import { MEASUREMENT_OPTIONS } from './measurement-options.ts'
import { RUN_OPTIONS } from './run-options.ts'
import { SUBJECT_OPTIONS } from './subject-options.ts'
import { TEXT_OPTIONS } from './text-options.ts'

export { CONFIG_NAME } from './judging-options.ts'

/** What is measured, where it is read from and judged by: shared by the command line, the action and saegate.yaml. */
export const AUDIT_OPTIONS = {
  ...SUBJECT_OPTIONS,
  ...TEXT_OPTIONS,
  ...MEASUREMENT_OPTIONS,
  ...JUDGING_OPTIONS,
  ...RUN_OPTIONS,
  ...EXPECTED_OPTIONS,
} as const
