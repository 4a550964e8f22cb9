/** @file Records of JSON: one a line, or a list of them, whatever the ending says (`.json.gz` files of the Hub are often lines). */
import { corpusBroken, recordTooLarge } from '../../errors/corpus.ts'
import { isJsonObject, type JsonValue, MAX_JSON_BYTES, parseJson } from '../../sources/json.ts'

/** The longest documents of published corpora have some MB. */
export const MOST_RECORD_BYTES = 2 ** 24

const LINE_FEED = 0x0a
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]

/** A record of JSON lines each. Errors: CORPUS_BROKEN with the line, RECORD_TOO_LARGE, those of the bytes. */
export async function* jsonLines(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonValue> {
  let number = 0
  for await (const line of lines(name, bytes)) {
    number++
    if (isBlank(line)) continue
    const outcome = parseJson(line)
    if ('reason' in outcome) throw corpusBroken(name, `line ${number} is not JSON: ${outcome.reason}`)
    yield outcome.value
  }
}

/** Lines without their line feeds. Errors: RECORD_TOO_LARGE. */
async function* lines(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let [held, length, number, isFirst] = [[] as Uint8Array[], 0, 1, true]
  for await (const piece of bytes) {
    let start = isFirst && BYTE_ORDER_MARK.every((byte, i) => piece[i] === byte) ? 3 : 0
    isFirst = false
    for (let end = piece.indexOf(LINE_FEED, start); end >= 0; end = piece.indexOf(LINE_FEED, start)) {
      if (length + end - start > MOST_RECORD_BYTES) throw recordTooLarge(name, number, MOST_RECORD_BYTES)
      yield joined([...held, piece.subarray(start, end)])
      ;[held, length, start] = [[], 0, end + 1]
      number++
    }
    held.push(piece.slice(start))
    length += piece.byteLength - start
    if (length > MOST_RECORD_BYTES) throw recordTooLarge(name, number, MOST_RECORD_BYTES)
  }
  if (length > 0) yield joined(held)
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first, ...more] = pieces
  return first !== undefined && more.length === 0 ? first : Buffer.concat(pieces)
}

function isBlank(line: Uint8Array): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}

/**
 * Records of a `.json` file: a list of objects, an object that has one list of objects, or lines after all. Errors: CORPUS_BROKEN,
 * CORPUS_TOO_LARGE's like, those of the bytes.
 */
export async function* jsonRecords(
  name: string,
  bytes: AsyncGenerator<Uint8Array>,
): AsyncGenerator<JsonValue> {
  const { head, rest } = await begun(bytes)
  if (isOfLines(head)) {
    yield* jsonLines(name, rest)
    return
  }
  const outcome = parseJson(withoutMark(await whole(name, rest)))
  if ('reason' in outcome) throw corpusBroken(name, `it is not JSON: ${outcome.reason}`)
  yield* listOf(name, outcome.value)
}

/** The first line, or what there is of it within the length of a record; the bytes again, whole. */
async function begun(
  bytes: AsyncGenerator<Uint8Array>,
): Promise<{ head: Uint8Array; rest: AsyncGenerator<Uint8Array> }> {
  const held: Uint8Array[] = []
  let length = 0
  for (let next = await bytes.next(); next.done !== true; next = await bytes.next()) {
    held.push(next.value.slice())
    length += next.value.byteLength
    if (next.value.includes(LINE_FEED) || length > MOST_RECORD_BYTES) break
  }
  const all = joined(held.length === 0 ? [new Uint8Array(0)] : held)
  const end = all.indexOf(LINE_FEED)
  async function* again(): AsyncGenerator<Uint8Array> {
    yield all
    yield* bytes
  }
  return { head: end < 0 ? all : all.subarray(0, end), rest: again() }
}

/** A first line that is an object by itself, and not the whole of a file that wraps its records. */
function isOfLines(head: Uint8Array): boolean {
  const outcome = parseJson(withoutMark(head))
  if ('reason' in outcome || !isJsonObject(outcome.value)) return false
  return !Object.values(outcome.value).some(isListOfObjects) || Object.values(outcome.value).length > 1
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? bytes.subarray(3) : bytes
}

async function whole(name: string, bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const held: Uint8Array[] = []
  let length = 0
  for await (const piece of bytes) {
    held.push(piece.slice())
    length += piece.byteLength
    if (length > MAX_JSON_BYTES)
      throw corpusBroken(
        name,
        `one JSON value of more than ${MAX_JSON_BYTES} bytes is not read; write JSON lines`,
      )
  }
  return Buffer.concat(held)
}

function isListOfObjects(value: JsonValue): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((one: JsonValue) => isJsonObject(one))
}

function listOf(name: string, value: JsonValue): readonly JsonValue[] {
  if (Array.isArray(value)) return value
  if (isJsonObject(value)) {
    const lists = Object.values(value).filter(isListOfObjects)
    const [only, ...others] = lists
    if (Array.isArray(only) && others.length === 0) return only
    return [value]
  }
  throw corpusBroken(name, 'it holds no list of records')
}
