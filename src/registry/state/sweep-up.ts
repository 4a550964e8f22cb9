/** @file What of a registry's folder nobody needs any more: reports of older audits, and of runs that were killed. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { removeDeadTemporaries } from '../../bytes/leftovers.ts'
import type { History } from './history.ts'

export interface SweptUp {
  readonly schema: 'saegate/registry-gc@1'
  readonly deletedReports: readonly string[]
  readonly deletedDownloads: readonly string[]
}

/**
 * Delete the reports of all but the last `keep` audits of each candidate, and all downloads where that is asked for. The history
 * itself stays: what an audit found is known without its report.
 */
export async function sweepUp(
  folder: string,
  history: History,
  { keep, downloads }: { readonly keep: number; readonly downloads: boolean },
): Promise<SweptUp> {
  const needed = new Set<string>()
  const counted = new Map<string, number>()
  for (const { what } of [...history.audits].reverse()) {
    const before = counted.get(what.item) ?? 0
    if (what.folder === null || before >= keep) continue
    counted.set(what.item, before + 1)
    needed.add(what.folder)
  }
  // Measured by a run that was killed: the next one takes them over.
  const open = [...history.items.values()].flatMap((known) => (known.open === null ? [] : [known.open.key]))
  const isNeeded = (name: string): boolean => needed.has(name) || open.some((key) => name.startsWith(key))
  const reports = join(folder, 'reports')
  await removeDeadTemporaries(reports)
  const deletedReports = (await namesIn(reports)).filter((name) => !isNeeded(name))
  for (const name of deletedReports) await rm(join(reports, name), { recursive: true, force: true })
  const deletedDownloads = downloads ? await namesIn(join(folder, 'downloads')) : []
  for (const name of deletedDownloads)
    await rm(join(folder, 'downloads', name), { recursive: true, force: true })
  return { schema: 'saegate/registry-gc@1', deletedReports, deletedDownloads }
}

const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).then(
    (names) => names.filter((name) => !name.startsWith('.')).sort(),
    () => [],
  )
