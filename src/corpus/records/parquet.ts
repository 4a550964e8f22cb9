/**
 * @file Records of a Parquet file, one column of them, a row group at a time: over the Hub only the footer and the chunks of that
 * column arrive.
 */
import {
  type ColumnMetaData,
  type FileMetaData,
  parquetMetadata,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet'
import type { ByteSource } from '../../bytes/source.ts'
import { corpusBroken } from '../../errors/corpus.ts'
import { SaegateError } from '../../errors/problem.ts'
import { checkPages, type Levels, MOST_CHUNK_BYTES, PageError, UNPACKERS } from './parquet-pages.ts'

/** A file of 2 GB with 2,000 row groups and 10 columns has about 3 MB. */
const MOST_FOOTER_BYTES = 2 ** 26
const MOST_COLUMNS = 10_000

export interface ParquetFile {
  readonly rows: number
  /** Columns of the top level. */
  readonly columns: readonly { readonly name: string; readonly isText: boolean }[]
  /** First row of each row group, and the number of rows. */
  readonly groupStarts: readonly number[]
  /** One column of a row group. Errors: CORPUS_BROKEN, those of reading. */
  readGroup(group: number, column: string): Promise<readonly unknown[]>
}

/** Errors: CORPUS_BROKEN, those of reading. */
export async function openParquet(source: ByteSource): Promise<ParquetFile> {
  const metadata = await guarded(source, () => readFooter(source))
  const tree = await guarded(source, async () => parquetSchema(metadata))
  const counts = metadata.row_groups.map((group) => Number(group.num_rows))
  const groupStarts = [0]
  for (const count of counts) groupStarts.push((groupStarts.at(-1) ?? 0) + count)
  const rows = groupStarts.at(-1) ?? 0
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0) || !Number.isSafeInteger(rows))
    throw corpusBroken(source.name, 'its row groups have no usable number of rows')
  return {
    rows,
    columns: tree.children.map(({ element, children }) => ({
      name: element.name,
      isText:
        children.length === 0 &&
        element.type === 'BYTE_ARRAY' &&
        (element.converted_type === 'UTF8' || element.logical_type?.type === 'STRING'),
    })),
    groupStarts,
    readGroup: (group, column) =>
      guarded(source, () => readColumn(source, metadata, { group, column, start: groupStarts[group] ?? 0 })),
  }
}

async function readFooter(source: ByteSource): Promise<FileMetaData> {
  const size = source.byteLength
  if (size < 12) throw new PageError(`it has ${size} bytes`)
  const end = await source.read(size - 8, size)
  const length = new DataView(end.buffer, end.byteOffset, 8).getUint32(0, true)
  if (length > Math.min(MOST_FOOTER_BYTES, size - 8)) throw new PageError(`its footer claims ${length} bytes`)
  const footer = await source.read(size - 8 - length, size)
  const metadata = parquetMetadata(footer, { geoparquet: false })
  if (metadata.schema.length > MOST_COLUMNS) throw new PageError(`it has ${metadata.schema.length} columns`)
  // A broken footer has columns without names.
  if (!metadata.schema.every(({ name }: { name?: unknown }) => typeof name === 'string'))
    throw new PageError('a column has no name')
  return metadata
}

interface GroupColumn {
  readonly group: number
  readonly column: string
  /** Its first row. */
  readonly start: number
}

async function readColumn(
  source: ByteSource,
  metadata: FileMetaData,
  { group, column, start }: GroupColumn,
): Promise<readonly unknown[]> {
  const rowGroup = metadata.row_groups[group]
  const chunks = rowGroup?.columns.flatMap(({ meta_data: meta, file_path: elsewhere }) => {
    if (elsewhere !== undefined) throw new PageError('its columns are in other files')
    return meta !== undefined && meta.path_in_schema[0] === column ? [meta] : []
  })
  if (rowGroup === undefined || chunks === undefined || chunks.length === 0)
    throw new PageError(`row group ${group} has no column "${column}"`)
  const ranges = chunks.map((meta) => ({ meta, ...chunkRange(meta, source.byteLength) }))
  // Columns of one nested field lie side by side; what little stands between them comes along.
  const first = Math.min(...ranges.map(({ start: from }) => from))
  const last = Math.max(...ranges.map(({ end }) => end))
  if (last - first > MOST_CHUNK_BYTES) throw new PageError(`a column lies over ${last - first} bytes`)
  const span = await source.read(first, last)
  for (const { meta, start: from, end } of ranges)
    checkPages(span.subarray(from - first, end - first), meta, levelsOf(metadata, meta.path_in_schema))
  // Never rejects: the decoder begins reads that it does not wait for. Outside of the span nothing is needed.
  const slice = (from: number, to: number = source.byteLength): ArrayBuffer =>
    from >= first && to <= last
      ? new Uint8Array(span.subarray(from - first, to - first)).buffer
      : new ArrayBuffer(0)
  const rows = await parquetReadObjects({
    file: { byteLength: source.byteLength, slice },
    metadata,
    columns: [column],
    rowStart: start,
    rowEnd: start + Number(rowGroup.num_rows),
    compressors: UNPACKERS,
    geoparquet: false,
  })
  if (rows.length !== Number(rowGroup.num_rows))
    throw new PageError(`row group ${group} has ${rows.length} rows, not the ${rowGroup.num_rows} it says`)
  return rows.map((row) => row[column])
}

function chunkRange(meta: ColumnMetaData, size: number): { start: number; end: number } {
  const dictionary = Number(meta.dictionary_page_offset ?? 0)
  const data = Number(meta.data_page_offset)
  const start = dictionary > 0 && dictionary < data ? dictionary : data
  const length = Number(meta.total_compressed_size)
  const fits = start >= 4 && length >= 0 && length <= MOST_CHUNK_BYTES && start + length <= size
  if (!fits) throw new PageError(`a column claims ${length} bytes at byte ${start} of ${size}`)
  return { start, end: start + length }
}

/** How deep the levels of a column go: optional and repeated parts on its way (Dremel). */
function levelsOf({ schema }: FileMetaData, path: readonly string[]): Levels {
  let [repetition, definition] = [0, 0]
  let at = 0
  for (const name of path) {
    at = childNamed(schema, at, name)
    const kind = schema[at]?.repetition_type
    if (kind !== 'REQUIRED') definition++
    if (kind === 'REPEATED') repetition++
  }
  return { repetition, definition }
}

/** Its place in the flat list, where a node's children follow it depth first. */
function childNamed(schema: FileMetaData['schema'], parent: number, name: string): number {
  let at = parent + 1
  for (let child = 0; child < (schema[parent]?.num_children ?? 0); child++) {
    if (schema[at]?.name === name) return at
    let left = 1
    while (left > 0 && at < schema.length) left += (schema[at++]?.num_children ?? 0) - 1
  }
  throw new PageError(`its schema has no "${name}"`)
}

async function guarded<T>(source: ByteSource, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof SaegateError) throw error
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'broken'
    throw corpusBroken(source.name, `it is no Parquet file that can be trusted (${reason})`)
  }
}
