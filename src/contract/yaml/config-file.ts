/**
 * @file saegate.yaml, read and checked: every problem is named with file, line, column and key, an unknown key with the
 * one that was probably meant.
 */
import { Ajv, type ErrorObject } from 'ajv'
import { configInvalid, configKeyUnknown } from '../../errors/config.ts'
import type { SaegateError } from '../../errors/problem.ts'
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

const check = new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile<SaegateConfig>(
  configSchema,
)

/** Throws YAML_*, CONFIG_KEY_UNKNOWN, CONFIG_INVALID. An empty file is an empty configuration. */
export function parseConfig(name: string, text: string): ConfigFile {
  const yaml = readYaml(name, text)
  const value = yaml.value ?? {}
  if (!check(value)) throw describe(yaml, mostTelling(check.errors ?? []))
  return {
    name,
    values: value,
    lineOf: yaml.lineOf,
    where: (path) => `${yaml.at(path)}: ${keyText(path)}`,
  }
}

/** How much an error of a keyword says beside another at the same place: "is no string" is one alternative of several. */
const TELLING: Readonly<Record<string, number>> = { additionalProperties: 1, type: -0.25, anyOf: -0.5 }

/** Where alternatives were tried, the error deepest in the file says most. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject {
  const weight = (error: ErrorObject) => error.instancePath.split('/').length + (TELLING[error.keyword] ?? 0)
  return errors.reduce((best, error) => (weight(error) > weight(best) ? error : best))
}

function describe(yaml: YamlText, error: ErrorObject): SaegateError {
  const path = pathOf(error.instancePath)
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty)
    const known = Object.keys(isRecord(error.parentSchema?.properties) ? error.parentSchema.properties : {})
    return configKeyUnknown(yaml.at([...path, key]), keyText([...path, key]), nearest(key, known), known)
  }
  if (error.keyword === 'required') {
    return configInvalid(
      yaml.at(path),
      keyText(path),
      error.data,
      `the key "${String(error.params.missingProperty)}" in it`,
    )
  }
  return configInvalid(yaml.at(path), keyText(path), error.data, expectation(error))
}

function expectation(error: ErrorObject): string {
  const { params, message } = error
  if (error.keyword === 'enum' && Array.isArray(params.allowedValues))
    return params.allowedValues.join(', ').replace(/, ([^,]*)$/, ' or $1')
  if (error.keyword === 'type')
    return String(params.type)
      .replaceAll(',', ' or ')
      .replace('object', 'a mapping')
      .replace('array', 'a list')
  if (error.keyword === 'anyOf') return 'one of the forms that docs/reference.md shows'
  return (message ?? 'another value').replace(/^must (be )?/, '')
}

/** JSON pointer to path; numbers index lists. */
function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

const keyText = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  )

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** The known key within two edits, upper and lower case and dashes aside; null when none is near. */
export function nearest(key: string, known: readonly string[]): string | null {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_]/g, '').slice(0, 40)
  const scored = known.map((name) => ({ name, distance: editDistance(plain(key), plain(name)) }))
  const best = scored.sort((a, b) => a.distance - b.distance)[0]
  return best !== undefined && best.distance <= Math.max(2, Math.floor(key.length / 4)) ? best.name : null
}

/** Levenshtein distance, two rows. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (a[i] === b[j] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}
