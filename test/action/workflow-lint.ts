/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of GitHub, not templates. */
/**
 * @file What a workflow may not get wrong, after actionlint's checks: keys and events that GitHub knows, expressions over
 * known contexts and functions, steps and jobs that exist, inputs and outputs that action.yml declares; and what makes
 * one safe: explicit permissions, versions pinned in full, no expression inside a script.
 */
import { Ajv } from 'ajv'

const names = (...keys: readonly string[]) =>
  ({
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(keys.map((key) => [key, {}])),
  }) as const
const texts = {
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' }, minItems: 1 }],
} as const
const level = { enum: ['read', 'write', 'none'] } as const
const permissions = {
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    [
      'actions',
      'attestations',
      'checks',
      'contents',
      'id-token',
      'issues',
      'pages',
      'pull-requests',
      'statuses',
    ].map((scope) => [scope, level]),
  ),
} as const
const filters = {
  anyOf: [{ type: 'null' }, names('branches', 'branches-ignore', 'tags', 'paths', 'paths-ignore', 'types')],
} as const

const step = {
  ...names(
    'id',
    'if',
    'name',
    'uses',
    'run',
    'working-directory',
    'shell',
    'with',
    'env',
    'continue-on-error',
    'timeout-minutes',
  ),
  oneOf: [{ required: ['uses'] }, { required: ['run'] }],
} as const

const ownJob = {
  type: 'object',
  additionalProperties: false,
  required: ['runs-on', 'steps', 'timeout-minutes'],
  properties: {
    name: { type: 'string' },
    if: { type: 'string' },
    needs: texts,
    permissions,
    'runs-on': texts,
    'timeout-minutes': {
      anyOf: [
        { type: 'integer', minimum: 1, maximum: 360 },
        { type: 'string', pattern: '^\\$\\{\\{ inputs\\.' },
      ],
    },
    strategy: names('fail-fast', 'max-parallel', 'matrix'),
    env: { type: 'object' },
    environment: {},
    outputs: { type: 'object' },
    steps: { type: 'array', items: step, minItems: 1 },
  },
} as const

/** A job that another workflow does. */
const calledJob = {
  type: 'object',
  additionalProperties: false,
  required: ['uses'],
  properties: {
    name: { type: 'string' },
    if: { type: 'string' },
    needs: texts,
    permissions,
    uses: { type: 'string' },
    with: { type: 'object' },
    secrets: { type: 'object' },
  },
} as const

const job = { anyOf: [ownJob, calledJob] } as const

/** What a workflow that is called is told, and tells. */
const declared = (...keys: readonly string[]) =>
  ({ type: 'object', additionalProperties: names(...keys) }) as const

const workflowSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'on', 'permissions', 'jobs'],
  properties: {
    name: { type: 'string' },
    on: {
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      // pull_request_target is left out: it runs a stranger's change with a token that may write.
      properties: {
        push: filters,
        pull_request: filters,
        repository_dispatch: {
          type: 'object',
          additionalProperties: false,
          required: ['types'],
          properties: { types: texts },
        },
        workflow_dispatch: { anyOf: [{ type: 'null' }, names('inputs')] },
        workflow_call: {
          type: 'object',
          additionalProperties: false,
          properties: {
            inputs: declared('description', 'type', 'default', 'required'),
            secrets: declared('description', 'required'),
            outputs: declared('description', 'value'),
          },
        },
        schedule: {
          type: 'array',
          items: {
            type: 'object',
            required: ['cron'],
            properties: { cron: { pattern: '^(\\S+ ){4}\\S+$' } },
          },
        },
        workflow_run: {
          type: 'object',
          required: ['workflows', 'types'],
          properties: { workflows: texts, types: texts },
        },
      },
    },
    permissions,
    concurrency: names('group', 'cancel-in-progress'),
    env: { type: 'object' },
    defaults: {},
    jobs: {
      type: 'object',
      minProperties: 1,
      additionalProperties: job,
      propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_-]*$' },
    },
  },
} as const

export interface Step {
  readonly id?: string
  readonly if?: string
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, unknown>>
}

export interface Job {
  readonly needs?: string | readonly string[]
  readonly permissions?: Readonly<Record<string, string>>
  readonly outputs?: Readonly<Record<string, unknown>>
  /** Its address is told by a step. */
  readonly environment?: unknown
  readonly 'runs-on'?: string | readonly string[]
  readonly strategy?: { readonly matrix?: Readonly<Record<string, unknown>> }
  /** Absent: another workflow does it. */
  readonly steps?: readonly Step[]
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}

export const stepsOf = ({ steps = [] }: Job): readonly Step[] => steps

export interface Workflow {
  readonly name: string
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

/** action.yml, as far as callers see it. */
export interface Manifest {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly outputs: Readonly<Record<string, unknown>>
}

const check = new Ajv({ allErrors: true, strict: false }).compile<Workflow>(workflowSchema)

export function isWorkflow(value: unknown): value is Workflow {
  return check(value)
}

const CONTEXTS = [
  'github',
  'env',
  'vars',
  'job',
  'jobs',
  'steps',
  'runner',
  'secrets',
  'strategy',
  'matrix',
  'needs',
  'inputs',
]
const FUNCTIONS = [
  'always',
  'success',
  'failure',
  'cancelled',
  'contains',
  'startsWith',
  'endsWith',
  'format',
  'join',
  'toJSON',
  'fromJSON',
  'hashFiles',
]
const OURS = /^saegate\/saegate@|^\.\/?$/

/** What is wrong, one sentence each; empty: nothing. */
export function lint(workflow: unknown, ours: Manifest): string[] {
  if (!isWorkflow(workflow))
    return (check.errors ?? []).map(
      (error) => `${error.instancePath || 'workflow'} ${error.message} ${JSON.stringify(error.params)}`,
    )
  const told = inputsOf(workflow)
  const untold = [...JSON.stringify(workflow).matchAll(/(?<![\w.-])inputs\.([\w-]+)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !told.includes(name))
    .map((name) => `no input ${name} of the workflow`)
  return Object.entries(workflow.jobs).flatMap(([name, one]) => [
    ...untold,
    ...lintCall(name, one),
    ...lintNeeds(name, one, workflow),
    ...lintSteps(name, one, ours),
    ...lintExpressions(name, one, ours),
  ])
}

export const needsOf = (one: Job): readonly string[] =>
  typeof one.needs === 'string' ? [one.needs] : (one.needs ?? [])

const lintNeeds = (name: string, one: Job, { jobs }: Workflow): string[] =>
  needsOf(one)
    .filter((needed) => jobs[needed] === undefined || needed === name)
    .map((needed) => `${name} needs ${needed}, which is no other job`)

/** Names of what a workflow is told by those who start it. */
export function inputsOf({ on }: Workflow): readonly string[] {
  return ['workflow_call', 'workflow_dispatch'].flatMap((event) => {
    const told: { inputs?: unknown } = Object(on[event])
    return Object.keys(Object(told.inputs))
  })
}

/** The workflow of ours that a job calls, by its file; null: it calls none. */
export const calledOf = ({ uses }: Job): string | null =>
  /^saegate\/saegate\/\.github\/workflows\/([\w-]+\.yml)@v\d+\.\d+\.\d+$/.exec(uses ?? '')?.[1] ?? null

const lintCall = (name: string, one: Job): string[] =>
  one.uses !== undefined && calledOf(one) === null
    ? [`${name}: ${one.uses} is no workflow of saegate at a full version`]
    : []

/** Others by commit: a tag can be moved. Ours by the version that the file was written for. */
function isPinned(uses: string): boolean {
  return /@[0-9a-f]{40}$/.test(uses) || /^saegate\/saegate(?:\/setup)?@v\d+\.\d+\.\d+$/.test(uses)
}

function lintSteps(name: string, one: Job, ours: Manifest): string[] {
  const faults: string[] = []
  const steps = stepsOf(one)
  const ids = steps.flatMap((step) => step.id ?? [])
  if (new Set(ids).size < ids.length) faults.push(`${name} has two steps of one id`)
  for (const { uses, run, with: inputs = {} } of steps) {
    if (run?.includes('${{')) faults.push(`${name}: an expression inside a script: pass it by env`)
    if (uses !== undefined && !isPinned(uses))
      faults.push(`${name}: ${uses} is not pinned to a commit, or saegate to a full version`)
    if (uses === undefined || !OURS.test(uses)) continue
    for (const input of Object.keys(inputs))
      if (!(input in ours.inputs)) faults.push(`${name}: action.yml has no input ${input}`)
  }
  return faults
}

/** Every expression with the number of steps before it. */
function expressionsOf(one: Job): { text: string; before: number }[] {
  const inside = (value: unknown): string[] =>
    [...JSON.stringify(value ?? '').matchAll(/\$\{\{(.*?)\}\}/g)].map((match) => match[1] ?? '')
  const { steps = [], outputs, environment, ...rest } = one
  const bare = (condition: unknown): string[] =>
    typeof condition === 'string' ? [condition.replace(/^\$\{\{|\}\}$/g, '')] : []
  const own = [...inside(rest), ...bare('if' in rest ? rest.if : undefined)].map((text) => ({
    text,
    before: 0,
  }))
  return [
    ...own,
    ...[...inside(outputs), ...inside(environment)].map((text) => ({ text, before: steps.length })),
    ...steps.flatMap((step, before) => [...inside(step), ...bare(step.if)].map((text) => ({ text, before }))),
  ]
}

function lintExpressions(name: string, one: Job, ours: Manifest): string[] {
  return expressionsOf(one).flatMap(({ text, before }) => {
    const code = text.replace(/'(?:[^']|'')*'/g, "''")
    const calls = [...code.matchAll(/([A-Za-z]+)\s*\(/g)]
      .map((match) => match[1] ?? '')
      .filter((called) => !FUNCTIONS.includes(called))
    const paths = [...code.matchAll(/(?<![\w.-])[A-Za-z_][\w-]*(?:\.[\w*-]+)*(?!\s*\(|[\w.-])/g)].map(
      (match) => match[0].split('.'),
    )
    const faults = paths.flatMap((path) => lintPath(path, one, before, ours))
    return [...calls.map((called) => `no function ${called}`), ...faults].map(
      (fault) => `${name}: ${fault} in "${text.trim()}"`,
    )
  })
}

function lintPath(
  [context, first, kind, output]: readonly string[],
  one: Job,
  before: number,
  ours: Manifest,
): string[] {
  if (context === undefined || ['true', 'false', 'null'].includes(context)) return []
  if (!CONTEXTS.includes(context)) return [`no context ${context}`]
  if (context === 'steps') {
    const found = stepsOf(one)
      .slice(0, before)
      .find((step) => step.id === first)
    if (found === undefined) return [`no earlier step ${first}`]
    const declared = found.uses !== undefined && OURS.test(found.uses)
    return declared && kind === 'outputs' && !(String(output) in ours.outputs)
      ? [`action.yml has no output ${output}`]
      : []
  }
  if (context === 'needs') return needsOf(one).includes(String(first)) ? [] : [`${first} is not needed`]
  if (context === 'matrix')
    return matrixKeys(one).includes(String(first)) ? [] : [`no ${first} in the matrix`]
  return []
}

function matrixKeys(one: Job): string[] {
  const { include = [], exclude: _, ...axes } = one.strategy?.matrix ?? {}
  return [
    ...Object.keys(axes),
    ...(Array.isArray(include) ? include.flatMap((entry: unknown) => Object.keys(Object(entry))) : []),
  ]
}
