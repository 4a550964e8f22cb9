/**
 * @file Rows of a feature table, whoever wrote it: which features are active, and what intervals of theirs can be made from.
 */
import { DEFAULT_THRESHOLDS } from '../contract/options/audit-config.ts'
import type { FeatureEvidence } from '../contract/report/measurement.ts'
import { noActiveFeatures, tableValue } from '../errors/experiments.ts'
import { isActive } from '../statistics/definitions.ts'
import type { ActiveFeatures } from '../statistics/features/active-features.ts'
import { groupsOfReplicates, type Sampling } from '../statistics/intervals/resampling.ts'

/** One candidate at one read-out; columns are parallel. */
export interface FeatureRows {
  /** For messages. */
  readonly path: string
  /** Ascending. */
  readonly ids: Int32Array
  /** False: the table has no correlations, and `correlation` says nothing. */
  readonly hasCorrelations: boolean
  /** NaN: undefined, or not measured. */
  readonly correlation: Float64Array
  readonly firingRate: Float64Array
  readonly mean: Float64Array
  readonly peak: Float64Array
  /** Which the audit counted as active; null: the table does not say, and the firing rate tells. */
  readonly active: Uint8Array | null
  /** Which have a ρ, undefined or not; null: all. */
  readonly measured: Uint8Array | null
}

/** The rows of a report's own table. */
export function rowsOfEvidence(path: string, { table }: FeatureEvidence): FeatureRows {
  return {
    path,
    ids: Int32Array.from({ length: table.width }, (_, j) => j),
    hasCorrelations: true,
    correlation: table.correlation,
    firingRate: table.firingRate,
    mean: table.mean,
    peak: table.peak,
    active: table.active,
    measured: table.measured,
  }
}

/** What halves of the token groups a report kept. */
export interface KeptHalves {
  readonly replicates: FeatureEvidence['replicates']
  readonly sampling: Sampling
}

/**
 * The active features: as the table says, unless a threshold is given. Errors: NO_ACTIVE_FEATURES; TABLE_VALUE where one of them
 * was not measured.
 */
export function activeFeatures(
  rows: FeatureRows,
  threshold: number | null,
  kept: KeptHalves | null,
): ActiveFeatures {
  const limit = threshold ?? DEFAULT_THRESHOLDS.active
  const isCounted = (k: number): boolean =>
    threshold === null && rows.active !== null ? rows.active[k] === 1 : isActive(rows.firingRate[k]!, limit)
  const places = Array.from(rows.ids.keys()).filter(isCounted)
  if (places.length === 0) throw noActiveFeatures(rows.path, limit)
  const missing = places.find((k) => rows.measured !== null && rows.measured[k] !== 1)
  if (missing !== undefined)
    throw tableValue(rows.path, missing + 1, 'correlation', 'not measured', 'a number: the feature is active')
  const take = (column: Float64Array): Float64Array => Float64Array.from(places, (k) => column[k]!)
  const ids = Int32Array.from(places, (k) => rows.ids[k]!)
  return {
    ids,
    rho: take(rows.correlation),
    firingRate: take(rows.firingRate),
    mean: take(rows.mean),
    peak: take(rows.peak),
    halves: kept && halvesOfReport(kept, ids),
  }
}

/** Null where the report kept none, or was measured before half-samples. */
function halvesOfReport({ replicates, sampling }: KeptHalves, ids: Int32Array): ActiveFeatures['halves'] {
  const { method, features, correlations } = replicates
  if (method !== 'half-samples' || correlations.length === 0) return null
  const column = new Map(Array.from(features, (id, k) => [id, k]))
  const columns = Array.from(ids, (id) => column.get(id) ?? -1)
  if (columns.includes(-1)) return null
  const sizes = new Float64Array(groupsOfReplicates(method, correlations.length))
  return {
    resampling: { ...sampling, sizes },
    rho: correlations.map((row) => Float64Array.from(columns, (k) => row[k]!)),
  }
}
