/** @file A folder made ready for a report, before hours are spent on it. */
import { mkdir, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beginFile, writeProblem } from '../bytes/atomic.ts'
import { systemErrorCode } from '../bytes/file.ts'
import { removeDeadTemporaries } from '../bytes/leftovers.ts'
import { outIsFile } from '../errors/gate.ts'

/** A folder that is ready for a report. */
export interface PreparedFolder {
  /** Remove the folders that were made for it, as far as they are empty: nothing was measured. */
  abandon(): Promise<void>
}

/** Make the folder, take away what killed runs left in it, and prove that a file can be made there. Errors: WRITE_REFUSED, DISK_FULL. */
export async function prepareFolder(folder: string): Promise<PreparedFolder> {
  const made: string[] = []
  const abandon = async (): Promise<void> => {
    for (const path of made.reverse()) await rmdir(path).catch(() => {})
  }
  try {
    made.push(...(await makeFolder(folder)))
    await removeDeadTemporaries(folder)
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
