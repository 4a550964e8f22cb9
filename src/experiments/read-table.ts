/**
 * @file Feature tables from files that need not be ours: Parquet, CSV or TSV with the columns feature, correlation, firing_rate,
 * mean and peak. Columns that we write besides (active, measured, candidate, readout) are used where they are there;
 * others are passed over. An empty correlation is an undefined one.
 */
import { fileSource } from '../bytes/file.ts'
import type { ByteSource } from '../bytes/source.ts'
import { unpackedBytes } from '../corpus/records/bytes.ts'
import { csvRecords } from '../corpus/records/csv.ts'
import { openParquet } from '../corpus/records/parquet.ts'
import { fileTooLarge } from '../errors/bytes.ts'
import { tableColumnMissing, tableValue } from '../errors/experiments.ts'
import { tableUnreadable } from '../errors/report.ts'
import { MAX_FEATURES } from '../report/tables/parquet-file.ts'
import type { FeatureRows } from './feature-rows.ts'

/** A table of 2²⁰ features takes about 200 MB as CSV. */
const MOST_BYTES = 2 ** 30
/** A CSV of ours has the rows of all candidates and read-outs. */
const MOST_ROWS = 4 * MAX_FEATURES

const NUMBERS = ['correlation', 'firing_rate', 'mean', 'peak'] as const
const NEEDED = ['feature', ...NUMBERS] as const
/** A table of a model that nobody has quantized yet has no correlations. */
const OF_REFERENCE = NEEDED.filter((name) => name !== 'correlation')
const OTHERS = ['active', 'measured', 'candidate', 'readout'] as const
type Column = (typeof NEEDED)[number] | (typeof OTHERS)[number]

/** Columns as the file has them. */
type RawTable = ReadonlyMap<Column, readonly unknown[]>

/** Rows of one candidate at one read-out; null: the file does not name them. */
export interface NamedRows {
  readonly candidate: string | null
  readonly readout: string | null
  readonly rows: FeatureRows
}

/** By the ending of its name, is it a table? */
export function isTable(path: string): boolean {
  return /\.(csv|tsv|parquet)$/i.test(path)
}

/** Everything in a table. `isTruthNeeded`: it has to have correlations. Errors: TABLE_COLUMN_MISSING, TABLE_VALUE, TABLE_UNREADABLE, CORPUS_BROKEN, those of reading. */
export async function readTable(path: string, isTruthNeeded: boolean): Promise<readonly NamedRows[]> {
  const source = await fileSource(path)
  try {
    return await tableOf(source, isTruthNeeded)
  } finally {
    await source.close()
  }
}

/** The same of bytes from anywhere; which kind of table they are the source's name says. */
export async function tableOf(source: ByteSource, isTruthNeeded: boolean): Promise<readonly NamedRows[]> {
  const path = source.name
  const needed = isTruthNeeded ? NEEDED : OF_REFERENCE
  const columns = /\.parquet$/i.test(path) ? parquetColumns : csvColumns
  const table = await columns(path, source, needed)
  const at = new Map<string, number[]>()
  const [candidates, readouts] = [table.get('candidate'), table.get('readout')]
  const count = table.get('feature')?.length ?? 0
  for (let row = 0; row < count; row++) {
    const key = JSON.stringify([nameIn(candidates, row), nameIn(readouts, row)])
    const own = at.get(key)
    if (own === undefined) at.set(key, [row])
    else own.push(row)
  }
  return [...at.values()].map((rows) => ({
    candidate: nameIn(candidates, rows[0] ?? 0),
    readout: nameIn(readouts, rows[0] ?? 0),
    rows: typedRows(path, table, rows),
  }))
}

function nameIn(column: readonly unknown[] | undefined, row: number): string | null {
  return column === undefined ? null : String(column[row] ?? '')
}

async function csvColumns(path: string, source: ByteSource, needed: readonly Column[]): Promise<RawTable> {
  if (source.byteLength > MOST_BYTES) throw fileTooLarge(path, source.byteLength, MOST_BYTES)
  const columns = new Map<Column, unknown[]>()
  let count = 0
  const delimiter = /\.tsv$/i.test(path) ? '\t' : ','
  for await (const record of csvRecords(path, unpackedBytes(source, null), delimiter)) {
    if (count === 0) {
      const found = record === null || typeof record !== 'object' ? [] : Object.keys(record)
      for (const name of present(path, found, needed)) columns.set(name, [])
    }
    if (++count > MOST_ROWS) throw tableUnreadable(path, `it has more than ${MOST_ROWS} rows`)
    const cells = new Map(Object.entries(record ?? {}))
    for (const [name, column] of columns) column.push(cells.get(name) ?? null)
  }
  if (count === 0) throw tableUnreadable(path, 'it has no rows')
  return columns
}

async function parquetColumns(
  path: string,
  source: ByteSource,
  needed: readonly Column[],
): Promise<RawTable> {
  const file = await openParquet(source)
  if (file.rows > MOST_ROWS)
    throw tableUnreadable(path, `it has ${file.rows} rows, at most ${MOST_ROWS} are read`)
  if (file.rows === 0) throw tableUnreadable(path, 'it has no rows')
  const names = present(
    path,
    file.columns.map(({ name }) => name),
    needed,
  )
  const table = new Map<Column, unknown[]>()
  for (const name of names) {
    const column: unknown[] = []
    for (let group = 0; group < file.groupStarts.length - 1; group++) {
      for (const value of await file.readGroup(group, name)) column.push(value)
    }
    table.set(name, column)
  }
  return table
}

/** Those of our columns that a file has. Errors: TABLE_COLUMN_MISSING. */
function present(path: string, found: readonly string[], needed: readonly Column[]): readonly Column[] {
  const missing = needed.find((name) => !found.includes(name))
  if (missing !== undefined) throw tableColumnMissing(path, missing, found)
  return [...NEEDED, ...OTHERS].filter((name) => found.includes(name))
}

/** The rows at `places`, by feature id. */
function typedRows(path: string, table: RawTable, places: readonly number[]): FeatureRows {
  const at = (name: Column, row: number): unknown => table.get(name)?.[row]
  const ids = new Map(places.map((row) => [row, featureId(path, row, at('feature', row))]))
  const order = [...places].sort((a, b) => (ids.get(a) ?? 0) - (ids.get(b) ?? 0))
  const twice = order.find((row, i) => i > 0 && ids.get(row) === ids.get(order[i - 1] ?? -1))
  if (twice !== undefined)
    throw tableValue(
      path,
      twice + 1,
      'feature',
      String(ids.get(twice)),
      'there a first time: ids stand once each',
    )
  const numbers = (name: (typeof NUMBERS)[number]): Float64Array =>
    Float64Array.from(order, (row) => numberIn(path, { name, row, value: at(name, row) }))
  const flags = (name: 'active' | 'measured'): Uint8Array | null =>
    table.has(name)
      ? Uint8Array.from(order, (row) => flagIn(path, { name, row, value: at(name, row) }))
      : null
  return {
    path,
    ids: Int32Array.from(order, (row) => ids.get(row) ?? 0),
    hasCorrelations: table.has('correlation'),
    correlation: numbers('correlation'),
    firingRate: numbers('firing_rate'),
    mean: numbers('mean'),
    peak: numbers('peak'),
    active: flags('active'),
    measured: flags('measured'),
  }
}

interface Cell {
  readonly name: Column
  readonly row: number
  readonly value: unknown
}

function featureId(path: string, row: number, value: unknown): number {
  const id = asNumber(value)
  if (!(Number.isInteger(id) && id >= 0 && id < 2 ** 31))
    throw tableValue(path, row + 1, 'feature', String(value), 'a feature id')
  return id
}

function numberIn(path: string, { name, row, value }: Cell): number {
  const isEmpty = value === null || value === undefined || value === ''
  if (name === 'correlation' && (isEmpty || /^nan$/i.test(String(value)))) return Number.NaN
  const number = asNumber(value)
  const most = name === 'correlation' || name === 'firing_rate' ? 1 : Number.MAX_VALUE
  const least = name === 'correlation' ? -1 : name === 'firing_rate' ? 0 : -Number.MAX_VALUE
  if (number >= least && number <= most) return number
  const range = most === 1 ? `a number from ${least} to 1` : 'a finite number'
  throw tableValue(path, row + 1, name, String(value), range)
}

function flagIn(path: string, { name, row, value }: Cell): number {
  const text = String(value).toLowerCase()
  if (text === 'true' || text === '1') return 1
  if (text === 'false' || text === '0') return 0
  throw tableValue(path, row + 1, name, String(value), 'true, false, 1 or 0')
}

/** NaN: none. */
function asNumber(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
}
