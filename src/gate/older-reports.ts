/**
 * @file What older reports left in a folder: tables that report.json named before, and folders that no report names any more.
 *
 * Removed is what is provably ours: tables that the report.json we replaced named, and folders with a name of ours that hold
 * nothing but what we put there. Another run may be about to name its folder: it is then still a temporary file of a living
 * process away from it, and folders stay for the next run.
 */
import { lstat, readdir, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { temporariesIn } from '../bytes/leftovers.ts'
import type { Report } from '../contract/report/report-schema.ts'
import { parseReport } from '../report/formats/json.ts'
import { readReportText } from './texts.ts'

const CONTENTS = /^report-[0-9a-f]{16}$/
const OLD_TABLE = /^features\/[^/]+\.parquet$/
const PAGES = ['report.md', 'report.html']

/** Tables that a report names, relative to it; none where there is no report that can be read. */
export async function tablesNamedBy(json: string): Promise<readonly string[]> {
  const report = await readIfThere(json)
  return report === null ? [] : namedTables(report)
}

export function namedTables({ candidates }: Pick<Report, 'candidates'>): readonly string[] {
  const features = candidates.flatMap((candidate) => candidate.features)
  return features.flatMap(({ table, replicates }) => (replicates === null ? [table] : [table, replicates]))
}

async function readIfThere(json: string): Promise<Report | null> {
  try {
    return parseReport(await readReportText(json), json)
  } catch {
    return null
  }
}

/** A report that took the place of another. */
export interface Replaced {
  /** Name of the folder that the new one put beside itself. */
  readonly contents: string
  /** Tables that the other named, by path relative to the folder of both. */
  readonly older: readonly string[]
}

/** Remove what the report in `folder` does not name, as far as it is ours; what cannot be removed stays. */
export async function removeOlderReports(folder: string, { contents, older }: Replaced): Promise<void> {
  const found = await contentFolders(folder)
  // Mostly the folder was empty: then nobody has to read the report again.
  if (older.length === 0 && found.every((name) => name === contents)) return
  const { living } = await temporariesIn(folder)
  const current = await readIfThere(join(folder, 'report.json'))
  if (current === null) return
  const named = new Set(await tablesNamedBy(join(folder, 'report.json')))
  // Tables of the layout before folders were named by their content, `features/` beside report.json.
  if (await isFolder(join(folder, 'features')))
    for (const table of older.filter((path) => OLD_TABLE.test(path) && !named.has(path)))
      await removeTable(folder, table)
  if (living.length > 0) return
  for (const name of found.filter((one) => one !== current.contents)) await removeContents(join(folder, name))
}

async function contentFolders(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory() && CONTENTS.test(entry.name)).map(({ name }) => name)
}

/** Not a link to one: it may lead out of the folder. */
async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

async function removeTable(folder: string, table: string): Promise<void> {
  await rm(join(folder, table), { force: true }).catch(() => {})
  await rmdir(dirname(join(folder, table))).catch(() => {})
}

/** Remove the files that we put there, and the folder where that was all. */
async function removeContents(folder: string): Promise<void> {
  for (const page of PAGES) await rm(join(folder, page), { force: true }).catch(() => {})
  const features = join(folder, 'features')
  const names = (await isFolder(features)) ? await readdir(features).catch(() => []) : []
  const tables = names.filter((name) => name.endsWith('.parquet'))
  for (const table of tables) await rm(join(features, table), { force: true }).catch(() => {})
  for (const emptied of [features, folder]) await rmdir(emptied).catch(() => {})
}
