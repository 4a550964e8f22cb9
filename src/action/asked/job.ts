/**
 * @file Which job this is, of which run: jobs that report under one check-name are told apart by it, places of a matrix
 * included. From GITHUB_* and the `matrix` and `job-total` inputs, whose defaults are GitHub's own expressions.
 */
import { optionInvalid } from '../../errors/config.ts'
import { sha256 } from '../digest.ts'

export interface Job {
  /** Of the workflow, the job, the step and the place in the matrix. */
  readonly key: string
  /** The same but for the place in the matrix. */
  readonly group: string
  /** The place in the matrix, as text; empty: there is no matrix. */
  readonly leg: string
  /** Places of the matrix that report under this check-name. */
  readonly legs: number
  /** For people: `gate (int4, cpu)`. */
  readonly title: string
  /** .github/workflows/NAME.yml */
  readonly workflow: string
  readonly run: number
  readonly attempt: number
}

export interface JobInputs {
  readonly checkName: string
  /** JSON of the matrix context. */
  readonly matrix: string | null
  readonly jobTotal: number
}

const MAX_TITLE = 100

/** Errors: OPTION_INVALID. */
export function readJob(env: NodeJS.ProcessEnv, { checkName, matrix, jobTotal }: JobInputs): Job {
  const [repository, job, step] = [env.GITHUB_REPOSITORY ?? '', env.GITHUB_JOB ?? '', env.GITHUB_ACTION ?? '']
  const workflow = (env.GITHUB_WORKFLOW_REF ?? '').replace(`${repository}/`, '').replace(/@.*$/, '')
  const values = matrixValues(matrix)
  const leg = values.length === 0 ? '' : JSON.stringify(values)
  // A step that was given an id says so; GitHub names the others __owner_action.
  const names = [job || 'job', ...(step === '' || step.startsWith('__') ? [] : [step])]
  const title = `${names.join(', ')}${placeOf(values)}`
  return {
    key: sha256(JSON.stringify([workflow, job, step, leg])).slice(0, 12),
    group: sha256(JSON.stringify([workflow, job, step])).slice(0, 12),
    leg,
    legs: leg === '' || isPerLeg(checkName, values) ? 1 : Math.max(1, jobTotal),
    title: title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE - 1)}…` : title,
    workflow,
    run: wholeNumber(env.GITHUB_RUN_ID),
    attempt: wholeNumber(env.GITHUB_RUN_ATTEMPT) || 1,
  }
}

const placeOf = (values: readonly (readonly [string, string])[]): string =>
  values.length === 0 ? '' : ` (${values.map(([, value]) => value).join(', ')})`

/** A name that says the place in the matrix is that place's alone: nobody else is waited for under it. */
const isPerLeg = (checkName: string, values: readonly (readonly [string, string])[]): boolean =>
  values.some(([, value]) => value !== '' && checkName.includes(value))

/** The matrix' values in words, by key; empty: there is none. */
function matrixValues(text: string | null): readonly (readonly [string, string])[] {
  if (text === null) return []
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw optionInvalid('input matrix', text, 'the JSON of the matrix, as its default gives it')
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value)
    .map(([key, one]) => [key, typeof one === 'object' ? JSON.stringify(one) : String(one)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

function wholeNumber(text: string | undefined): number {
  const value = Number(text)
  return Number.isSafeInteger(value) && value > 0 ? value : 0
}
