/**
 * @file What lies in a report's folder and was not put there by saegate. Later steps upload that folder whole, so that whatever a
 * pull request commits there would go for a part of the report; and a link there would be written through by nobody who knows.
 */
import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemErrorCode } from '../../bytes/file.ts'
import { temporariesIn } from '../../bytes/leftovers.ts'

/** What a report is made of, by path inside its folder; folders end with a slash. */
const OURS =
  /^(?:report\.json|origin\.json|(?:report-[0-9a-f]{16}\/)?(?:report\.md|report\.html|features\/(?:[^/]+\.parquet)?)?)$/

/** The first of them by its path inside the folder, links included; null: there is none. Errors: those of listing. */
export async function foreignFile(folder: string): Promise<string | null> {
  // What killed runs of this machine left is removed before anything is written there.
  const { dead } = await temporariesIn(folder)
  return await foreignIn(folder, '', new Set(dead))
}

async function foreignIn(folder: string, prefix: string, dead: ReadonlySet<string>): Promise<string | null> {
  for (const entry of await entriesOf(join(folder, prefix))) {
    const path = `${prefix}${entry.name}`
    if (dead.has(join(folder, path))) continue
    if (entry.isDirectory() ? !OURS.test(`${path}/`) : !entry.isFile() || !OURS.test(path)) return path
    const inside = entry.isDirectory() ? await foreignIn(folder, `${path}/`, dead) : null
    if (inside !== null) return inside
  }
  return null
}

/** Sorted, so that the same one is named each time. None where there is no such folder. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return []
    throw error
  }
}
