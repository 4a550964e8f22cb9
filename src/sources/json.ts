/**
 * @file JSON from files that nobody vouches for: bounded in size and depth, strict UTF-8, no key twice.
 *
 * JSON.parse keeps the last of two equal keys in silence, so two readers could see two different files; here that is an
 * error. `__proto__` is a key like any other in what JSON.parse returns, and in copies made by spreading; nothing here copies
 * key by key.
 */
import { refuseStandIn } from '../bytes/stand-in.ts'
import { jsonMalformed, jsonNotAnObject, jsonTooLarge } from '../errors/sources.ts'
import { syntaxReason } from './json-syntax.ts'
import type { PinnedFiles } from './pinned-files.ts'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** A config.json has a few KiB; tokenizer.json of large vocabularies reaches 35 MB (Gemma 3). Room for twice that. */
export const MAX_JSON_BYTES = 64 * 2 ** 20

/** Configs nest to about 6. JSON.parse survives far more; code that walks the result recursively would not. */
const MAX_JSON_DEPTH = 64

/** Either the value, or why the text is refused (fits after "cannot be used as JSON:"). */
export type JsonOutcome = { readonly value: JsonValue } | { readonly reason: string }

/** Read a whole JSON file. Errors: FILE_NOT_LISTED, JSON_TOO_LARGE, JSON_MALFORMED. */
export async function readJson(
  files: PinnedFiles,
  name: string,
  maxBytes = MAX_JSON_BYTES,
): Promise<JsonValue> {
  const source = await files.open(name)
  try {
    if (source.byteLength > maxBytes) throw jsonTooLarge(source.name, source.byteLength, maxBytes)
    const outcome = parseJson(await source.read(0, source.byteLength))
    if ('reason' in outcome) {
      await refuseStandIn(source)
      throw jsonMalformed(source.name, outcome.reason)
    }
    return outcome.value
  } finally {
    await source.close()
  }
}

/** The same, for files whose top level must be an object. Errors: as `readJson`, and JSON_NOT_AN_OBJECT. */
export async function readJsonObject(
  files: PinnedFiles,
  name: string,
  maxBytes = MAX_JSON_BYTES,
): Promise<JsonObject> {
  const value = await readJson(files, name, maxBytes)
  if (!isJsonObject(value)) throw jsonNotAnObject(`${files.spec}: ${name}`, describeJson(value))
  return value
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** "a list", "a number", …: for messages. */
export function describeJson(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Parse UTF-8 JSON; a byte order mark is not part of JSON and is refused. */
export function parseJson(bytes: Uint8Array): JsonOutcome {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return { reason: 'it is not UTF-8 text' }
  }
  if (text.startsWith('\uFEFF'))
    return { reason: 'it begins with a byte order mark; save it as UTF-8 without one' }
  const flaw = structuralFlaw(text)
  if (flaw !== null) return { reason: flaw }
  try {
    const value: JsonValue = JSON.parse(text)
    return { value }
  } catch {
    return { reason: syntaxReason(text) ?? 'it is not JSON' }
  }
}

/**
 * What JSON.parse does not say: too deep, a key twice. Works on any text, without recursion; text that is
 * not JSON may pass here and is left to JSON.parse.
 */
function structuralFlaw(text: string): string | null {
  const keys: (Set<string> | null)[] = []
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === OPEN_OBJECT || unit === OPEN_LIST) {
      if (keys.length === MAX_JSON_DEPTH) return `it nests deeper than ${MAX_JSON_DEPTH} levels`
      keys.push(unit === OPEN_OBJECT ? new Set() : null)
    } else if (unit === CLOSE_OBJECT || unit === CLOSE_LIST) {
      keys.pop()
    } else if (unit === QUOTE) {
      const end = closingQuote(text, at)
      const seen = keys.at(-1)
      if (seen && isColonNext(text, end + 1)) {
        const flaw = repeatedKey(text.slice(at, end + 1), seen)
        if (flaw !== null) return flaw
      }
      at = end
    }
  }
  return null
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d

/** Index of the quote that ends the string opened at `open`; the text's length when none does. */
function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === BACKSLASH) at++
    else if (unit === QUOTE) return at
  }
  return text.length
}

function isColonNext(text: string, from: number): boolean {
  let at = from
  while (at < text.length && ' \n\r\t'.includes(text.charAt(at))) at++
  return text.charCodeAt(at) === COLON
}

function repeatedKey(quoted: string, seen: Set<string>): string | null {
  const key = quoted.includes('\\') ? unescaped(quoted) : quoted.slice(1, -1)
  if (seen.has(key)) return `the key "${key.slice(0, 200)}" occurs twice`
  seen.add(key)
  return null
}

/** `"a\u0062"` is the same key as `"ab"`. A malformed escape is left to JSON.parse of the whole text. */
function unescaped(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted
  }
}
