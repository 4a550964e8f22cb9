/**
 * @file The feature tables beside report.json, as Parquet: one row per SAE feature, and one row per active feature
 * with its leave-one-group-out correlations.
 *
 * Columns are PLAIN float64 in one row group, so every number comes back bit for bit; a correlation that is undefined
 * or was not measured is null. The candidate and read-out are kept in the file's metadata and checked when it is read.
 * Read as hostile input: sizes and counts are checked against the report before anything is allocated.
 */
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer'
import type { FeatureClass, FeatureReplicates, FeatureTable } from '../../contract/report/feature-table.ts'
import { tableMisfit, tableUnreadable } from '../../errors/report.ts'
import {
  booleans,
  type Columns,
  column,
  integers,
  keyValue,
  numbers,
  open,
  readColumns,
  wrongValue,
} from './parquet-file.ts'

const CLASSES: readonly FeatureClass[] = ['survived', 'degraded', 'damaged', 'inactive']
const GROUP_COLUMN = /^group_(\d{4})$/

/** What a table has to be a table of. */
export interface TableIdentity {
  /** For messages. */
  readonly path: string
  readonly candidate: string
  readonly readout: string
  /** d_sae */
  readonly width: number
}

/** One row per feature, columns as docs and architecture name them. */
export function featureTableParquet(table: FeatureTable): Uint8Array {
  const feature = Int32Array.from({ length: table.width }, (_, i) => i)
  const columns: ColumnSource[] = [
    { name: 'feature', data: feature, type: 'INT32', nullable: false, encoding: 'PLAIN' },
    flags('active', table.active),
    flags('measured', table.measured),
    doubles('firing_rate', table.firingRate),
    doubles('mean', table.mean),
    doubles('peak', table.peak),
    doubles('decoder_norm', table.decoderNorm),
    doubles('correlation', table.correlation),
    doubles('correlation_low', table.correlationLow),
    doubles('correlation_high', table.correlationHigh),
    { name: 'class', data: [...table.class], type: 'STRING', nullable: false, encoding: 'PLAIN' },
  ]
  return write(columns, table.width, [
    { key: 'saegate.schema', value: 'saegate/features@1' },
    { key: 'saegate.candidate', value: table.candidate },
    { key: 'saegate.readout', value: table.readout },
  ])
}

/** One row per active feature: its id, then ρ without group 0, without group 1, … (`group_0000`, `group_0001`, …). */
export function replicatesParquet(replicates: FeatureReplicates): Uint8Array {
  const columns: ColumnSource[] = [
    { name: 'feature', data: replicates.features, type: 'INT32', nullable: false, encoding: 'PLAIN' },
    ...replicates.correlations.map((correlations, group) => doubles(groupColumn(group), correlations)),
  ]
  return write(columns, replicates.features.length, [
    { key: 'saegate.schema', value: 'saegate/replicates@1' },
  ])
}

function groupColumn(group: number): string {
  return `group_${String(group).padStart(4, '0')}`
}

function doubles(name: string, data: Float64Array): ColumnSource {
  const values = Array.from(data, (value) => (Number.isNaN(value) ? null : value))
  return { name, data: values, type: 'DOUBLE', nullable: true, encoding: 'PLAIN' }
}

function flags(name: string, data: Uint8Array): ColumnSource {
  const values = Array.from(data, (value) => value !== 0)
  return { name, data: values, type: 'BOOLEAN', nullable: false, encoding: 'PLAIN' }
}

function write(
  columnData: ColumnSource[],
  rows: number,
  kvMetadata: { key: string; value: string }[],
): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData,
    kvMetadata,
    createdBy: 'saegate',
    rowGroupSize: Math.max(1, rows),
    pageSize: 2 ** 30,
  })
  return new Uint8Array(buffer)
}

/**
 * Read a feature table.
 *
 * @throws TABLE_UNREADABLE, TABLE_MISFIT (exit 2)
 */
export async function readFeatureTable(bytes: Uint8Array, identity: TableIdentity): Promise<FeatureTable> {
  const { path, candidate, readout, width } = identity
  const file = open(bytes, path, 'saegate/features@1')
  for (const [key, expected] of [
    ['candidate', candidate],
    ['readout', readout],
  ] as const) {
    const found = keyValue(file.metadata, `saegate.${key}`)
    if (found !== expected)
      throw tableMisfit(path, `its ${key}`, JSON.stringify(found), JSON.stringify(expected))
  }
  if (file.rows !== width) throw tableMisfit(path, 'its number of features', String(file.rows), String(width))
  const columns = await readColumns(file)
  const ids = integers(columns, 'feature', path)
  const misplaced = ids.findIndex((id, row) => id !== row)
  if (misplaced >= 0) throw tableUnreadable(path, `row ${misplaced} is feature ${ids[misplaced]}`)
  return {
    candidate,
    readout,
    width,
    active: booleans(columns, 'active', path),
    measured: booleans(columns, 'measured', path),
    firingRate: numbers(columns, 'firing_rate', path),
    mean: numbers(columns, 'mean', path),
    peak: numbers(columns, 'peak', path),
    decoderNorm: numbers(columns, 'decoder_norm', path),
    correlation: numbers(columns, 'correlation', path),
    correlationLow: numbers(columns, 'correlation_low', path),
    correlationHigh: numbers(columns, 'correlation_high', path),
    class: classes(columns, path),
  }
}

/**
 * Read replicates.
 *
 * @param active the number of active features the report names
 * @param width d_sae: ids are below it
 * @throws TABLE_UNREADABLE, TABLE_MISFIT (exit 2)
 */
export async function readReplicates(
  bytes: Uint8Array,
  path: string,
  active: number,
  width: number,
): Promise<FeatureReplicates> {
  const file = open(bytes, path, 'saegate/replicates@1')
  if (file.rows !== active)
    throw tableMisfit(path, 'its number of features', String(file.rows), String(active))
  const groups = file.names.filter((name) => GROUP_COLUMN.test(name)).length
  const columns = await readColumns(file)
  const features = integers(columns, 'feature', path)
  const isAscending = features.every(
    (id, row) => id >= 0 && id < width && (row === 0 || id > (features[row - 1] ?? -1)),
  )
  if (!isAscending) throw tableUnreadable(path, `its feature ids do not ascend within 0–${width - 1}`)
  return {
    features,
    correlations: Array.from({ length: groups }, (_, group) => numbers(columns, groupColumn(group), path)),
  }
}

function classes(columns: Columns, path: string): FeatureClass[] {
  return Array.from(column(columns, 'class', path), (value, row) => {
    const known = CLASSES.find((one) => one === value)
    if (known === undefined) throw wrongValue(path, 'class', row, value)
    return known
  })
}
