/** @file Problems of reading and judging finished reports. */
import { problem } from './problem.ts'

export const tableOutsideFolder = problem('TABLE_OUTSIDE_FOLDER', 2, (report: string, table: string) => ({
  message: `${report} names the feature table "${table}", which lies outside the report's folder, or is a link that leads out of it.`,
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

export const tableWithoutDigest = problem('TABLE_WITHOUT_DIGEST', 2, (table: string) => ({
  message: `The report that was handed on names no digest of its table ${table}, so that it may be another report’s.`,
  fix: 'Measure again with this version of saegate, and hand on the whole folder that report-path names.',
}))

export const figuresDiffer = problem(
  'FIGURES_DIFFER',
  2,
  (report: string, candidate: string, what: string, said: string, found: string) => ({
    message: `${report} says ${what} is ${said} for ${candidate}, and its sums and feature tables give ${found}.`,
    fix: 'The report was changed after it was written: run the audit again.',
  }),
)

export const featureIdInvalid = problem('FEATURE_ID_INVALID', 2, (id: string) => ({
  message: `${JSON.stringify(id.slice(0, 40))} is no number of a feature.`,
  fix: 'Give a whole number from 0, as the tables and Neuronpedia count features.',
}))

export const featureNotThere = problem(
  'FEATURE_NOT_THERE',
  2,
  (feature: number, readouts: readonly string[]) => ({
    message: `The report has no feature ${feature}${readouts.length === 0 ? ': it was measured without an SAE' : ` there; its read-outs are ${readouts.slice(0, 8).join(', ')}`}.`,
    fix: 'Name a feature below the width of one of them, and the read-out as it stands there.',
  }),
)

export const featuresNotThere = problem(
  'FEATURES_NOT_THERE',
  2,
  (asked: string, fitting: number, known: readonly string[]) => ({
    message: `The report has ${fitting === 0 ? 'no features' : `${fitting} tables of features`} of ${asked}.`,
    fix:
      known.length === 0
        ? 'It was measured without an SAE: audit with one.'
        : `Name a candidate and its read-out: ${known.slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}.`,
  }),
)

export const attestDerived = problem('ATTEST_DERIVED', 2, (candidate: string) => ({
  message: `${candidate} has no files with digests in this report, so there is nothing that a signature could be bound to.`,
  fix: 'Attest a candidate that is an artifact (a folder, a GGUF or ONNX file, an hf: spec); what is derived from the reference (rtn:6) has no files.',
}))

export const attestUnjudged = problem('ATTEST_UNJUDGED', 2, (candidate: string) => ({
  message: `No policy has judged ${candidate} in this report.`,
  fix: 'Judge it first: saegate gate REPORT.json --policy P --out DIR, then attest the report in DIR.',
}))

export const attestShards = problem('ATTEST_SHARDS', 2, (path: string, found: string) => ({
  message: `${path} was not merged from these shards: ${found}.`,
  fix: 'Give the shards that the report was merged from, or merge these to a report of their own.',
}))

export const attestWhich = problem(
  'ATTEST_WHICH',
  2,
  (asked: string | null, artifacts: readonly string[]) => ({
    message:
      asked === null
        ? `The report judges several artifacts: ${artifacts.slice(0, 12).join(', ')}.`
        : `The report has no candidate ${JSON.stringify(asked.slice(0, 60))}; it judges ${artifacts.slice(0, 12).join(', ') || 'none'}.`,
    fix: 'Name one with --candidate NAME, as the report names it.',
  }),
)
