/**
 * @file Looks over the pages of a Parquet file before a decoder may trust them.
 *
 * hyparquet allocates what page headers promise: a header of 30 bytes can ask for gigabytes, and a run of a
 * definition level can claim 2³⁰ repetitions. Our tables have one shape (flat columns, data pages v2, PLAIN values,
 * at most one optional level, Snappy or nothing), so every page is checked against it: counts, sizes, runs.
 * Format: https://github.com/apache/parquet-format (PageHeader, Encodings). Left out: everything else of Parquet.
 */
import type { ColumnChunk, FileMetaData } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'

/** Longest plain value we write: a class name with its four-byte length is 16 bytes. */
const MAX_BYTES_PER_VALUE = 16

/** Footer: 20 columns with statistics take below 10 kB, 400 group columns below 100 kB. */
export const MAX_FOOTER_BYTES = 4 * 2 ** 20

/** A page, or a footer, that is not of our shape; the message says how. */
export class PageError extends Error {}

/**
 * Check every page of every column.
 *
 * @param bytes the whole file
 * @throws PageError
 */
export function checkPages(bytes: Uint8Array, metadata: FileMetaData, rows: number): void {
  checkColumns(metadata)
  const groups = metadata.row_groups.reduce((sum, group) => sum + Number(group.num_rows), 0)
  if (groups !== rows) throw new PageError(`its row groups hold ${groups} rows, its footer says ${rows}`)
  for (const group of metadata.row_groups) {
    for (const column of group.columns) checkColumn(bytes, column, metadata, Number(group.num_rows))
  }
}

/**
 * Every row group has the columns of the schema, in its order. The decoder begins to read columns before it has looked at them
 * all: where it stumbles over one, nobody hears what becomes of the others.
 */
function checkColumns({ schema, row_groups }: FileMetaData): void {
  const [, ...leaves] = schema
  const nested = leaves.find((leaf) => leaf.num_children !== undefined)
  if (nested !== undefined) throw new PageError(`column ${nested.name} has parts`)
  for (const { columns } of row_groups) {
    const paths = columns.map((column) => column.meta_data?.path_in_schema)
    const at = leaves.findIndex(({ name }, i) => paths[i]?.length !== 1 || paths[i]?.[0] !== name)
    if (at >= 0) throw new PageError(`its column ${at} is not the ${leaves[at]?.name} of its schema`)
    if (columns.length !== leaves.length)
      throw new PageError(`${columns.length} columns where its schema has ${leaves.length}`)
  }
}

function checkColumn(bytes: Uint8Array, column: ColumnChunk, metadata: FileMetaData, rows: number): void {
  const meta = column.meta_data
  const name = meta?.path_in_schema.join('.') ?? '?'
  if (!meta || column.file_path !== undefined) throw new PageError(`column ${name} is not in the file`)
  if (meta.dictionary_page_offset !== undefined) throw new PageError(`column ${name} has a dictionary page`)
  if (meta.codec !== 'SNAPPY' && meta.codec !== 'UNCOMPRESSED')
    throw new PageError(`column ${name} uses ${meta.codec}`)
  const start = Number(meta.data_page_offset)
  const end = start + Number(meta.total_compressed_size)
  if (!(start >= 4 && end > start && end <= bytes.length)) {
    throw new PageError(`column ${name} lies at bytes ${start}–${end} of ${bytes.length}`)
  }
  const optional = metadata.schema.find((element) => element.name === name)?.repetition_type === 'OPTIONAL'
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, end - start)
  const reader = { view, offset: 0 }
  let seen = 0
  while (reader.offset < view.byteLength && seen < rows)
    seen += checkPage(reader, name, rows - seen, optional)
  if (seen !== rows) throw new PageError(`column ${name} holds ${seen} values, expected ${rows}`)
}

/** One page at the reader, which moves past it. Gives the number of its rows. */
function checkPage(
  reader: { view: DataView; offset: number },
  name: string,
  left: number,
  optional: boolean,
): number {
  const header = parquetHeader(reader)
  const page = header.data_page_header_v2
  if (header.type !== 'DATA_PAGE_V2' || !page) throw new PageError(`column ${name} has a ${header.type} page`)
  const levels = page.definition_levels_byte_length
  const fits =
    isCount(page.num_values, left) &&
    page.num_values > 0 &&
    page.num_rows === page.num_values &&
    isCount(page.num_nulls, optional ? page.num_values : 0) &&
    page.repetition_levels_byte_length === 0 &&
    isCount(header.compressed_page_size, reader.view.byteLength - reader.offset) &&
    isCount(levels, header.compressed_page_size) &&
    isCount(header.uncompressed_page_size, levels + page.num_values * MAX_BYTES_PER_VALUE + 8)
  if (!fits || page.encoding !== 'PLAIN')
    throw new PageError(`column ${name} has a page header that does not fit it`)
  if (optional) checkLevels(reader.view, reader.offset, levels, page.num_values, page.num_nulls, name)
  reader.offset += header.compressed_page_size
  return page.num_values
}

function isCount(value: unknown, limit: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= limit
}

/** Walk the definition levels (RLE / bit-packed hybrid, one bit wide): exactly `values` of them, `nulls` of them 0. */
function checkLevels(
  view: DataView,
  start: number,
  bytes: number,
  values: number,
  nulls: number,
  name: string,
): void {
  const end = start + bytes
  let at = start
  let seen = 0
  let zeros = 0
  while (seen < values && at < end) {
    const [header, next] = varint(view, at, end, name)
    const isPacked = (header & 1) === 1
    const length = isPacked ? (header >>> 1) * 8 : header >>> 1
    const size = isPacked ? header >>> 1 : 1
    // The last packed run may be padded to a whole byte; nothing may be longer.
    if (length === 0 || next + size > end || length > values - seen + (isPacked ? 7 : 0)) {
      throw new PageError(`column ${name} has a run of ${length} levels where ${values - seen} are left`)
    }
    zeros += countZeros(view, next, Math.min(length, values - seen), isPacked)
    seen += length
    at = next + size
  }
  if (seen < values || zeros !== nulls)
    throw new PageError(`column ${name} has ${zeros} nulls, its page says ${nulls}`)
}

function countZeros(view: DataView, at: number, length: number, isPacked: boolean): number {
  if (!isPacked) return view.getUint8(at) === 0 ? length : 0
  let zeros = 0
  for (let i = 0; i < length; i++) if (((view.getUint8(at + (i >> 3)) >> (i & 7)) & 1) === 0) zeros++
  return zeros
}

/** Unsigned LEB128 of at most 31 bits. */
function varint(view: DataView, start: number, end: number, name: string): [value: number, next: number] {
  let value = 0
  for (let at = start, shift = 0; at < end && shift < 28; at++, shift += 7) {
    const byte = view.getUint8(at)
    value |= (byte & 0x7f) << shift
    if ((byte & 0x80) === 0) return [value, at + 1]
  }
  throw new PageError(`column ${name} has a run length that does not end`)
}
