/**
 * @file The action's inputs as one plain object, read by the same readers as flags. Tokens are masked as they are read,
 * before anything can be printed.
 */

import { readBoolean, readChoice, readCount, readText } from '../../contract/options/option-values.ts'
import {
  ACTION_OPTIONS,
  auditOptions,
  type ChoiceOf,
  type OptionName,
  optionNamed,
} from '../../contract/options/options.ts'
import type { Overrides } from '../../contract/request/audit-request.ts'
import type { CommentWhen } from '../../delivery/sticky-comment.ts'

export interface InputReader {
  getInput(name: string): string
  setSecret(secret: string): void
}

export type FailOn = ChoiceOf<typeof ACTION_OPTIONS.failOn>

export interface ActionInputs {
  readonly audit: Overrides
  readonly config: string | null
  /** null: as the event has it. */
  readonly configFrom: ChoiceOf<typeof ACTION_OPTIONS.configFrom> | null
  /** owner/name@ref */
  readonly policyRepository: string | null
  readonly policyToken: string | null
  readonly report: string | null
  readonly comment: CommentWhen
  readonly checkName: string
  readonly checkRun: boolean
  readonly failOn: FailOn
  readonly skipUnchanged: boolean
  readonly workingDirectory: string
  /** JSON of the matrix context. */
  readonly matrix: string | null
  readonly jobTotal: number
  readonly cachePath: string | null
  readonly runtimePath: string | null
  readonly githubToken: string | null
  readonly hfToken: string | null
}

/** An input that is not set is the empty string: absent. Errors: OPTION_INVALID. */
export function readInputs(core: InputReader): ActionInputs {
  const [githubToken, hfToken] = [secret(core, 'githubToken'), secret(core, 'hfToken')]
  const policyToken = secret(core, 'policyToken')
  const given = (name: OptionName): string | null => {
    const { input } = optionNamed(name)
    const value = input === null ? '' : core.getInput(input)
    return value.trim() === '' ? null : value
  }
  const label = (name: OptionName): string => `input ${optionNamed(name).input}`
  const text = (name: OptionName): string | null => {
    const value = given(name)
    return value === null ? null : readText(label(name), value, optionNamed(name).type)
  }
  const flag = (name: 'checkRun' | 'skipUnchanged'): boolean => {
    const value = given(name)
    const { type, default: absent } = ACTION_OPTIONS[name]
    return value === null ? absent : readBoolean(label(name), value, type)
  }
  const { comment, configFrom, failOn, checkName, workingDirectory, jobTotal } = ACTION_OPTIONS
  const from = given('configFrom')
  return {
    audit: auditInputs(given),
    config: text('config'),
    configFrom: from === null ? null : readChoice(label('configFrom'), from, configFrom.type.choices),
    policyRepository: text('policyRepository'),
    policyToken: policyToken ?? githubToken,
    report: text('report'),
    comment: readChoice(label('comment'), given('comment') ?? comment.default, comment.type.choices),
    checkName: (text('checkName') ?? checkName.default).slice(0, 100),
    checkRun: flag('checkRun'),
    failOn: readChoice(label('failOn'), given('failOn') ?? failOn.default, failOn.type.choices),
    skipUnchanged: flag('skipUnchanged'),
    workingDirectory: text('workingDirectory') ?? workingDirectory.default,
    matrix: text('matrix'),
    jobTotal: readCount(label('jobTotal'), given('jobTotal') ?? 1, jobTotal.type),
    cachePath: text('cachePath'),
    runtimePath: text('runtimePath'),
    githubToken,
    hfToken,
  }
}

/** Several values stand on a line each. */
function auditInputs(given: (name: OptionName) => string | null): Overrides {
  const values = auditOptions.flatMap(({ name, multi }) => {
    const value = name === 'config' ? null : given(name)
    if (value === null) return []
    const lines = value.split(/\r?\n/).map((line) => line.trim())
    return [[name, multi ? lines.filter((line) => line !== '') : value] as const]
  })
  return { origin: 'input', values: Object.fromEntries(values) }
}

function secret(core: InputReader, name: 'githubToken' | 'hfToken' | 'policyToken'): string | null {
  const value = core.getInput(optionNamed(name).input ?? '').trim()
  if (value === '') return null
  core.setSecret(value)
  return value
}
