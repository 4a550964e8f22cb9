/** @file What the figures are judged by, and where the audit is said and its report written. Part of the one table in options.ts. */
import { type OptionRow, one, text } from './option-spec.ts'

/** The file that says an audit, where no other is named. */
export const CONFIG_NAME = 'saegate.yaml'

export const JUDGING_OPTIONS = {
  policy: {
    flag: '--policy',
    input: 'policy',
    key: 'policy',
    type: text,
    ...one,
    default: null,
    metavar: 'PATH',
    description:
      'The policy that decides: a YAML file, the name of a shipped one, or none: then the audit measures and does not judge. The action has to be told so.',
    example: 'policies/default.yaml',
  },
  baseline: {
    flag: '--baseline',
    input: 'baseline',
    key: 'baseline',
    type: text,
    ...one,
    default: null,
    metavar: 'PATH',
    description:
      'An earlier report.json to compare with, for maxDrop and maxRise rules. In the action also base: the report of the pull request’s merge base, as this check measured it there.',
    example: 'baseline/report.json',
  },
  config: {
    flag: '--config',
    input: 'config',
    key: null,
    type: text,
    ...one,
    default: null,
    absent: `${CONFIG_NAME} where present`,
    metavar: 'PATH',
    description: 'The file that says the audit; flags and inputs override it.',
    example: 'saegate.yaml',
  },
  out: {
    flag: '--out',
    input: null,
    key: 'out',
    type: text,
    ...one,
    default: 'saegate-report',
    metavar: 'DIR',
    description: 'Folder for report.json, report.html, report.md and the feature tables.',
    example: 'saegate-report',
  },
} as const satisfies Readonly<Record<string, OptionRow>>
