/**
 * @file registry.yaml, read and checked: every problem is named with file, line, column and key, an unknown key with the one
 * that was probably meant. What a rule says of an audit is joined here with what holds for all of them.
 */
import { configInvalid, configKeyUnknown } from '../../errors/config.ts'
import type { SaegateError } from '../../errors/problem.ts'
import { registryOneOf, registrySourceRepeated, registrySourceUnknown } from '../../errors/registry.ts'
import { schemaCheck } from '../schema-check.ts'
import { keyText, type SchemaProblem, schemaProblem } from '../schema-problem.ts'
import type { ConfigFile } from '../yaml/config-file.ts'
import { type Path, readYaml, type YamlText } from '../yaml/yaml-text.ts'
import { type RegistryConfig, type RuleConfig, registrySchema } from './registry-schema.ts'

export interface RegistryFile {
  readonly name: string
  readonly config: RegistryConfig
  /** `file:line:column: key`, for messages. */
  where(path: Path): string
}

const check = schemaCheck<RegistryConfig>(registrySchema, { allErrors: true, verbose: true })

const SOURCE_KINDS = ['folder', 'hub', 'mlflow', 'oci'] as const
const PUBLISH_KINDS = ['webhook', 'mlflow', 'hub', 'oci', 'github', 'dataset'] as const
const RULE_KINDS = ['audit', 'skip'] as const

/** Throws YAML_*, CONFIG_KEY_UNKNOWN, CONFIG_INVALID, REGISTRY_ONE_OF, REGISTRY_SOURCE_*. */
export function parseRegistry(name: string, text: string): RegistryFile {
  const yaml = readYaml(name, text)
  const value = yaml.value ?? {}
  const validate = check()
  if (!validate(value)) throw told(yaml, schemaProblem(validate.errors ?? []))
  const file = { name, config: value, where: (path: Path) => `${yaml.at(path)}: ${keyText(path)}` }
  requireSense(file)
  return file
}

function told(yaml: YamlText, problem: SchemaProblem): SaegateError {
  const [at, key] = [yaml.at(problem.path), keyText(problem.path)]
  if (problem.kind === 'unknown-key') return configKeyUnknown(at, key, problem.near, problem.known)
  const expected = problem.kind === 'missing-key' ? `the key "${problem.key}" in it` : problem.expected
  return configInvalid(at, key, problem.found, expected)
}

/** What a schema cannot say well. */
function requireSense({ config, where }: RegistryFile): void {
  const requireOne = (path: Path, value: object, kinds: readonly string[]): void => {
    const found = kinds.filter((kind) => kind in value)
    if (found.length !== 1) throw registryOneOf(where(path), kinds, found)
  }
  const names: string[] = []
  for (const [i, source] of config.sources.entries()) {
    requireOne(['sources', i], source, SOURCE_KINDS)
    if (names.includes(source.name)) throw registrySourceRepeated(where(['sources', i, 'name']), source.name)
    names.push(source.name)
  }
  for (const [i, rule] of config.rules.entries()) {
    // A rule without either is one that has all of the shared audit.
    if ('skip' in rule) requireOne(['rules', i], rule, RULE_KINDS)
    if (rule.source !== undefined && !names.includes(rule.source))
      throw registrySourceUnknown(where(['rules', i, 'source']), rule.source, names)
  }
  for (const [i, target] of (config.publish ?? []).entries())
    requireOne(['publish', i], target, PUBLISH_KINDS)
}

/** `{base}` in the reference. */
const BASE = '{base}'

export const needsBase = (file: RegistryFile, rule: RuleConfig): boolean =>
  ({ ...file.config.audit, ...rule.audit }).reference?.includes(BASE) === true

/**
 * What rule `index` says of the audit of one candidate, as if it were a saegate.yaml. `base`: what {base} stands for.
 * Messages name the place in registry.yaml.
 */
export function auditFile(
  file: RegistryFile,
  index: number,
  candidate: { readonly spec: string; readonly base: string | null },
): ConfigFile {
  const own = file.config.rules[index]?.audit ?? {}
  const joined = { ...file.config.audit, ...own }
  const { reference } = joined
  const place = (path: Path): Path =>
    path[0] !== undefined && path[0] in own ? ['rules', index, 'audit', ...path] : ['audit', ...path]
  return {
    name: file.name,
    values: {
      ...joined,
      ...(reference === undefined ? {} : { reference: reference.replaceAll(BASE, candidate.base ?? '') }),
      candidates: [candidate.spec],
    },
    lineOf: () => 1,
    where: (path) => file.where(place(path)),
  }
}

/** As a list, whichever way it was written. */
export const patternsOf = (written: string | readonly string[] | undefined): readonly string[] =>
  written === undefined ? ['*'] : typeof written === 'string' ? [written] : written
