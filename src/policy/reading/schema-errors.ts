/**
 * @file What the schema finds wrong with a policy, said once and well: file, line, column, key, and for an unknown key the
 * one that was probably meant.
 */
import { Ajv, type ErrorObject } from 'ajv'
import { nearest } from '../../contract/yaml/config-file.ts'
import { PATTERNS_IN_WORDS, type PolicyDocument, policySchema } from '../../contract/yaml/policy-schema.ts'
import type { Path, YamlText } from '../../contract/yaml/yaml-text.ts'
import { policyInvalid, policyKeyUnknown } from '../../errors/policy.ts'
import type { SaegateError } from '../../errors/problem.ts'

const check = new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile<PolicyDocument>(
  policySchema,
)

/** The YAML's value as a policy document. Throws POLICY_INVALID or POLICY_KEY_UNKNOWN. */
export function checkedDocument(yaml: YamlText): PolicyDocument {
  if (check(yaml.value)) return yaml.value
  throw describe(yaml, mostTelling(check.errors ?? []))
}

/** Of the errors of alternatives that were tried, the one deepest in the file says most; an unknown key beats the rest. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject {
  const weight = ({ instancePath, keyword }: ErrorObject) =>
    instancePath.split('/').length + (keyword === 'additionalProperties' ? 1 : keyword === 'anyOf' ? 0.5 : 0)
  return errors.reduce((best, error) => (weight(error) > weight(best) ? error : best))
}

function describe(yaml: YamlText, error: ErrorObject): SaegateError {
  const path = pathOf(error.instancePath)
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty)
    const known = Object.keys(error.parentSchema?.properties ?? {})
    return policyKeyUnknown(yaml.at([...path, key]), keyText([...path, key]), nearest(key, known), known)
  }
  return policyInvalid(yaml.at(path), keyText(path), error.data, expectation(error))
}

function expectation(error: ErrorObject): string {
  const { keyword, params, data } = error
  switch (keyword) {
    case 'required':
      return `the key "${String(params.missingProperty)}" in it`
    case 'enum':
      return expectedName(data, params.allowedValues)
    case 'const':
      return String(params.allowedValue)
    case 'type':
      return String(params.type)
        .replaceAll(',', ' or ')
        .replace('object', 'a mapping')
        .replace('array', 'a list')
    case 'anyOf':
      return 'a list of feature ids or {file: watchlist.csv}'
    case 'pattern':
      return PATTERNS_IN_WORDS[String(params.pattern)] ?? `text of the form ${String(params.pattern)}`
    default:
      return (error.message ?? 'another value').replace(/^must (be )?/, '')
  }
}

function expectedName(found: unknown, allowed: unknown): string {
  const names = Array.isArray(allowed) ? allowed.map(String) : []
  const near = typeof found === 'string' ? nearest(found, names) : null
  return `${near === null ? '' : `"${near}", perhaps; `}one of ${names.join(', ')}`
}

/** JSON pointer to path; numbers index lists. */
function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

function keyText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? part : `${text}.${part}`
  }, '')
}
