/** @file A finished report read again, with its tables: what they say and what report.json says have to agree. */
import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { readWholeFile } from '../bytes/whole-file.ts'
import type { ResamplingMethod } from '../contract/report/feature-table.ts'
import type { FeatureEvidence, Measurement } from '../contract/report/measurement.ts'
import type { Report } from '../contract/report/report-schema.ts'
import { tableOfAnotherReport, tableOutsideFolder } from '../errors/gate.ts'
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
  const { candidate, readout, width, active } = features
  const tablePath = await inside(reportPath, features.table)
  const identity = { path: tablePath, candidate, readout, width }
  const table = await readFeatureTable(await readTable(tablePath, features.tableSha256), identity)
  if (features.replicates === null) {
    const ids = Int32Array.from(table.active.keys()).filter((j) => table.active[j] === 1)
    return { table, replicates: { method, features: ids, correlations: [] } }
  }
  const path = await inside(reportPath, features.replicates)
  const bytes = await readTable(path, features.replicatesSha256)
  return { table, replicates: await readReplicates(bytes, { path, method, active, width }) }
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
