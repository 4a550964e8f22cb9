/**
 * @file One of our Parquet files opened: its footer and pages checked against the bytes there are, then its columns as
 * typed arrays. Whatever a decoder trips over in a broken file is one problem to the user.
 */
import { type FileMetaData, parquetMetadata, parquetRead } from 'hyparquet'
import { tableUnreadable } from '../../errors/report.ts'
import { checkPages, MAX_FOOTER_BYTES, PageError } from './parquet-pages.ts'

/** The widest published SAEs have 2²⁰ features; four times that is room enough. */
export const MAX_FEATURES = 2 ** 22
/** Replicates: 62 of 32 groups; older reports had one per group. */
const MAX_GROUPS = 4096

export interface TableFile {
  readonly path: string
  readonly bytes: Uint8Array
  /** Its name and version. */
  readonly schema: string
  readonly metadata: FileMetaData
  readonly rows: number
  readonly names: readonly string[]
}

/** Footer first, with everything it promises checked against the bytes there are. `schemas`: those that are read. */
export function open(bytes: Uint8Array, path: string, schemas: readonly string[]): TableFile {
  const metadata = guarded(path, () => footer(bytes))
  const schema = keyValue(metadata, 'saegate.schema')
  if (schema === undefined || !schemas.includes(schema))
    throw tableUnreadable(path, `its schema is ${JSON.stringify(schema)}, not ${schemas.join(' or ')}`)
  const rows = Number(metadata.num_rows)
  if (!(Number.isInteger(rows) && rows >= 0 && rows <= MAX_FEATURES)) {
    throw tableUnreadable(path, `${metadata.num_rows} rows; at most ${MAX_FEATURES} are read`)
  }
  const names = metadata.schema.slice(1).map((element) => element.name)
  if (names.length > MAX_GROUPS + 1) throw tableUnreadable(path, `${names.length} columns`)
  guarded(path, () => checkPages(bytes, metadata, rows))
  return { path, bytes, schema, metadata, rows, names }
}

function footer(bytes: Uint8Array): FileMetaData {
  if (bytes.length < 12) throw new PageError(`it has ${bytes.length} bytes`)
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(
    bytes.length - 8,
    true,
  )
  if (length > MAX_FOOTER_BYTES)
    throw new PageError(`its footer claims ${length} bytes, at most ${MAX_FOOTER_BYTES} are read`)
  return parquetMetadata(bytes, { geoparquet: false })
}

/** Whatever a decoder trips over in a broken file is one problem to the user. */
function guarded<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw tableUnreadable(path, error instanceof Error ? error.message.slice(0, 200) : 'broken')
  }
}

export function keyValue(metadata: FileMetaData, key: string): string | undefined {
  return metadata.key_value_metadata?.find((entry) => entry.key === key)?.value
}

export type Columns = ReadonlyMap<string, ArrayLike<unknown>>

export async function readColumns({ path, bytes, metadata, rows, names }: TableFile): Promise<Columns> {
  if (rows === 0) return new Map(names.map((name) => [name, []]))
  const columns = new Map<string, ArrayLike<unknown>>()
  const slice = (start: number, end?: number) => new Uint8Array(bytes.subarray(start, end)).buffer
  try {
    await parquetRead({
      file: { byteLength: bytes.length, slice },
      metadata,
      onChunk: (chunk) => {
        if (chunk.rowStart === 0 && chunk.columnData.length === rows)
          columns.set(chunk.columnName, chunk.columnData)
      },
    })
  } catch (error) {
    throw tableUnreadable(path, error instanceof Error ? error.message.slice(0, 200) : 'broken')
  }
  return columns
}

export function column(columns: Columns, name: string, path: string): ArrayLike<unknown> {
  const data = columns.get(name)
  if (!data) throw tableUnreadable(path, `column ${name} is missing or not whole`)
  return data
}

export function wrongValue(path: string, name: string, row: number, value: unknown): Error {
  return tableUnreadable(path, `column ${name} holds ${String(value).slice(0, 40)} in row ${row}`)
}

/** Float64 with null → NaN. */
export function numbers(columns: Columns, name: string, path: string): Float64Array {
  return Float64Array.from(column(columns, name, path), (value, row) => {
    if (value === null || value === undefined) return Number.NaN
    if (typeof value !== 'number') throw wrongValue(path, name, row, value)
    return value
  })
}

export function integers(columns: Columns, name: string, path: string): Int32Array {
  return Int32Array.from(column(columns, name, path), (value, row) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongValue(path, name, row, value)
    return value
  })
}

export function booleans(columns: Columns, name: string, path: string): Uint8Array {
  return Uint8Array.from(column(columns, name, path), (value, row) => {
    if (typeof value !== 'boolean') throw wrongValue(path, name, row, value)
    return value ? 1 : 0
  })
}
