/**
 * @file The key-value pairs at the head of a GGUF file, of all thirteen types, every count bounded before it is believed.
 *
 * Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (`gguf_metadata_kv_t`). An array's length is
 * checked against the bytes that are left (its items need at least one byte each, a string eight), so a lying count
 * costs an error, not memory.
 */
import { ggufLimit, ggufMalformed } from '../../errors/gguf.ts'
import type { HeaderReader } from './header-reader.ts'

/** Numeric arrays are one Float64Array; 64-bit items beyond 2^53 lose their last bits there. */
export type GgufValue = number | bigint | boolean | string | Float64Array | readonly GgufValue[]

/** Real files have 20 to 60 keys; the largest seen, with imatrix and tool templates, fewer than 200. */
const MAX_KEYS = 4_096

/** The specification's bound: 2^16 − 1. */
const MAX_KEY_BYTES = 65_535

/** Chat templates are the longest strings in real files: about 100 KB. */
const MAX_STRING_BYTES = 8 * 2 ** 20

/**
 * Items of all arrays of a file together. A 262,144-token vocabulary has that many tokens, scores and types, and 580,604
 * merges: 1.4 million. Three times that bounds the memory that a file's items can take.
 */
const MAX_ITEMS = 4 * 2 ** 20

/** Nothing real nests arrays at all; an inner array costs 12 bytes in the file and ten times that in memory. */
const MAX_ARRAY_DEPTH = 4
const MAX_INNER_ARRAYS = 65_536

/** What the arrays read from now on may still hold. */
interface Allowance {
  items: number
  innerArrays: number
}

interface Scalar {
  readonly bytes: number
  readonly read: (reader: HeaderReader) => number | bigint | boolean
}

const STRING = 8
const ARRAY = 9

/** By the number that stands in the file; a boolean is one byte. */
const SCALARS: ReadonlyMap<number, Scalar> = new Map([
  [0, { bytes: 1, read: (reader) => reader.u8() }],
  [1, { bytes: 1, read: (reader) => reader.i8() }],
  [2, { bytes: 2, read: (reader) => reader.u16() }],
  [3, { bytes: 2, read: (reader) => reader.i16() }],
  [4, { bytes: 4, read: (reader) => reader.u32() }],
  [5, { bytes: 4, read: (reader) => reader.i32() }],
  [6, { bytes: 4, read: (reader) => reader.f32() }],
  [7, { bytes: 1, read: (reader) => reader.u8() !== 0 }],
  [10, { bytes: 8, read: (reader) => narrowed(reader.u64()) }],
  [11, { bytes: 8, read: (reader) => narrowed(reader.i64()) }],
  [12, { bytes: 8, read: (reader) => reader.f64() }],
])
const BOOLEAN = 7

/** Read `count` pairs. Errors: GGUF_LIMIT_EXCEEDED, GGUF_TRUNCATED, GGUF_MALFORMED (unknown type, a key twice). */
export async function readMetadata(
  reader: HeaderReader,
  count: bigint,
): Promise<ReadonlyMap<string, GgufValue>> {
  const file = reader.source.name
  if (count > MAX_KEYS) throw ggufLimit(file, 'the number of metadata keys', count, MAX_KEYS)
  const metadata = new Map<string, GgufValue>()
  const allowance: Allowance = { items: MAX_ITEMS, innerArrays: MAX_INNER_ARRAYS }
  for (let i = 0; i < count; i++) {
    const key = await readText(reader, `metadata key ${i}`, MAX_KEY_BYTES)
    if (metadata.has(key)) throw ggufMalformed(file, `the metadata key "${key}"`, 'occurs twice')
    await reader.need(4, `the type of "${key}"`)
    metadata.set(key, await readValue(reader, key, reader.u32(), allowance))
  }
  return metadata
}

/** A string behind its 64-bit length. Errors: GGUF_LIMIT_EXCEEDED, GGUF_TRUNCATED. */
export async function readText(reader: HeaderReader, what: string, maxBytes: number): Promise<string> {
  await reader.need(8, `the length of ${what}`)
  const bytes = reader.u64()
  if (bytes > maxBytes) throw ggufLimit(reader.source.name, `the length of ${what}`, bytes, maxBytes)
  await reader.need(Number(bytes), what)
  return reader.text(Number(bytes))
}

async function readValue(
  reader: HeaderReader,
  key: string,
  type: number,
  allowance: Allowance,
): Promise<GgufValue> {
  if (type === STRING) return readText(reader, `"${key}"`, MAX_STRING_BYTES)
  if (type === ARRAY) return readArray(reader, key, 1, allowance)
  const scalar = scalarOf(reader, key, type)
  await reader.need(scalar.bytes, `"${key}"`)
  return scalar.read(reader)
}

/** `depth` counts the arrays around and including this one. */
async function readArray(
  reader: HeaderReader,
  key: string,
  depth: number,
  allowance: Allowance,
): Promise<GgufValue> {
  const file = reader.source.name
  if (depth > MAX_ARRAY_DEPTH) throw ggufLimit(file, `the nesting of "${key}"`, depth, MAX_ARRAY_DEPTH)
  await reader.need(12, `the array "${key}"`)
  const type = reader.u32()
  const count = reader.u64()
  const itemBytes = type === STRING ? 8 : type === ARRAY ? 12 : scalarOf(reader, key, type).bytes
  const allowed = type === ARRAY ? allowance.innerArrays : allowance.items
  const limit = Math.min(allowed, Math.floor(reader.remaining / itemBytes))
  if (count > limit) throw ggufLimit(file, `the length of the array "${key}"`, count, limit)
  const length = Number(count)
  if (type === ARRAY) allowance.innerArrays -= length
  else allowance.items -= length
  if (type === STRING) return readTexts(reader, key, length)
  if (type !== ARRAY) return readScalars(reader, key, type, length)
  const items: GgufValue[] = []
  for (let i = 0; i < length; i++) items.push(await readArray(reader, key, depth + 1, allowance))
  return items
}

/** Vocabularies have hundreds of thousands of strings: wait for the file only where a window ends. */
async function readTexts(reader: HeaderReader, key: string, count: number): Promise<readonly string[]> {
  const texts: string[] = []
  for (let i = 0; i < count; i++) {
    if (!reader.has(8)) await reader.need(8, `item ${i} of "${key}"`)
    const bytes = reader.u64()
    if (bytes > MAX_STRING_BYTES) {
      throw ggufLimit(reader.source.name, `the length of item ${i} of "${key}"`, bytes, MAX_STRING_BYTES)
    }
    if (!reader.has(Number(bytes))) await reader.need(Number(bytes), `item ${i} of "${key}"`)
    texts.push(reader.text(Number(bytes)))
  }
  return texts
}

async function readScalars(
  reader: HeaderReader,
  key: string,
  type: number,
  count: number,
): Promise<GgufValue> {
  const scalar = scalarOf(reader, key, type)
  await reader.need(count * scalar.bytes, `the array "${key}"`)
  if (type === BOOLEAN) return Array.from({ length: count }, () => scalar.read(reader))
  return Float64Array.from({ length: count }, () => Number(scalar.read(reader)))
}

function scalarOf(reader: HeaderReader, key: string, type: number): Scalar {
  const scalar = SCALARS.get(type)
  if (scalar === undefined)
    throw ggufMalformed(reader.source.name, `"${key}"`, `has the unknown value type ${type}`)
  return scalar
}

/** A number where that is exact, which is everywhere in practice. */
function narrowed(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
