/**
 * @file What a JSON Schema finds wrong, as one problem in words: saegate.yaml, policies and report.json all say it this way.
 *
 * ajv reports every alternative that did not fit. Where the value is of an alternative's type, that one was meant, and
 * what is wrong inside it is said; where it is of none, all are listed. Of several problems an unknown key says most (a
 * key that is missing is often the one that is misspelt), then what lies deepest.
 */
import type { ErrorObject } from 'ajv'
import { nearest } from '../errors/did-you-mean.ts'

/** Keys and list positions from the top to a value. */
export type SchemaPath = readonly (string | number)[]

export type SchemaProblem =
  | {
      readonly kind: 'unknown-key'
      /** Of the key itself. */
      readonly path: SchemaPath
      readonly known: readonly string[]
      /** The known key that was probably meant. */
      readonly near: string | null
    }
  | { readonly kind: 'missing-key'; readonly path: SchemaPath; readonly found: unknown; readonly key: string }
  /** `expected` follows that word. */
  | {
      readonly kind: 'unfit'
      readonly path: SchemaPath
      readonly found: unknown
      readonly expected: string
    }

/** The part of a JSON Schema that is put into words. */
interface Schema {
  readonly [keyword: string]: unknown
  readonly title?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly minimum?: number
  readonly maximum?: number
}

/** The problem to tell of. `errors` are ajv's, made with `verbose`, of one value that did not fit. */
export function schemaProblem(errors: readonly ErrorObject[]): SchemaProblem {
  const error = mostTelling(meant(errors))
  if (error === undefined) return { kind: 'unfit', path: [], found: undefined, expected: 'another value' }
  const path = pathOf(error.instancePath)
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty)
    const known = Object.keys(error.parentSchema?.properties ?? {})
    return { kind: 'unknown-key', path: [...path, key], known, near: nearest(key, known) }
  }
  if (error.keyword === 'required')
    return { kind: 'missing-key', path, found: error.data, key: String(error.params.missingProperty) }
  return { kind: 'unfit', path, found: error.data, expected: expectation(error) }
}

/** Without the alternatives that were not meant. */
function meant(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  return errors
    .filter(({ keyword }) => keyword === 'anyOf')
    .reduce<readonly ErrorObject[]>((left, choice) => {
      const isBranch = (error: ErrorObject) => error.schemaPath.startsWith(`${choice.schemaPath}/`)
      const branchOf = (error: ErrorObject) => error.schemaPath.slice(choice.schemaPath.length).split('/')[1]
      const inside = errors.filter(
        (error) => isBranch(error) && error.instancePath.startsWith(choice.instancePath),
      )
      const other = new Set(
        inside
          .filter((error) => error.instancePath === choice.instancePath && isOfAnotherKind(error))
          .map(branchOf),
      )
      const isLeft = (error: ErrorObject) => !inside.includes(error) || !other.has(branchOf(error))
      const someIsMeant = inside.some((error) => !other.has(branchOf(error)))
      return left.filter((error) => (error === choice ? !someIsMeant : isLeft(error)))
    }, errors)
}

const isOfAnotherKind = ({ keyword }: ErrorObject): boolean =>
  keyword === 'type' || keyword === 'enum' || keyword === 'const'

function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const weight = ({ instancePath, keyword }: ErrorObject) =>
    instancePath.split('/').length + (keyword === 'additionalProperties' ? 1 : 0)
  return errors.reduce<ErrorObject | undefined>(
    (best, error) => (best === undefined || weight(error) > weight(best) ? error : best),
    undefined,
  )
}

function expectation({ keyword, parentSchema, data, params, message }: ErrorObject): string {
  const schema: Schema = parentSchema ?? {}
  switch (keyword) {
    case 'enum':
      return withNearest(data, schema)
    case 'const':
    case 'type':
    case 'anyOf':
    case 'minimum':
    case 'maximum':
      return inWords(schema)
    case 'pattern':
      return schema.title ?? `text of the form ${String(params.pattern)}`
    case 'minLength':
      return 'text that is not empty'
    default:
      return (message ?? 'another value').replace(/^must (be )?/, '')
  }
}

/** A list of names that one of them was probably meant of. */
function withNearest(found: unknown, schema: Schema): string {
  const names = (schema.enum ?? []).map(String)
  const near = typeof found === 'string' ? nearest(found, names) : null
  // Short words are all near each other: "gpu" is not "cpu" misspelt.
  return near === null || near.length < 5 ? inWords(schema) : `"${near}", perhaps; one of ${names.join(', ')}`
}

/** What a schema allows, to follow the word "expected". */
export function inWords(schema: Schema): string {
  if (schema.anyOf !== undefined) return schema.title ?? either(schema.anyOf.map(inWords))
  if (schema.enum !== undefined) return either(schema.enum.map(String))
  if (schema.const !== undefined) return String(schema.const)
  if (schema.properties !== undefined) return mappingInWords(schema.properties)
  if (schema.title !== undefined) return schema.title
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])
  return either(types.map((type) => typeInWords(type, schema)))
}

const either = (alternatives: readonly string[]): string =>
  alternatives.some((one) => one.includes(', '))
    ? alternatives.join(', or ')
    : alternatives.join(', ').replace(/, ([^,]*)$/, ' or $1')

function mappingInWords(properties: Readonly<Record<string, Schema>>): string {
  const keys = Object.keys(properties)
  return keys.length > MAX_KEYS ? 'a mapping' : `a mapping with the keys ${keys.join(', ')}`
}

/** Keys that are listed: a report's sections have more than a message can bear. */
const MAX_KEYS = 12

function typeInWords(type: string, { items, minimum, maximum }: Schema): string {
  const bounds = boundsInWords(minimum, maximum)
  switch (type) {
    case 'string':
      return 'text'
    case 'boolean':
      return 'true or false'
    case 'integer':
      return `a whole number${bounds}`
    case 'number':
      return `a number${bounds}`
    case 'array':
      return items === undefined ? 'a list' : `a list, each entry ${inWords(items)}`
    case 'object':
      return 'a mapping'
    default:
      return type
  }
}

function boundsInWords(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return ` of at least ${minimum}`
  return maximum === undefined ? '' : ` of at most ${maximum}`
}

/** JSON pointer to path; numbers index lists. */
function pathOf(pointer: string): SchemaPath {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}

/** `saes[0].hook` */
export const keyText = (path: SchemaPath): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? part : `${text}.${part}`
  }, '')
