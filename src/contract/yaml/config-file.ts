/**
 * @file saegate.yaml, read and checked: every problem is named with file, line, column and key, an unknown key with the
 * one that was probably meant.
 */
import { configInvalid, configKeyUnknown } from '../../errors/config.ts'
import type { SaegateError } from '../../errors/problem.ts'
import { schemaCheck } from '../schema-check.ts'
import { keyText, type SchemaProblem, schemaProblem } from '../schema-problem.ts'
import { configSchema, type SaegateConfig } from './config-schema.ts'
import { type Path, readYaml, type YamlText } from './yaml-text.ts'

export interface ConfigFile {
  readonly name: string
  readonly values: SaegateConfig
  /** Line, 1-based, of a key, for annotations. */
  lineOf(path: Path): number
  /** `file:line:column: key`, for messages. */
  where(path: Path): string
}

const check = schemaCheck<SaegateConfig>(configSchema, { allErrors: true, verbose: true })

/** Throws YAML_*, CONFIG_KEY_UNKNOWN, CONFIG_INVALID. An empty file is an empty configuration. */
export function parseConfig(name: string, text: string): ConfigFile {
  const yaml = readYaml(name, text)
  return checked(name, yaml.value ?? {}, yaml)
}

/** The same of keys and values that were never text: problems are named by key alone. Throws CONFIG_KEY_UNKNOWN, CONFIG_INVALID. */
export function configOfValue(name: string, value: unknown): ConfigFile {
  return checked(name, value, { at: () => name, lineOf: () => 1 })
}

type Places = Pick<YamlText, 'at' | 'lineOf'>

function checked(name: string, value: unknown, { at, lineOf }: Places): ConfigFile {
  const validate = check()
  if (!validate(value)) throw told(at, schemaProblem(validate.errors ?? []))
  return { name, values: value, lineOf, where: (path) => `${at(path)}: ${keyText(path)}` }
}

function told(place: Places['at'], problem: SchemaProblem): SaegateError {
  const [at, key] = [place(problem.path), keyText(problem.path)]
  if (problem.kind === 'unknown-key') return configKeyUnknown(at, key, problem.near, problem.known)
  const expected = problem.kind === 'missing-key' ? `the key "${problem.key}" in it` : problem.expected
  return configInvalid(at, key, problem.found, expected)
}
