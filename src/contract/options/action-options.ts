/** @file The options that only the action has, and its outputs: part of the one table in options.ts. */
import { type OptionRow, one, text } from './option-spec.ts'

/** How the action delivers what was measured. */
export const ACTION_OPTIONS = {
  configFrom: {
    flag: null,
    input: 'config-from',
    key: null,
    type: { kind: 'choice', choices: ['base', 'head'] },
    ...one,
    default: null,
    absent: 'base on pull_request, pull_request_target, merge_group and workflow_run, else head',
    metavar: 'WHERE',
    description:
      'Where saegate.yaml, policy, watch-lists, waivers and baseline are read: in the base commit, of which the candidate alone is not (base), or in the checkout, which is the pull request’s (head). Where the pull request’s own differ, comment and summary say so first.',
    example: 'base',
  },
  policyRepository: {
    flag: null,
    input: 'policy-repository',
    key: null,
    type: text,
    ...one,
    default: null,
    metavar: 'OWNER/NAME@REF',
    description:
      'Another repository whose policy (and saegate.yaml and baseline, where it has them) decides, read through GitHub’s API at the commit that REF stands for.',
    example: 'octo/policies@v3',
  },
  policyToken: {
    flag: null,
    input: 'policy-token',
    key: null,
    type: text,
    ...one,
    default: null,
    absent: 'github-token',
    metavar: 'TOKEN',
    description: 'Token that may read policy-repository, where it is not public.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, not a template.
    example: '${{ secrets.POLICY_TOKEN }}',
  },
  comment: {
    flag: null,
    input: 'comment',
    key: null,
    type: { kind: 'choice', choices: ['on-change', 'always', 'on-failure', 'never'] },
    ...one,
    default: 'on-change',
    metavar: 'WHEN',
    description:
      'When to write the pull-request comment: on-change (only when what it says differs), always, on-failure or never. An existing comment is updated, never duplicated.',
    example: 'on-failure',
  },
  checkName: {
    flag: null,
    input: 'check-name',
    key: null,
    type: text,
    ...one,
    default: 'saegate',
    metavar: 'NAME',
    description:
      'Names this gate: one comment per name, with a section for each job that reports under it, so that several gates can share a pull request.',
    example: 'int6 gate',
  },
  checkRun: {
    flag: null,
    input: 'check-run',
    key: null,
    type: { kind: 'boolean' },
    ...one,
    default: false,
    metavar: 'BOOLEAN',
    description:
      'Also create a check run (needs checks: write). GitHub may file it under another workflow; the job’s exit status is the gate.',
    example: 'true',
  },
  failOn: {
    flag: null,
    input: 'fail-on',
    key: null,
    type: { kind: 'choice', choices: ['error', 'warning', 'never'] },
    ...one,
    default: 'error',
    metavar: 'LEVEL',
    description:
      'The job fails when the policy’s verdict is fail (error), when any rule of level warning fails too (warning), or never.',
    example: 'never',
  },
  skipUnchanged: {
    flag: null,
    input: 'skip-unchanged',
    key: null,
    type: { kind: 'boolean' },
    ...one,
    default: false,
    metavar: 'BOOLEAN',
    description:
      'Do not measure again when candidate, SAE, corpus, policy and tool version are as in this pull request’s last run, which cache-path tells: the report that it uploaded is judged and delivered anew. GitHub is asked to confirm that run (needs actions: read).',
    example: 'true',
  },
  report: {
    flag: null,
    input: 'report',
    key: null,
    type: text,
    ...one,
    default: null,
    metavar: 'PATH',
    description:
      'A finished report.json to judge and deliver instead of measuring: for the workflow_run half of the fork recipe.',
    example: 'saegate-report/report.json',
  },
  matrix: {
    flag: null,
    input: 'matrix',
    key: null,
    type: text,
    ...one,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, not a template.
    default: '${{ toJSON(matrix) }}',
    metavar: 'JSON',
    description:
      'Which place of a matrix this job has: jobs that share a check-name have a section each in one comment. Leave it to its default.',
    example: '{"candidate": "int4"}',
  },
  jobTotal: {
    flag: null,
    input: 'job-total',
    key: null,
    type: { kind: 'count', min: 1, max: 256, all: false },
    ...one,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, not a template.
    default: '${{ strategy.job-total }}',
    metavar: 'N',
    description: 'How many places the matrix has, so that none is passed over. Leave it to its default.',
    example: '3',
  },
  workingDirectory: {
    flag: null,
    input: 'working-directory',
    key: null,
    type: text,
    ...one,
    default: '.',
    metavar: 'DIR',
    description: 'Folder that relative paths start from.',
    example: 'models/small',
  },
  cachePath: {
    flag: null,
    input: 'cache-path',
    key: null,
    type: text,
    ...one,
    default: null,
    metavar: 'DIR',
    description:
      'Folder outside the workspace for downloads and for which run measured what, to be kept between runs (with actions/cache or on a self-hosted disk).',
    example: '/var/cache/saegate',
  },
  runtimePath: {
    flag: null,
    input: 'runtime-path',
    key: null,
    type: text,
    ...one,
    default: null,
    metavar: 'DIR',
    description:
      'Folder whose node_modules hold onnxruntime-node, for runners without network; else it is installed into the tool cache.',
    example: '/opt/saegate-runtime',
  },
  githubToken: {
    flag: null,
    input: 'github-token',
    key: null,
    type: text,
    ...one,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, not a template.
    default: '${{ github.token }}',
    metavar: 'TOKEN',
    description: 'Token for the comment and the check run.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, not a template.
    example: '${{ secrets.GITHUB_TOKEN }}',
  },
  hfToken: {
    flag: null,
    input: 'hf-token',
    key: null,
    type: text,
    ...one,
    default: null,
    metavar: 'TOKEN',
    description: 'Hugging Face token for gated or private repositories.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, not a template.
    example: '${{ secrets.HF_TOKEN }}',
  },
} as const satisfies Readonly<Record<string, OptionRow>>

/** What the action sets, beside its exit status. */
export const actionOutputs = [
  { name: 'verdict', description: 'pass, fail or inconclusive; empty without a policy.' },
  {
    name: 'enforced',
    description:
      'true where another verdict could have stopped the job; false without a policy, with an informational one, and with fail-on: never.',
  },
  {
    name: 'claimed',
    description:
      'true where the report was handed on by another run, or on a pull request by an earlier step, and this action did not measure it: the verdict is then never pass.',
  },
  {
    name: 'survived',
    description: 'Smallest fraction of active features that survived, over candidates and SAEs, 0 to 1.',
  },
  { name: 'degraded', description: 'Largest fraction of active features that degraded, 0 to 1.' },
  { name: 'damaged', description: 'Largest fraction of active features that are damaged, 0 to 1.' },
  { name: 'perplexity-delta', description: 'Largest perplexity change of a candidate, in percent.' },
  {
    name: 'dissociation',
    description: 'true when perplexity looks fine and features do not, for any candidate.',
  },
  {
    name: 'report-path',
    description: 'Folder that holds the report, its page and its tables: upload it as an artifact.',
  },
  { name: 'report-json', description: 'Path of report.json.' },
  {
    name: 'gate-changed',
    description:
      'true when the pull request’s own saegate.yaml or policy says something else than the base’s, false when not; empty where there are not two to compare.',
  },
  {
    name: 'reference-sha256',
    description: 'Digest of the reference that was measured, as expect-reference-sha256 takes it.',
  },
  {
    name: 'candidate-sha256',
    description:
      'Digests of the candidates that were judged, one per line, without those made of the reference: the job that ships one checks that it is among them.',
  },
] as const

export type ActionOutput = (typeof actionOutputs)[number]['name']
