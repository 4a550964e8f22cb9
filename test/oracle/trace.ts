/** @file Where a naive forward pass writes what it sees, and how it reads its config. */
import type { JsonObject, JsonValue } from '../../src/models/config-reader.ts'
import type { Rows } from './pieces.ts'

/** Hook point → values. */
export type Trace = Map<string, Rows>

export function num(config: JsonObject, key: string, fallback?: number): number {
  const value = config[key] ?? fallback
  if (typeof value !== 'number') throw new Error(`the oracle needs a number for ${key}`)
  return value
}

/** A number, or null where the key is null; the fallback where it is absent. */
export function numOrNull(config: JsonObject, key: string, fallback: number | null): number | null {
  const value = key in config ? (config[key] ?? null) : fallback
  if (value !== null && typeof value !== 'number') throw new Error(`the oracle needs a number for ${key}`)
  return value
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function object(config: JsonObject, key: string): JsonObject | null {
  const value = config[key]
  return isObject(value) ? value : null
}

/** The first of the names under which a tensor is stored. */
export function firstOf(tensors: ReadonlyMap<string, unknown>, names: readonly string[]): string {
  const found = names.find((name) => tensors.has(name))
  if (found === undefined) throw new Error(`the oracle needs one of ${names.join(', ')}`)
  return found
}
