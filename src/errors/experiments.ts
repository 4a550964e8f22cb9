/** @file What can be wrong with what `compare` and `predict` are given. */
import { problem } from './problem.ts'

const NAMING =
  'Write PATH#CANDIDATE, for example saegate-report/report.json#rtn-6, and --readout ID where there are several.'

export const candidateUnnamed = problem('CANDIDATE_UNNAMED', 2, (path: string, names: readonly string[]) => ({
  message: `${path} has ${names.length} candidates (${names.slice(0, 20).join(', ')}), and it is not said which is meant.`,
  fix: NAMING,
}))

export const candidateUnknown = problem(
  'CANDIDATE_UNKNOWN',
  2,
  (path: string, name: string, names: readonly string[]) => ({
    message: `${path} has no candidate "${name}" but ${names.slice(0, 20).join(', ') || 'none'}.`,
    fix: NAMING,
  }),
)

export const candidatesNotTwo = problem(
  'CANDIDATES_NOT_TWO',
  2,
  (path: string, names: readonly string[]) => ({
    message: `${path} has ${names.length} candidates (${names.slice(0, 20).join(', ')}), and two are compared.`,
    fix: 'Name both: saegate compare PATH#ONE PATH#OTHER.',
  }),
)

export const readoutUnnamed = problem(
  'READOUT_UNNAMED',
  2,
  (path: string, asked: string | null, ids: readonly string[]) => ({
    message: `${path} has ${ids.length === 0 ? 'no read-out of features' : `the read-outs ${ids.slice(0, 20).join(', ')}`}${asked === null ? ', and it is not said which is meant' : `, not "${asked}"`}.`,
    fix: 'Name one of them with --readout, or audit with an SAE.',
  }),
)

export const onlyRescaled = problem('ONLY_RESCALED', 2, (path: string, candidate: string) => ({
  message: `${path}: the residual stream of ${candidate} is the reference's times one factor, and nothing is said of its features.`,
  fix: 'Audit it again with --rescale.',
}))

export const noActiveFeatures = problem('NO_ACTIVE_FEATURES', 2, (path: string, threshold: number) => ({
  message: `${path} has no active feature: none fires in the reference at more than ${threshold} of positions.`,
  fix: 'Give a table of an audit with more text, or a lower --active.',
}))

export const tableColumnMissing = problem(
  'TABLE_COLUMN_MISSING',
  2,
  (path: string, column: string, found: readonly string[]) => ({
    message: `${path} has no column "${column}"; it has ${found.slice(0, 20).join(', ') || 'none'}.`,
    fix: 'Give a table with the columns feature, correlation, firing_rate, mean and peak, under these names.',
  }),
)

export const tableValue = problem(
  'TABLE_VALUE',
  2,
  (path: string, row: number, column: string, value: string, expected: string) => ({
    message: `${path}, row ${row}: ${column} is "${value.slice(0, 60)}", not ${expected}.`,
    fix: 'Correct the table: feature ids once each, firing rates from 0 to 1, all else plain numbers.',
  }),
)

export const incomparable = problem(
  'INCOMPARABLE',
  2,
  (path: string, field: string, there: unknown, here: unknown) => ({
    message: `${path} cannot be compared with the first: ${field} is ${String(there)} there and ${String(here)} in the first.`,
    fix: 'Compare candidates that were measured against the same reference on the same tokens through the same SAE.',
  }),
)

export const nothingShared = problem('NOTHING_SHARED', 2, (path: string) => ({
  message: `${path} and the first have no active feature in common.`,
  fix: 'Compare candidates that were measured through the same SAE.',
}))

export const ratioOutside = problem('RATIO_OUTSIDE', 2, (flag: string, value: string) => ({
  message: `${flag} is "${value}", not a number from 0 to 1.`,
  fix: 'Give a number such as 0.9.',
}))

export const tooFewOfAClass = problem(
  'TOO_FEW_OF_A_CLASS',
  2,
  (path: string, survived: number, features: number, fewest: number) => ({
    message: `${path}: ${survived} of ${features} active features survived; a fit needs at least ${fewest} that did and ${fewest} that did not.`,
    fix: 'Predict for a candidate that loses some features and keeps some, or measure on more text.',
  }),
)

export const predictorVersion = problem(
  'PREDICTOR_VERSION',
  2,
  (path: string, found: string, known: string) => ({
    message: `${path} is "${found}"; this version reads ${known}.`,
    fix: 'Save the predictor again with this version of saegate: predict --save.',
  }),
)

export const predictorInvalid = problem('PREDICTOR_INVALID', 2, (path: string, what: string) => ({
  message: `${path} is not a predictor that saegate saved: ${what}.`,
  fix: 'Save it again with predict --save.',
}))

export const saveWithApply = problem('SAVE_WITH_APPLY', 2, () => ({
  message: '--save keeps a fit, and --apply makes none.',
  fix: 'Leave one of them out.',
}))

export const sweepGranularity = problem('SWEEP_GRANULARITY', 2, (given: string) => ({
  message: `--granularity "${given}" is none of channel, tensor, group=N and transformerlens.`,
  fix: 'Give one or several of these, apart by commas: --granularity channel,group=128.',
}))

export const measuredAlready = problem('MEASURED_ALREADY', 2, (flag: string) => ({
  message: `${flag} says what to measure, and a finished report is measured already.`,
  fix: 'Leave the report out to measure, or the flag to look at the report.',
}))

export const tableUnknown = problem('TABLE_UNKNOWN', 2, (given: string, known: readonly string[]) => ({
  message: `--only "${given}" is no table of the preset.`,
  fix: `Name some of ${known.join(', ')}, apart by commas.`,
}))

export const stabilityMissing = problem('STABILITY_MISSING', 2, (path: string) => ({
  message: `${path} has no parts of its text that were looked at again.`,
  fix: 'Measure them: saegate stability --candidate rtn:6 with the reference, the SAE and the corpus.',
}))

export const attributionOfOne = problem('ATTRIBUTION_OF_ONE', 2, (names: readonly string[]) => ({
  message: `Tensors of one candidate are told apart at a time, and ${names.length} are given: ${names.slice(0, 20).join(', ')}.`,
  fix: 'Name one, with --candidate or as REPORT.json#CANDIDATE.',
}))

export const diagnosisMissing = problem('DIAGNOSIS_MISSING', 2, (path: string) => ({
  message: `${path} holds no diagnosis: it is not of saegate diagnose.`,
  fix: 'Give the report.json that saegate diagnose wrote, or measure with saegate diagnose and the flags of an audit.',
}))
