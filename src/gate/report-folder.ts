/** @file A report on disk: report.json, what people read of it, and one Parquet table per candidate and read-out. */
import { createHash } from 'node:crypto'
import { mkdir, rmdir, stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { beginFile, writeProblem } from '../bytes/atomic.ts'
import { systemErrorCode } from '../bytes/file.ts'
import { type StagedFiles, stageFiles } from '../bytes/staged.ts'
import { readWholeFile } from '../bytes/whole-file.ts'
import type { FeatureTable } from '../contract/report/feature-table.ts'
import type { FeatureEvidence, Measurement } from '../contract/report/measurement.ts'
import type { FeaturesReport, Report } from '../contract/report/report-schema.ts'
import { figuresDiffer, outIsFile, tableOfAnotherReport, tableOutsideFolder } from '../errors/gate.ts'
import { parseReport, reportJson } from '../report/formats/json.ts'
import { reportMarkdown } from '../report/markdown/markdown.ts'
import { reportHtml } from '../report/page/page.ts'
import {
  featureTableParquet,
  readFeatureTable,
  readReplicates,
  replicatesParquet,
} from '../report/tables/feature-parquet.ts'
import { classCounts } from '../statistics/taxonomy.ts'
import { readReportText } from './texts.ts'

/** A million features with 33 float64 columns are 277 MB, 4,096 groups of what is usually active 2 GB; one read is at most that. */
const MAX_TABLE_BYTES = 2 ** 31 - 1

export interface WrittenReport {
  readonly folder: string
  /** Path of report.json. */
  readonly json: string
}

/** A folder that is ready for a report. */
export interface PreparedFolder {
  /** Remove the folders that were made for it, as far as they are empty: nothing was measured. */
  abandon(): Promise<void>
}

/** Make the folder and prove that a file can be made in it, before hours are spent. Errors: WRITE_REFUSED, DISK_FULL. */
export async function prepareFolder(folder: string): Promise<PreparedFolder> {
  const made: string[] = []
  const abandon = async (): Promise<void> => {
    for (const path of made.reverse()) await rmdir(path).catch(() => {})
  }
  try {
    made.push(...(await makeFolder(folder)))
    made.push(...(await makeFolder(join(folder, 'features'))))
    const probe = await beginFile(join(folder, 'report.json'))
    await probe.discard()
  } catch (error) {
    await abandon()
    throw error
  }
  return { abandon }
}

/**
 * Like `mkdir -p`; the folders that were made, the outermost first. Not Node's recursive mkdir: it never returns where a file
 * system refuses every folder (/proc).
 */
async function makeFolder(folder: string): Promise<readonly string[]> {
  try {
    await mkdir(folder)
    return [folder]
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'EEXIST') {
      await requireFolder(folder)
      return []
    }
    const parent = dirname(folder)
    if (code !== 'ENOENT' || parent === folder) throw writeProblem(folder, error)
    const made = await makeFolder(parent)
    try {
      await mkdir(folder)
    } catch (second) {
      if (systemErrorCode(second) === 'EEXIST') return made
      for (const path of made.toReversed()) await rmdir(path).catch(() => {})
      throw writeProblem(folder, second)
    }
    return [...made, folder]
  }
}

async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error) => {
    throw writeProblem(path, error)
  })
  if (!found.isDirectory()) throw outIsFile(path)
}

/**
 * Write everything, or nothing where the signal is aborted before the files get their names: an older report in the folder
 * is then still whole. report.json gets its name last, so that a folder with a report.json is whole. It holds the digest
 * of every table, so that tables and report of different runs are never taken together.
 */
export async function writeReport(
  measurement: Measurement,
  folder: string,
  signal: AbortSignal,
): Promise<WrittenReport> {
  const { abandon } = await prepareFolder(folder)
  const files = stageFiles(signal)
  try {
    const report = await stageTables(measurement, folder, files)
    const { evidence } = measurement
    await files.add(join(folder, 'report.md'), reportMarkdown(report, evidence))
    await files.add(join(folder, 'report.html'), reportHtml(report, evidence))
    const json = join(folder, 'report.json')
    await files.add(json, reportJson(report))
    files.commit()
    return { folder, json }
  } catch (error) {
    await files.discard()
    await abandon()
    throw error
  }
}

/** Stage the tables; the report as it is, with their digests. */
async function stageTables(
  { report, evidence }: Measurement,
  folder: string,
  files: StagedFiles,
): Promise<Report> {
  const candidates: Report['candidates'] = []
  let next = 0
  for (const candidate of report.candidates) {
    const features: FeaturesReport[] = []
    for (const one of candidate.features)
      features.push(await stageTable(one, evidence[next++], folder, files))
    candidates.push({ ...candidate, features })
  }
  return { ...report, candidates }
}

async function stageTable(
  features: FeaturesReport,
  evidence: FeatureEvidence | undefined,
  folder: string,
  files: StagedFiles,
): Promise<FeaturesReport> {
  if (evidence === undefined) return features
  const table = featureTableParquet(evidence.table)
  await files.add(join(folder, features.table), table)
  if (features.replicates === null) return { ...features, tableSha256: digest(table) }
  const replicates = replicatesParquet(evidence.replicates)
  await files.add(join(folder, features.replicates), replicates)
  return { ...features, tableSha256: digest(table), replicatesSha256: digest(replicates) }
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Read a finished report with its tables. Errors: those of reading, of report.json and of the tables. */
export async function loadReport(path: string): Promise<Measurement> {
  const report = parseReport(await readReportText(path), path)
  const evidence: FeatureEvidence[] = []
  for (const features of featuresOf(report)) evidence.push(await loadEvidence(path, features))
  return { report, evidence }
}

type Features = Report['candidates'][number]['features'][number] & { readonly candidate: string }

/** All feature sections, candidate by candidate: the order of Measurement.evidence. */
function featuresOf(report: Report): readonly Features[] {
  return report.candidates.flatMap((candidate) =>
    candidate.features.map((features) => ({ ...features, candidate: candidate.name })),
  )
}

async function loadEvidence(reportPath: string, features: Features): Promise<FeatureEvidence> {
  const { candidate, readout, width, active } = features
  const tablePath = inside(reportPath, features.table)
  const identity = { path: tablePath, candidate, readout, width }
  const table = await readFeatureTable(await readTable(tablePath, features.tableSha256), identity)
  requireSameFigures(reportPath, features, table)
  if (features.replicates === null) {
    const ids = Int32Array.from(table.active.keys()).filter((j) => table.active[j] === 1)
    return { table, replicates: { features: ids, correlations: [] } }
  }
  const path = inside(reportPath, features.replicates)
  return {
    table,
    replicates: await readReplicates(await readTable(path, features.replicatesSha256), path, active, width),
  }
}

/** The report's counts are those of its table: a figure edited by hand is not judged. Errors: FIGURES_DIFFER. */
function requireSameFigures(reportPath: string, features: Features, table: FeatureTable): void {
  const rho = table.correlation.filter((_, j) => table.active[j] === 1)
  const counts = classCounts(rho, features.thresholds)
  const same = (what: string, said: number, found: number): void => {
    if (said !== found)
      throw figuresDiffer(reportPath, features.candidate, features.readout, what, said, found)
  }
  same('active', features.active, rho.length)
  for (const name of ['survived', 'degraded', 'damaged'] as const) {
    same(`${name}.count`, features[name].count, counts[name])
    same(`${name}.fraction`, features[name].fraction, rho.length === 0 ? 0 : counts[name] / rho.length)
  }
}

/** A path that report.json names, which must lie in its folder. */
function inside(reportPath: string, name: string): string {
  const folder = resolve(dirname(reportPath))
  const path = resolve(folder, name)
  if (!path.startsWith(folder + sep)) throw tableOutsideFolder(reportPath, name)
  return path
}

/** Errors: those of reading, TABLE_OF_ANOTHER_REPORT. */
async function readTable(path: string, sha256: string | null | undefined): Promise<Uint8Array> {
  const bytes = await readWholeFile(path, MAX_TABLE_BYTES)
  if (sha256 !== undefined && sha256 !== null && digest(bytes) !== sha256) throw tableOfAnotherReport(path)
  return bytes
}
