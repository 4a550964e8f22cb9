/**
 * @file A report on disk. report.json names a folder beside it, `report-` and sixteen digits of its content, which holds one
 * Parquet table per candidate and read-out and the pages; report.md and report.html lie beside report.json too, for people.
 *
 * The folder gets its name first and report.json last: whatever ends the process, power loss apart, report.json and what it
 * names are one report, the older or the new one. The pages beside it are whole each, and replaced just before.
 */
import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import { stageFiles } from '../bytes/staged.ts'
import type { FeatureEvidence, Measurement } from '../contract/report/measurement.ts'
import type { FeaturesReport, Report } from '../contract/report/report-schema.ts'
import { reportJson } from '../report/formats/json.ts'
import { reportMarkdown } from '../report/markdown/markdown.ts'
import { featureTableParquet, replicatesParquet } from '../report/tables/feature-parquet.ts'
import { tableOrigin } from '../report/tables/table-origin.ts'
import { namedTables, removeOlderReports, tablesNamedBy } from './older-reports.ts'
import { prepareFolder } from './prepare-folder.ts'

export interface WrittenReport {
  readonly folder: string
  /** Path of report.json. */
  readonly json: string
  /** As it was written: with the names of its tables and their digests. */
  readonly report: Report
  /** Paths of all that was written: report.json, the pages beside it, the tables. */
  readonly files: readonly string[]
}

/**
 * Write everything, or nothing where the signal is aborted before the files get their names: an older report in the folder
 * is then still whole. report.json holds the digest of every table, so that tables and report of different runs are never
 * taken together. What older reports left in the folder is removed. Errors: those of writing, INTERRUPTED.
 */
export async function writeReport(
  measurement: Measurement,
  folder: string,
  signal: AbortSignal,
): Promise<WrittenReport> {
  // Half of the program's code: not before there is something to draw, so that an audit begins that much earlier.
  const { reportHtml } = await import('../report/page/page.ts')
  const { abandon } = await prepareFolder(folder)
  const files = stageFiles(folder, signal)
  const json = join(folder, 'report.json')
  try {
    const { report, contents } = inFolder(await withTables(measurement, files.addInside))
    const pages = {
      'report.md': reportMarkdown(report, measurement.evidence),
      'report.html': reportHtml(report, measurement.evidence),
    }
    for (const [name, page] of Object.entries(pages)) await files.addInside(name, page)
    for (const [name, page] of Object.entries(pages)) await files.add(join(folder, name), page)
    await files.add(json, reportJson(report))
    const older = await tablesNamedBy(json)
    files.commit(join(folder, contents))
    await removeOlderReports(folder, { contents, older })
    const beside = [...Object.keys(pages), ...namedTables(report)].map((name) => join(folder, name))
    return { folder, json, report, files: [json, ...beside] }
  } catch (error) {
    await files.discard()
    await abandon()
    throw error
  }
}

/** What is done with a table: its name inside the folder, and its bytes. */
type TakeTable = (name: string, bytes: Uint8Array) => Promise<void>

/** The report as it is written, with the digests of its tables, their names inside the folder that has none yet. Nothing is written here. */
export async function withTables({ report, evidence }: Measurement, take: TakeTable): Promise<Report> {
  const staging: Staging = { take, nameOf: uniqueNames() }
  const candidates: Report['candidates'] = []
  let next = 0
  for (const candidate of report.candidates) {
    const features: FeaturesReport[] = []
    for (const one of candidate.features) {
      const found = evidence[next++]
      features.push(
        found === undefined
          ? one
          : await stageTable(one, found, tableOrigin(report, candidate, one), staging),
      )
    }
    candidates.push({ ...candidate, features })
  }
  return { ...report, candidates }
}

interface Staging {
  readonly take: TakeTable
  readonly nameOf: (path: string) => string
}

async function stageTable(
  features: FeaturesReport,
  evidence: FeatureEvidence,
  origin: string,
  { take, nameOf }: Staging,
): Promise<FeaturesReport> {
  const stage = async (path: string, bytes: Uint8Array): Promise<[name: string, sha256: string]> => {
    const name = nameOf(path)
    await take(name, bytes)
    return [name, sha256(bytes)]
  }
  const [table, tableSha256] = await stage(features.table, featureTableParquet(evidence.table, origin))
  if (features.replicates === null) return { ...features, table, tableSha256 }
  const [replicates, replicatesSha256] = await stage(
    features.replicates,
    replicatesParquet(evidence.replicates),
  )
  return { ...features, table, tableSha256, replicates, replicatesSha256 }
}

/** `features/` and the last part of a path; a number before it where that was given already. */
function uniqueNames(): (path: string) => string {
  const given = new Set<string>()
  return (path) => {
    let name = basename(path)
    for (let i = 2; given.has(name); i++) name = `${i}.${basename(path)}`
    given.add(name)
    return `features/${name}`
  }
}

/** The report with its tables in the folder that is named by the report's content, their digests among it. */
function inFolder(report: Report): { readonly report: Report; readonly contents: string } {
  const contents = `report-${sha256(reportJson(report)).slice(0, 16)}`
  const within = (features: FeaturesReport): FeaturesReport => ({
    ...features,
    table: `${contents}/${features.table}`,
    replicates: features.replicates === null ? null : `${contents}/${features.replicates}`,
  })
  const candidates = report.candidates.map((one) => ({ ...one, features: one.features.map(within) }))
  return { report: { ...report, contents, candidates }, contents }
}

const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex')
