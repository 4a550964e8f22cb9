/** @file A report on disk: report.json, what people read of it, and one Parquet table per candidate and read-out. */
import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { beginFile, writeFileWhole, writeProblem } from '../bytes/atomic.ts'
import { openProblem, systemErrorCode } from '../bytes/file.ts'
import type { FeatureEvidence, Measurement } from '../contract/measurement.ts'
import type { Report } from '../contract/report-schema.ts'
import { outIsFile, tableOutsideFolder } from '../errors/gate.ts'
import {
  featureTableParquet,
  readFeatureTable,
  readReplicates,
  replicatesParquet,
} from '../report/feature-parquet.ts'
import { reportHtml } from '../report/html/page.ts'
import { parseReport, reportJson } from '../report/json.ts'
import { reportMarkdown } from '../report/markdown.ts'

export interface WrittenReport {
  readonly folder: string
  /** Path of report.json. */
  readonly json: string
}

/** Make the folder and prove that a file can be made in it, before hours are spent. Errors: WRITE_REFUSED, DISK_FULL. */
export async function prepareFolder(folder: string): Promise<void> {
  await makeFolder(folder)
  await makeFolder(join(folder, 'features'))
  const probe = await beginFile(join(folder, 'report.json'))
  await probe.discard()
}

/** Like `mkdir -p`. Not Node's recursive mkdir: it never returns where a file system refuses every folder (/proc). */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'EEXIST') return await requireFolder(folder)
    const parent = dirname(folder)
    if (code !== 'ENOENT' || parent === folder) throw writeProblem(folder, error)
    await makeFolder(parent)
    await mkdir(folder).catch((second) => {
      if (systemErrorCode(second) !== 'EEXIST') throw writeProblem(folder, second)
    })
  }
}

async function requireFolder(path: string): Promise<void> {
  const found = await stat(path)
  if (!found.isDirectory()) throw outIsFile(path)
}

/** Write everything; report.json comes last, so that a folder with a report.json is whole. */
export async function writeReport(measurement: Measurement, folder: string): Promise<WrittenReport> {
  const { report, evidence } = measurement
  await makeFolder(join(folder, 'features'))
  for (const [i, features] of featuresOf(report).entries()) {
    const found = evidence[i]
    if (found === undefined) continue
    await writeFileWhole(join(folder, features.table), featureTableParquet(found.table))
    if (features.replicates !== null) {
      await writeFileWhole(join(folder, features.replicates), replicatesParquet(found.replicates))
    }
  }
  await writeFileWhole(join(folder, 'report.md'), reportMarkdown(report, evidence))
  await writeFileWhole(join(folder, 'report.html'), reportHtml(report, evidence))
  const json = join(folder, 'report.json')
  await writeFileWhole(json, reportJson(report))
  return { folder, json }
}

/** Read a finished report with its tables. Errors: FILE_MISSING, those of report.json and of the tables. */
export async function loadReport(path: string): Promise<Measurement> {
  const text = await readFile(path, 'utf8').catch((error) => {
    throw openProblem(path, error)
  })
  const report = parseReport(text, path)
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
  const table = await readFeatureTable(await readBytes(tablePath), identity)
  if (features.replicates === null) {
    const ids = Int32Array.from(table.active.keys()).filter((j) => table.active[j] === 1)
    return { table, replicates: { features: ids, correlations: [] } }
  }
  const path = inside(reportPath, features.replicates)
  return { table, replicates: await readReplicates(await readBytes(path), path, active, width) }
}

/** A path that report.json names, which must lie in its folder. */
function inside(reportPath: string, name: string): string {
  const folder = resolve(dirname(reportPath))
  const path = resolve(folder, name)
  if (!path.startsWith(folder + sep)) throw tableOutsideFolder(reportPath, name)
  return path
}

async function readBytes(path: string): Promise<Uint8Array> {
  return await readFile(path).catch((error) => {
    throw openProblem(path, error)
  })
}
