/** @file Fields of a quantization config, read with their allowed values; anything else is an error that names the field. */
import { packedConfig } from '../../../errors/packed.ts'
import { describeJson, isJsonObject, type JsonObject, type JsonValue } from '../../../sources/json.ts'

const MAX_SHOWN = 80

/** A value as messages show it. */
export function shownJson(value: JsonValue | undefined): string {
  if (value === undefined) return 'missing'
  const text = typeof value === 'object' && value !== null ? describeJson(value) : JSON.stringify(value)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

/** The first of `fields` that is there: formats renamed theirs (`bits`, `w_bit`). */
function firstOf(
  config: JsonObject,
  fields: readonly string[],
): [field: string, value: JsonValue | undefined] {
  const found = fields.find((field) => config[field] !== undefined && config[field] !== null)
  return [found ?? fields[0]!, found === undefined ? undefined : config[found]]
}

/** One of `allowed`, or null when the field is missing. Errors: PACKED_CONFIG. */
export function optionalNumber(
  config: JsonObject,
  fields: readonly string[],
  allowed: readonly number[],
): number | null {
  const [field, value] = firstOf(config, fields)
  if (value === undefined) return null
  if (typeof value !== 'number' || !allowed.includes(value)) {
    throw packedConfig(field, shownJson(value), allowed.join(', '))
  }
  return value
}

/** A group size: −1 (one group) or a positive whole number; null when missing. Errors: PACKED_CONFIG. */
export function optionalGroupSize(config: JsonObject, fields: readonly string[]): number | null {
  const [field, value] = firstOf(config, fields)
  if (value === undefined) return null
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || (value < 1 && value !== -1)) {
    throw packedConfig(field, shownJson(value), 'a positive whole number, or -1 for one group')
  }
  return value
}

/** A word, or null when missing. Errors: PACKED_CONFIG. */
export function optionalWord(config: JsonObject, fields: readonly string[]): string | null {
  const [field, value] = firstOf(config, fields)
  if (value === undefined) return null
  if (typeof value !== 'string') throw packedConfig(field, shownJson(value), 'a string')
  return value
}

/** A truth value, or `missing`. Errors: PACKED_CONFIG. */
export function flag(config: JsonObject, field: string, missing: boolean): boolean {
  const value = config[field]
  if (value === undefined || value === null) return missing
  if (typeof value !== 'boolean') throw packedConfig(field, shownJson(value), 'true or false')
  return value
}

/** A finite number, or `missing`. Errors: PACKED_CONFIG. */
export function finiteNumber(config: JsonObject, field: string, missing: number): number {
  const value = config[field]
  if (value === undefined || value === null) return missing
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw packedConfig(field, shownJson(value), 'a number')
  }
  return value
}

/** The strings of a list; [] when missing. Errors: PACKED_CONFIG. */
export function words(config: JsonObject, field: string): readonly string[] {
  const value = config[field]
  if (value === undefined || value === null) return []
  if (!isList(value)) throw packedConfig(field, shownJson(value), 'a list of strings')
  return value.map((item) => {
    if (typeof item !== 'string') throw packedConfig(field, `a list with ${shownJson(item)}`, 'strings')
    return item
  })
}

/** An object; {} when missing. Errors: PACKED_CONFIG. */
export function section(config: JsonObject, field: string): JsonObject {
  const value = config[field]
  if (value === undefined || value === null) return {}
  if (!isJsonObject(value)) throw packedConfig(field, shownJson(value), 'an object')
  return value
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

/**
 * Does a transformers list such as `modules_to_not_convert` name this module? As `should_convert_module` reads it: the
 * whole name, a leading or trailing part of it on a dot, or a part between dots.
 */
export function isListed(names: readonly string[], module: string): boolean {
  return names.some((name) => `.${module}.`.includes(`.${name}.`))
}
