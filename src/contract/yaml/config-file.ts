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
  const value = yaml.value ?? {}
  const validate = check()
  if (!validate(value)) throw told(yaml, schemaProblem(validate.errors ?? []))
  return {
    name,
    values: value,
    lineOf: yaml.lineOf,
    where: (path) => `${yaml.at(path)}: ${keyText(path)}`,
  }
}

function told(yaml: YamlText, problem: SchemaProblem): SaegateError {
  const [at, key] = [yaml.at(problem.path), keyText(problem.path)]
  if (problem.kind === 'unknown-key') return configKeyUnknown(at, key, problem.near, problem.known)
  const expected = problem.kind === 'missing-key' ? `the key "${problem.key}" in it` : problem.expected
  return configInvalid(at, key, problem.found, expected)
}
