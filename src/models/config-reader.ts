/**
 * @file Typed reading of a Hugging Face config.json that nobody has checked.
 *
 * Every value is asked for by name with the range it may have; whatever is outside is an error that names the key,
 * the value found and the values allowed. `null` counts as absent, as in transformers, except in `…OrNull`. Keys that
 * nobody asked for can be listed afterwards (`unreadKeys`), so that nothing is ignored in silence.
 * Left out: no schema per family; a family's own calls are its schema.
 */
import { configKeyMissing, configValueUnsupported } from '../errors/models.ts'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** Characters of a found value that are shown in a message. */
const SHOWN_CHARACTERS = 80

function shown(value: JsonValue): string {
  const text = JSON.stringify(value)
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isInteger(value: JsonValue, low: number, high: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
}

export class ConfigReader {
  readonly #values: JsonObject
  readonly #where: string
  readonly #path: string
  readonly #read = new Set<string>()
  readonly #sections = new Map<string, ConfigReader>()

  /** `where`: whose config it is, for messages; `path`: of a nested section. */
  constructor(values: JsonObject, where: string, path = '') {
    this.#values = values
    this.#where = where
    this.#path = path
  }

  /** The stored value; undefined where the key is absent. Marks the key as understood. */
  value(key: string): JsonValue | undefined {
    this.#read.add(key)
    return Object.hasOwn(this.#values, key) ? this.#values[key] : undefined
  }

  /** Present and not null. Does not mark the key. */
  has(key: string): boolean {
    return Object.hasOwn(this.#values, key) && this.#values[key] !== null
  }

  get isEmpty(): boolean {
    return Object.keys(this.#values).length === 0
  }

  /** The error for a value that cannot be used: `throw config.unsupported('hidden_act', 'gelu, silu')`. */
  unsupported(key: string, allowed: string): Error {
    return configValueUnsupported(this.#where, this.#path + key, shown(this.value(key) ?? null), allowed)
  }

  #present(key: string): JsonValue | null {
    return this.value(key) ?? null
  }

  #fallback<T>(key: string, fallback: T | undefined): T {
    if (fallback === undefined) throw configKeyMissing(this.#where, this.#path + key)
    return fallback
  }

  /** An integer 1..most; absent: the fallback, or an error where there is none. */
  count(key: string, most: number, fallback?: number): number {
    const value = this.#present(key)
    if (value === null) return this.#fallback(key, fallback)
    if (!isInteger(value, 1, most)) throw this.unsupported(key, `an integer from 1 to ${most}`)
    return value
  }

  /** Like count, but a stored null means "none". */
  countOrNull(key: string, most: number, fallback: number | null): number | null {
    const value = this.value(key)
    if (value === undefined || value === null) return value === null ? null : fallback
    return this.count(key, most)
  }

  /** A finite number low..high. */
  number(key: string, low: number, high: number, fallback?: number): number {
    const value = this.#present(key)
    if (value === null) return this.#fallback(key, fallback)
    if (typeof value !== 'number' || !(value >= low && value <= high)) {
      throw this.unsupported(key, `a number from ${low} to ${high}`)
    }
    return value
  }

  /** Like number, but a stored null means "none". */
  numberOrNull(key: string, low: number, high: number, fallback: number | null): number | null {
    const value = this.value(key)
    if (value === undefined || value === null) return value === null ? null : fallback
    return this.number(key, low, high)
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.#present(key)
    if (value === null) return fallback
    if (typeof value !== 'boolean') throw this.unsupported(key, 'true, false')
    return value
  }

  /** A word from a table; the table's value is what it means. */
  choice<T>(key: string, known: ReadonlyMap<string, T>, fallback: string): T {
    const value = this.#present(key) ?? fallback
    const meaning = typeof value === 'string' ? known.get(value) : undefined
    if (meaning === undefined) throw this.unsupported(key, [...known.keys()].join(', '))
    return meaning
  }

  /** The key must be absent, null or exactly this: the one variant that is computed. */
  only(key: string, supported: boolean | number | string): void {
    const value = this.#present(key)
    if (value !== null && value !== supported) throw this.unsupported(key, shown(supported))
  }

  /** Exactly `length` numbers low..high. */
  numbers(key: string, length: number, low: number, high: number): readonly number[] {
    const allowed = `a list of ${length} numbers from ${low} to ${high}`
    const value = this.#present(key)
    if (value === null) throw configKeyMissing(this.#where, this.#path + key)
    if (!Array.isArray(value) || value.length !== length) throw this.unsupported(key, allowed)
    return value.map((entry) => {
      if (typeof entry !== 'number' || !(entry >= low && entry <= high)) throw this.unsupported(key, allowed)
      return entry
    })
  }

  /** Exactly `length` words from a table, or null where the key is absent. */
  choices<T>(key: string, length: number, known: ReadonlyMap<string, T>): readonly T[] | null {
    const value = this.#present(key)
    if (value === null) return null
    const allowed = `a list of ${length} words from: ${[...known.keys()].join(', ')}`
    if (!Array.isArray(value) || value.length !== length) throw this.unsupported(key, allowed)
    return value.map((entry) => {
      const meaning = typeof entry === 'string' ? known.get(entry) : undefined
      if (meaning === undefined) throw this.unsupported(key, allowed)
      return meaning
    })
  }

  /** A nested object, or null where the key is absent. The same reader each time. */
  section(key: string): ConfigReader | null {
    const known = this.#sections.get(key)
    if (known) return known
    const value = this.#present(key)
    if (value === null) return null
    if (!isObject(value)) throw this.unsupported(key, 'an object')
    const section = new ConfigReader(value, this.#where, `${this.#path}${key}.`)
    this.#sections.set(key, section)
    return section
  }

  /** Keys, with the path of nested ones, that nobody asked for and that are not in `harmless`. */
  unreadKeys(harmless: ReadonlySet<string>): string[] {
    const own = Object.keys(this.#values).filter((key) => !this.#read.has(key) && !harmless.has(key))
    const nested = [...this.#sections.values()].flatMap((section) => section.unreadKeys(harmless))
    return [...own.map((key) => this.#path + key), ...nested]
  }
}
