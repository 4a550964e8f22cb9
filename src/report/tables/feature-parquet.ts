/**
 * @file The feature tables beside report.json, as Parquet: one row per SAE feature, and one row per active feature
 * with its correlations on every half-sample of the token groups.
 *
 * Columns are PLAIN in one row group, float64 in the first table and float32 in the second, which is what the audit itself
 * goes by: every number comes back bit for bit. A correlation that is undefined or was not measured is null. The candidate
 * and read-out are kept in the file's metadata and checked when it is read. Tables of version 1 are still read: they have
 * no mean square, and correlations without each group in place of those on halves.
 * Read as hostile input: sizes and counts are checked against the report before anything is allocated.
 */
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer'
import type {
  FeatureClass,
  FeatureReplicates,
  FeatureTable,
  FiringColumns,
  FiringHalves,
  ResamplingMethod,
} from '../../contract/report/feature-table.ts'
import { tableMisfit, tableUnreadable } from '../../errors/report.ts'
import { canHalve } from '../../statistics/intervals/half-sums.ts'
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
const HALF_COLUMN = /^half_(\d{2})_(?:plus|minus)$/

const FEATURES = 'saegate/features@2'
const FEATURES_1 = 'saegate/features@1'
const HALVES = 'saegate/replicates@2'
const LEFT_OUT = 'saegate/replicates@1'

/** What a table has to be a table of. */
export interface TableIdentity {
  /** For messages. */
  readonly path: string
  readonly candidate: string
  readonly readout: string
  /** d_sae */
  readonly width: number
}

/** One row per feature, columns as docs/analysis.md names them. `origin`: as table-origin.ts says it; absent: it is left out. */
export function featureTableParquet(table: FeatureTable, origin?: string): Uint8Array {
  const feature = Int32Array.from({ length: table.width }, (_, i) => i)
  const columns: ColumnSource[] = [
    { name: 'feature', data: feature, type: 'INT32', nullable: false, encoding: 'PLAIN' },
    flags('active', table.active),
    flags('measured', table.measured),
    doubles('firing_rate', table.firingRate),
    doubles('mean', table.mean),
    doubles('mean_square', table.meanSquare),
    doubles('peak', table.peak),
    doubles('decoder_norm', table.decoderNorm),
    doubles('correlation', table.correlation),
    doubles('correlation_low', table.correlationLow),
    doubles('correlation_high', table.correlationHigh),
    ...firingColumns(table.firing),
    ...(table.latents === undefined
      ? []
      : [
          doubles('latent_scaling_reconstruction', table.latents.reconstruction),
          doubles('latent_scaling_error', table.latents.error),
        ]),
    { name: 'class', data: [...table.class], type: 'STRING', nullable: false, encoding: 'PLAIN' },
  ]
  return write(columns, table.width, [
    { key: 'saegate.schema', value: FEATURES },
    { key: 'saegate.candidate', value: table.candidate },
    { key: 'saegate.readout', value: table.readout },
    ...(origin === undefined ? [] : [{ key: 'saegate.origin', value: origin }]),
  ])
}

/** Columns that tables of before do not have, by their names in the file. */
export const FIRING_COLUMNS = {
  gain: 'gain',
  gain_low: 'gainLow',
  gain_high: 'gainHigh',
  firing_jaccard: 'firingJaccard',
  firing_jaccard_low: 'firingJaccardLow',
  firing_jaccard_high: 'firingJaccardHigh',
  firing_precision: 'firingPrecision',
  firing_recall: 'firingRecall',
  candidate_firing_rate: 'candidateFiringRate',
} as const satisfies Readonly<Record<string, keyof FiringColumns>>

function firingColumns(firing: FiringColumns | undefined): readonly ColumnSource[] {
  if (firing === undefined) return []
  return Object.entries(FIRING_COLUMNS).map(([name, key]) => doubles(name, firing[key]))
}

/**
 * One row per active feature: its id, then ρ on each half (`half_01_plus`, `half_01_minus`, `half_02_plus`, …), its gain
 * (`gain_01_plus`, …) and Jaccard's index of its firing (`jaccard_01_plus`, …), or in the
 * form of older reports, which stay what they are when they are judged again, without each group (`group_0000`, …).
 */
export function replicatesParquet({ method, features, correlations, firing }: FeatureReplicates): Uint8Array {
  const isHalved = method === 'half-samples'
  const columns: ColumnSource[] = [
    { name: 'feature', data: features, type: 'INT32', nullable: false, encoding: 'PLAIN' },
    ...correlations.map((row, i) => (isHalved ? floats(halfColumn(i), row) : doubles(groupColumn(i), row))),
    ...(firing?.gain ?? []).map((row, i) => floats(halfColumn(i, 'gain'), row)),
    ...(firing?.jaccard ?? []).map((row, i) => floats(halfColumn(i, 'jaccard'), row)),
  ]
  const schema = { key: 'saegate.schema', value: isHalved ? HALVES : LEFT_OUT }
  return write(columns, features.length, [schema], REPLICATES)
}

function halfColumn(index: number, name = 'half'): string {
  const row = String(Math.floor(index / 2) + 1).padStart(2, '0')
  return `${name}_${row}_${index % 2 === 0 ? 'plus' : 'minus'}`
}

function groupColumn(group: number): string {
  return `group_${String(group).padStart(4, '0')}`
}

function floats(name: string, data: ArrayLike<number>): ColumnSource {
  return { name, data: nullable(data), type: 'FLOAT', nullable: true, encoding: 'PLAIN' }
}

function doubles(name: string, data: ArrayLike<number>): ColumnSource {
  return { name, data: nullable(data), type: 'DOUBLE', nullable: true, encoding: 'PLAIN' }
}

function nullable(data: ArrayLike<number>): (number | null)[] {
  const values: (number | null)[] = []
  for (let i = 0; i < data.length; i++) {
    const value = data[i] ?? Number.NaN
    values.push(Number.isNaN(value) ? null : value)
  }
  return values
}

function flags(name: string, data: Uint8Array): ColumnSource {
  const values = Array.from(data, (value) => value !== 0)
  return { name, data: values, type: 'BOOLEAN', nullable: false, encoding: 'PLAIN' }
}

/** How a table is written. */
interface Form {
  readonly codec: 'SNAPPY' | 'UNCOMPRESSED'
  /** Least and largest of each column, in the footer. */
  readonly statistics: boolean
}
const FEATURE_TABLE: Form = { codec: 'SNAPPY', statistics: true }
/**
 * Correlations have no two digits alike: Snappy took a seventh off, and most of the time of the file. Nobody looks for rows by the
 * least of a half's correlations: of 186 columns, statistics took a fifth of the time.
 */
const REPLICATES: Form = { codec: 'UNCOMPRESSED', statistics: false }
/** Bytes at which a column begins another page; 0: never, and nothing is counted. */
const NO_PAGES = 0

function write(
  columnData: ColumnSource[],
  rows: number,
  kvMetadata: { key: string; value: string }[],
  form: Form = FEATURE_TABLE,
): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData,
    ...form,
    kvMetadata,
    createdBy: 'saegate',
    rowGroupSize: Math.max(1, rows),
    pageSize: NO_PAGES,
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
  const file = open(bytes, path, [FEATURES, FEATURES_1])
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
  const hasSquares = file.schema === FEATURES
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
    meanSquare: hasSquares ? numbers(columns, 'mean_square', path) : new Float64Array(width).fill(Number.NaN),
    peak: numbers(columns, 'peak', path),
    decoderNorm: numbers(columns, 'decoder_norm', path),
    correlation: numbers(columns, 'correlation', path),
    correlationLow: numbers(columns, 'correlation_low', path),
    correlationHigh: numbers(columns, 'correlation_high', path),
    class: classes(columns, path),
    ...(file.names.includes('gain') ? { firing: readFiring(columns, path) } : {}),
    ...(file.names.includes('latent_scaling_error')
      ? {
          latents: {
            reconstruction: numbers(columns, 'latent_scaling_reconstruction', path),
            error: numbers(columns, 'latent_scaling_error', path),
          },
        }
      : {}),
  }
}

function readFiring(columns: Columns, path: string): FiringColumns {
  const of = (name: keyof typeof FIRING_COLUMNS): Float64Array => numbers(columns, name, path)
  return {
    gain: of('gain'),
    gainLow: of('gain_low'),
    gainHigh: of('gain_high'),
    firingJaccard: of('firing_jaccard'),
    firingJaccardLow: of('firing_jaccard_low'),
    firingJaccardHigh: of('firing_jaccard_high'),
    firingPrecision: of('firing_precision'),
    firingRecall: of('firing_recall'),
    candidateFiringRate: of('candidate_firing_rate'),
  }
}

/** What replicates have to be replicates of. */
export interface ReplicatesIdentity {
  readonly path: string
  /** How the report says that its intervals are made. */
  readonly method: ResamplingMethod
  /** The number of active features the report names. */
  readonly active: number
  /** d_sae: ids are below it. */
  readonly width: number
}

/**
 * Read replicates.
 *
 * @throws TABLE_UNREADABLE, TABLE_MISFIT (exit 2)
 */
export async function readReplicates(
  bytes: Uint8Array,
  { path, method, active, width }: ReplicatesIdentity,
): Promise<FeatureReplicates> {
  const file = open(bytes, path, [method === 'half-samples' ? HALVES : LEFT_OUT])
  if (file.rows !== active)
    throw tableMisfit(path, 'its number of features', String(file.rows), String(active))
  const pattern = method === 'half-samples' ? HALF_COLUMN : GROUP_COLUMN
  const count = file.names.filter((name) => pattern.test(name)).length
  if (method === 'half-samples' && count !== 0 && !canHalve(count / 2 + 1))
    throw tableUnreadable(path, `it has ${count} halves; 14, 30 or 62 are made`)
  const columns = await readColumns(file)
  const features = integers(columns, 'feature', path)
  const isAscending = features.every(
    (id, row) => id >= 0 && id < width && (row === 0 || id > (features[row - 1] ?? -1)),
  )
  if (!isAscending) throw tableUnreadable(path, `its feature ids do not ascend within 0–${width - 1}`)
  const values = (_: unknown, i: number): Float32Array | Float64Array =>
    method === 'half-samples'
      ? Float32Array.from(numbers(columns, halfColumn(i), path))
      : numbers(columns, groupColumn(i), path)
  const firing = file.names.includes('gain_01_plus') ? readFiringHalves(columns, count, path) : null
  return {
    method,
    features,
    correlations: Array.from({ length: count }, values),
    ...(firing === null ? {} : { firing }),
  }
}

/** As many as there are halves of ρ. */
function readFiringHalves(columns: Columns, count: number, path: string): FiringHalves {
  const of = (name: string): Float32Array[] =>
    Array.from({ length: count }, (_, i) => Float32Array.from(numbers(columns, halfColumn(i, name), path)))
  return { gain: of('gain'), jaccard: of('jaccard') }
}

function classes(columns: Columns, path: string): FeatureClass[] {
  return Array.from(column(columns, 'class', path), (value, row) => {
    const known = CLASSES.find((one) => one === value)
    if (known === undefined) throw wrongValue(path, 'class', row, value)
    return known
  })
}
