/** @file Records of CSV and TSV (RFC 4180) with a line of names at the top, through csv-parse, a record at a time. */
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { corpusBroken, recordTooLarge } from '../../errors/corpus.ts'
import type { JsonValue } from '../../sources/json.ts'
import { MOST_RECORD_BYTES } from './lines.ts'

/** Errors: CORPUS_BROKEN with the line, RECORD_TOO_LARGE (a quote that is never closed), those of the bytes. */
export async function* csvRecords(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  delimiter: ',' | '\t',
): AsyncGenerator<JsonValue> {
  const parser = parse({ bom: true, delimiter, max_record_size: MOST_RECORD_BYTES, skip_empty_lines: true })
  const source = Readable.from(decoded(name, bytes))
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let header: readonly string[] | null = null
  let number = 0
  try {
    for await (const row of parser) {
      const cells = textsOf(row)
      if (header === null) header = checkedHeader(name, cells)
      else yield Object.fromEntries(header.map((column, i) => [column, cells[i] ?? null]))
      number++
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    if (error.code === 'CSV_MAX_RECORD_SIZE') throw recordTooLarge(name, number, MOST_RECORD_BYTES)
    throw corpusBroken(name, error.message.slice(0, 200))
  } finally {
    source.destroy()
    parser.destroy()
  }
}

function textsOf(row: unknown): readonly string[] {
  return Array.isArray(row) ? row.map(String) : []
}

function checkedHeader(name: string, columns: readonly string[]): readonly string[] {
  const twice = columns.find((column, i) => columns.indexOf(column) < i)
  if (twice !== undefined) throw corpusBroken(name, `two of its columns are called "${twice.slice(0, 80)}"`)
  return columns
}

async function* decoded(name: string, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    for await (const piece of bytes) yield decoder.decode(piece, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw corpusBroken(name, 'it is not UTF-8 text')
    throw error
  }
}
