/**
 * @file Typed reading of a GGUF file's metadata: `{arch}.key` by its short name, with the range a value may have.
 *
 * Numbers with fractions are stored as float32; they are read as the shortest decimal with that float32 value, so that
 * 1e-5 comes back as it stood in the config.json (9.999999747378752e-6 is what the file holds).
 */
import { ggufKeyInvalid, ggufKeyMissing } from '../../errors/gguf.ts'
import type { GgufValue } from './metadata.ts'

/** No size, count or id of a model comes near; keeps products of three exact. */
const MOST = 2 ** 31 - 1

export class ModelMetadata {
  readonly file: string
  readonly architecture: string
  readonly #values: ReadonlyMap<string, GgufValue>
  /** Keys that somebody asked for. */
  readonly #read = new Set<string>()

  /** Errors: GGUF_KEY_MISSING, GGUF_KEY_INVALID when general.architecture is not there or not a string. */
  constructor(file: string, values: ReadonlyMap<string, GgufValue>) {
    this.file = file
    this.#values = values
    const architecture = values.get('general.architecture')
    if (architecture === undefined) throw ggufKeyMissing(file, 'general.architecture')
    if (typeof architecture !== 'string')
      throw this.#invalid('general.architecture', architecture, 'a string')
    this.architecture = architecture
  }

  /** `{arch}.name`: a whole number from 1. Arrays with one value per layer are taken where all are equal. */
  count(name: string): number {
    const value = this.countOr(name, null)
    if (value === null) throw ggufKeyMissing(this.file, this.#key(name))
    return value
  }

  countOr<T extends number | null>(name: string, fallback: T): number | T {
    const value = this.wholeOr(name, null)
    if (value === null) return fallback
    if (value < 1) throw this.#invalid(this.#key(name), value, 'at least 1')
    return value
  }

  /** As `countOr`, with 0 allowed. */
  wholeOr<T extends number | null>(name: string, fallback: T): number | T {
    const key = this.#key(name)
    const value = this.#get(key)
    if (value === undefined) return fallback
    const number = value instanceof Float64Array ? value[0] : value
    if (value instanceof Float64Array && value.some((item) => item !== number)) {
      throw this.#invalid(key, 'different from layer to layer', 'the same for all layers')
    }
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > MOST) {
      throw this.#invalid(key, value, `a whole number up to ${MOST}`)
    }
    return number
  }

  /** `{arch}.name`: a finite number above 0. */
  positive(name: string): number {
    const value = this.positiveOr(name, null)
    if (value === null) throw ggufKeyMissing(this.file, this.#key(name))
    return value
  }

  positiveOr<T extends number | null>(name: string, fallback: T): number | T {
    const value = this.#get(this.#key(name))
    if (value === undefined) return fallback
    if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) {
      throw this.#invalid(this.#key(name), value, 'a number above 0')
    }
    return shortestDecimal(value)
  }

  flagOr(name: string, fallback: boolean): boolean {
    return this.#flag(this.#key(name), fallback)
  }

  textOr<T extends string | null>(name: string, fallback: T): string | T {
    return this.#text(this.#key(name), fallback)
  }

  has(name: string): boolean {
    return this.#get(this.#key(name)) !== undefined
  }

  /** One boolean per layer, or null where the key is absent or a plain number (a period). */
  layerFlags(name: string, layers: number): readonly boolean[] | null {
    const value = this.#get(this.#key(name))
    if (!Array.isArray(value)) return null
    const flags = value.filter((item) => typeof item === 'boolean')
    if (flags.length !== layers || value.length !== layers) {
      throw this.#invalid(this.#key(name), `an array of ${value.length}`, `${layers} booleans`)
    }
    return flags
  }

  /** `tokenizer.ggml.name`, a token id; null when absent. */
  tokenId(name: string): number | null {
    const key = `tokenizer.ggml.${name}`
    const value = this.#get(key)
    if (value === undefined) return null
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
      throw this.#invalid(key, value, 'a token id')
    }
    return value
  }

  tokenizerText(name: string): string | null {
    return this.#text(`tokenizer.ggml.${name}`, null)
  }

  tokenizerFlag(name: string, fallback: boolean): boolean {
    return this.#flag(`tokenizer.ggml.${name}`, fallback)
  }

  /** `tokenizer.ggml.name`, a list of strings; null when absent. */
  tokenizerTexts(name: string): readonly string[] | null {
    const key = `tokenizer.ggml.${name}`
    const value = this.#get(key)
    if (value === undefined) return null
    const items: readonly GgufValue[] = Array.isArray(value) ? value : [0]
    const texts = items.filter((item) => typeof item === 'string')
    if (texts.length !== items.length) throw this.#invalid(key, value, 'a list of strings')
    return texts
  }

  /** `tokenizer.ggml.name`, a list of numbers of this length; null when absent. */
  tokenizerNumbers(name: string, length: number): Float64Array | null {
    const key = `tokenizer.ggml.${name}`
    const value = this.#get(key)
    if (value === undefined) return null
    if (!(value instanceof Float64Array) || value.length !== length) {
      throw this.#invalid(key, value, `a list of ${length} numbers`)
    }
    return value
  }

  /** The error for a key of this architecture whose value cannot be used. */
  refuse(name: string, found: GgufValue, allowed: string): Error {
    return this.#invalid(this.#key(name), found, allowed)
  }

  /** Keys of this architecture that nobody asked for, by their short names. */
  unread(): ReadonlyMap<string, GgufValue> {
    const prefix = `${this.architecture}.`
    const own = [...this.#values].filter(([key]) => key.startsWith(prefix) && !this.#read.has(key))
    return new Map(own.map(([key, value]) => [key.slice(prefix.length), value]))
  }

  #get(key: string): GgufValue | undefined {
    this.#read.add(key)
    return this.#values.get(key)
  }

  #key(name: string): string {
    return `${this.architecture}.${name}`
  }

  #flag(key: string, fallback: boolean): boolean {
    const value = this.#get(key)
    if (value === undefined) return fallback
    if (typeof value !== 'boolean') throw this.#invalid(key, value, 'true or false')
    return value
  }

  #text<T extends string | null>(key: string, fallback: T): string | T {
    const value = this.#get(key)
    if (value === undefined) return fallback
    if (typeof value !== 'string') throw this.#invalid(key, value, 'a string')
    return value
  }

  #invalid(key: string, found: GgufValue, allowed: string): Error {
    return ggufKeyInvalid(this.file, key, shown(found), allowed)
  }
}

/** The shortest decimal that rounds to this float32; the number itself where it is none. */
export function shortestDecimal(value: number): number {
  if (Number.isInteger(value) || Math.fround(value) !== value) return value
  for (let digits = 1; digits <= 9; digits++) {
    const decimal = Number(value.toPrecision(digits))
    if (Math.fround(decimal) === value) return decimal
  }
  return value
}

function shown(value: GgufValue): string {
  if (typeof value === 'object') return `a list of ${value.length}`
  const text = String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
