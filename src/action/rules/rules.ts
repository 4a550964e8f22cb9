/** @file The gate's rules as they were found: the file that says the audit, how the policy's texts are read, and what is said of both. */
import type { AuditRequest } from '../../contract/request/audit-request.ts'
import type { ConfigFile } from '../../contract/yaml/config-file.ts'
import type { ReadText } from '../../policy/reading/load.ts'

export interface Rules {
  /** saegate.yaml as it is in force; null: there is none. */
  readonly file: ConfigFile | null
  /** A policy as it is to be read here, by what was asked for. */
  readonly policySpec: (spec: string) => string
  readonly readText: ReadText
  /** Where a baseline lies on this machine, by what was asked for. */
  readonly baseline: (path: string) => Promise<string>
  /** Holds what is the gate's own against the base. Errors: ACTION_BASE_*. */
  readonly hold: (request: AuditRequest) => Promise<void>
  /** The same for a baseline alone, where nothing is measured here. Errors: ACTION_BASE_*. */
  readonly holdBaseline: (baseline: string | null) => Promise<void>
  /** For people: where the rules come from. null: as everywhere, from the checkout. */
  readonly note: string | null
  /** Candidates that the pull request's own file names in addition. */
  readonly added: readonly string[]
}

/** What people are told of the rules, before the verdict. */
export interface RulesSaid {
  /** First line of comment and summary, as Markdown; null: nothing is out of the ordinary. */
  readonly banner: string | null
  /** The same for the log, as an annotation. */
  readonly warning: string | null
  /** null: there are not two to compare. */
  readonly changed: boolean | null
  /** Lines of the rules in force are those of the checkout: annotations may name them. */
  readonly placed: boolean
}
