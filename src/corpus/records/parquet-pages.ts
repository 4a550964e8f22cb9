/**
 * @file Looks over the pages of a column of a stranger's Parquet file before the decoder may trust them.
 *
 * hyparquet allocates what headers promise: a page of 30 bytes can ask for gigabytes, and a run of a level can claim 2³⁰
 * repetitions. So each page is unpacked once within its bounds, and its levels and dictionary indexes are walked: no more of
 * them than the page has values. Format: https://github.com/apache/parquet-format. Left out: delta encodings, LZ4 and LZO.
 */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { decompress as unzstd } from 'fzstd'
import { type ColumnMetaData, type Compressors, snappyUncompress } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { ZstdFrames } from './zstd-frames.ts'

/** Values and unpacked bytes of one column in one row group: text of a thousand long documents takes some MB. */
const MOST_VALUES = 2 ** 25
export const MOST_CHUNK_BYTES = 2 ** 29
const MOST_UNPACKED_BYTES = 2 ** 30

export class PageError extends Error {}

/** A page is unpacked at once into memory of its own size, so that its window may be as long. */
const PAGE_WINDOW = 2 ** 27

/** Decompressors that give what was promised, or throw. */
export const UNPACKERS: Compressors = {
  UNCOMPRESSED: (input) => input,
  SNAPPY: (input, length) => {
    const output = new Uint8Array(length)
    snappyUncompress(input, output)
    return output
  },
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
  ZSTD: (input, length) => {
    new ZstdFrames(PAGE_WINDOW).watch(input, length)
    return unzstd(input, new Uint8Array(length))
  },
}

export interface Levels {
  readonly repetition: number
  readonly definition: number
}

/** Check the pages of a column chunk. Throws PageError, or whatever a decompressor throws. */
export function checkPages(chunk: Uint8Array, meta: ColumnMetaData, levels: Levels): void {
  const reader = { view: new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength), offset: 0 }
  let [values, unpacked] = [0, 0]
  while (reader.offset < chunk.byteLength - 1) {
    const header = parquetHeader(reader)
    const [packed, length] = [header.compressed_page_size, header.uncompressed_page_size]
    if (!isCount(packed, chunk.byteLength - reader.offset)) throw new PageError('a page leaves its column')
    unpacked += length
    if (!isCount(length, MOST_UNPACKED_BYTES) || unpacked > MOST_UNPACKED_BYTES)
      throw new PageError(`its pages claim ${unpacked} bytes`)
    const page = { header, bytes: chunk.subarray(reader.offset, reader.offset + packed), meta, levels }
    values += checkPage(page, values)
    reader.offset += packed
  }
}

interface Page {
  readonly header: ReturnType<typeof parquetHeader>
  readonly bytes: Uint8Array
  readonly meta: ColumnMetaData
  readonly levels: Levels
}

/** Values of the page. */
function checkPage(page: Page, before: number): number {
  const { header } = page
  const form = header.data_page_header_v2 ?? header.data_page_header ?? header.dictionary_page_header
  const values = form?.num_values
  if (values === undefined || !isCount(values, MOST_VALUES - before))
    throw new PageError(`a page claims ${String(values)} values`)
  if (header.data_page_header_v2 !== undefined) checkSecondForm(page, header.data_page_header_v2)
  else if (header.data_page_header !== undefined) checkFirstForm(page, header.data_page_header)
  return values
}

/** Levels are packed with the values, each with its length. */
function checkFirstForm(
  page: Page,
  { num_values: values, encoding }: NonNullable<Page['header']['data_page_header']>,
): void {
  const bytes = unpackedPage(page.meta, page.bytes, page.header.uncompressed_page_size)
  let at = 0
  for (const most of [page.levels.repetition, page.levels.definition]) {
    if (most === 0) continue
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true)
    checkRuns(bytes.subarray(at + 4, at + 4 + length), width(most), values)
    at += 4 + length
  }
  checkEncoding(encoding, bytes.subarray(at), page.meta, values)
}

/** Levels stand before the values, which alone are packed. */
function checkSecondForm(page: Page, form: NonNullable<Page['header']['data_page_header_v2']>): void {
  const { repetition_levels_byte_length: repetition, definition_levels_byte_length: definition } = form
  const lengths = repetition + definition
  const { bytes, levels } = page
  if (!isCount(repetition, bytes.length) || !isCount(definition, bytes.length) || lengths > bytes.length)
    throw new PageError('levels leave their page')
  if (levels.repetition > 0)
    checkRuns(bytes.subarray(0, repetition), width(levels.repetition), form.num_values)
  if (levels.definition > 0)
    checkRuns(bytes.subarray(repetition, lengths), width(levels.definition), form.num_values)
  const packed = bytes.subarray(lengths)
  const length = page.header.uncompressed_page_size - lengths
  const values = form.is_compressed === false ? packed : unpackedPage(page.meta, packed, length)
  checkEncoding(form.encoding, values, page.meta, form.num_values)
}

function unpackedPage({ codec }: ColumnMetaData, bytes: Uint8Array, length: number): Uint8Array {
  const unpack = UNPACKERS[codec]
  if (unpack === undefined) throw new PageError(`it is packed with ${codec}`)
  if (length < 0) throw new PageError('levels are longer than their page')
  const out = unpack(bytes, length)
  if (out.length !== length) throw new PageError(`a page has ${out.length} bytes, not the ${length} it says`)
  return out
}

function checkEncoding(
  encoding: string | undefined,
  bytes: Uint8Array,
  { type }: ColumnMetaData,
  values: number,
): void {
  if (encoding === 'PLAIN') return
  if (encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY') {
    const [bits = 0] = bytes
    if (bits > 32) throw new PageError(`a dictionary index of ${bits} bits`)
    if (bits > 0) checkRuns(bytes.subarray(1), bits, values)
    return
  }
  if (encoding === 'RLE' && type === 'BOOLEAN') {
    checkRuns(bytes.subarray(4), 1, values)
    return
  }
  throw new PageError(`its encoding is ${String(encoding)}`)
}

/** Runs of the hybrid of run-length and bit-packed numbers: none repeats more often than there are values. */
function checkRuns(bytes: Uint8Array, bits: number, values: number): void {
  let [at, seen] = [0, 0]
  while (seen < values && at < bytes.length) {
    const { value: header, next } = varint(bytes, at)
    const isPacked = (header & 1) === 1
    const count = isPacked ? (header >>> 1) * 8 : header >>> 1
    if (count === 0 || count > values - seen + (isPacked ? 7 : 0))
      throw new PageError(`a run of ${count} where ${values - seen} values are left`)
    seen += count
    at = next + (isPacked ? (header >>> 1) * bits : (bits + 7) >> 3)
  }
}

/** Unsigned LEB128 of at most 28 bits. */
function varint(bytes: Uint8Array, start: number): { value: number; next: number } {
  let value = 0
  for (let at = start, shift = 0; at < bytes.length && shift < 28; at++, shift += 7) {
    const byte = bytes[at] ?? 0
    value |= (byte & 0x7f) << shift
    if (byte < 0x80) return { value, next: at + 1 }
  }
  throw new PageError('a run length does not end')
}

const width = (most: number): number => 32 - Math.clz32(most)

function isCount(value: unknown, limit: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= limit
}
