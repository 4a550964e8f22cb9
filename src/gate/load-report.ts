/** @file A finished report read again, with its tables: what they say and what report.json says have to agree. */
import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { readWholeFile } from '../bytes/whole-file.ts'
import type { FeatureTable, ResamplingMethod } from '../contract/report/feature-table.ts'
import type { FeatureEvidence, Measurement } from '../contract/report/measurement.ts'
import type { Report } from '../contract/report/report-schema.ts'
import { featuresNotThere, tableOfAnotherReport, tableOutsideFolder } from '../errors/gate.ts'
import { parseReport } from '../report/formats/json.ts'
import { readFeatureTable, readReplicates } from '../report/tables/feature-parquet.ts'
import { methodOf } from '../statistics/intervals/resampling.ts'
import { requireSameFigures } from './same-figures.ts'
import { readReportText } from './texts.ts'

/** A million active features with 62 float32 columns are 264 MB; of older tables, 4,096 groups of what is usually active 2 GB. */
const MAX_TABLE_BYTES = 2 ** 31 - 1

/** Read a finished report with its tables. Errors: those of reading, of report.json and of the tables. */
export async function loadReport(path: string): Promise<Measurement> {
  return (await loadReportOnce(path)).measurement
}

/** The same with the digest of report.json, both of one read. */
export async function loadReportOnce(
  path: string,
): Promise<{ readonly sha256: string; readonly measurement: Measurement }> {
  const text = await readReportText(path)
  const report = parseReport(text, path)
  const evidence: FeatureEvidence[] = []
  const method = methodOf(report.corpus)
  for (const features of featuresOf(report)) evidence.push(await loadEvidence(path, features, method))
  const measurement = { report, evidence }
  requireSameFigures(path, measurement)
  return { sha256: createHash('sha256').update(text).digest('hex'), measurement }
}

/** Which of a report's feature tables. */
export interface TableChoice {
  readonly candidate: string
  /** Absent: the only one there is. */
  readonly readout?: string | undefined
}

/**
 * One feature table alone, held against its digest. The other tables are not read, so that nothing makes the report's figures
 * again. Errors: those of reading, of report.json and of the table, FEATURES_NOT_THERE.
 */
export async function loadFeatureTable(path: string, choice: TableChoice): Promise<FeatureTable> {
  const report = parseReport(await readReportText(path), path)
  return await loadTable(path, theOne(featuresOf(report), choice))
}

/** The only one that a choice fits. Errors: FEATURES_NOT_THERE. */
export function theOne<Known extends { readonly candidate: string; readonly readout: string }>(
  known: readonly Known[],
  { candidate, readout }: TableChoice,
): Known {
  const fitting = known.filter(
    (one) => one.candidate === candidate && (readout === undefined || one.readout === readout),
  )
  const [only] = fitting
  if (only === undefined || fitting.length > 1)
    throw featuresNotThere(
      readout === undefined ? candidate : `${candidate} at ${readout}`,
      fitting.length,
      known.map((one) => `${one.candidate} at ${one.readout}`),
    )
  return only
}

type Features = Report['candidates'][number]['features'][number] & { readonly candidate: string }

/** All feature sections, candidate by candidate: the order of Measurement.evidence. */
function featuresOf(report: Report): readonly Features[] {
  return report.candidates.flatMap((candidate) =>
    candidate.features.map((features) => ({ ...features, candidate: candidate.name })),
  )
}

async function loadEvidence(
  reportPath: string,
  features: Features,
  method: ResamplingMethod,
): Promise<FeatureEvidence> {
  const { width, active } = features
  const table = await loadTable(reportPath, features)
  if (features.replicates === null) {
    const ids = Int32Array.from(table.active.keys()).filter((j) => table.active[j] === 1)
    return { table, replicates: { method, features: ids, correlations: [] } }
  }
  const path = await inside(reportPath, features.replicates)
  const bytes = await readTable(path, features.replicatesSha256)
  return { table, replicates: await readReplicates(bytes, { path, method, active, width }) }
}

async function loadTable(reportPath: string, features: Features): Promise<FeatureTable> {
  const { candidate, readout, width } = features
  const path = await inside(reportPath, features.table)
  return await readFeatureTable(await readTable(path, features.tableSha256), {
    path,
    candidate,
    readout,
    width,
  })
}

/** A path that report.json names, which must lie in its folder, links followed. What is not there is left to reading. */
async function inside(reportPath: string, name: string): Promise<string> {
  const folder = resolve(dirname(reportPath))
  const path = resolve(folder, name)
  if (!path.startsWith(folder + sep)) throw tableOutsideFolder(reportPath, name)
  const real = await realpath(path).catch(() => null)
  // report.json may be a link itself, and its tables lie where it leads.
  const folders = [await realpath(folder), dirname(await realpath(reportPath))]
  if (real !== null && !folders.some((top) => real.startsWith(top + sep)))
    throw tableOutsideFolder(reportPath, name)
  return path
}

/** Errors: those of reading, TABLE_OF_ANOTHER_REPORT. */
async function readTable(path: string, sha256: string | null | undefined): Promise<Uint8Array> {
  const bytes = await readWholeFile(path, MAX_TABLE_BYTES)
  if (sha256 !== undefined && sha256 !== null && createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw tableOfAnotherReport(path)
  return bytes
}
