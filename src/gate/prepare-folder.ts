/** @file A folder made ready for a report, before hours are spent on it. */
import { rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beginFile, writeProblem } from '../bytes/atomic.ts'
import { systemErrorCode } from '../bytes/file.ts'
import { removeDeadTemporaries } from '../bytes/leftovers.ts'
import { makeFolder } from '../bytes/make-folder.ts'
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
    made.push(...(await makeReportFolder(folder)))
    await removeDeadTemporaries(folder)
    const probe = await beginFile(join(folder, 'report.json'))
    await probe.discard()
  } catch (error) {
    await abandon()
    throw error
  }
  return { abandon }
}

/** Errors: WRITE_REFUSED, DISK_FULL, OUT_IS_FILE. */
async function makeReportFolder(folder: string): Promise<readonly string[]> {
  try {
    return await makeFolder(folder)
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw writeProblem(folder, error)
    const taken = error instanceof Error && 'path' in error ? String(error.path) : folder
    // A link that leads nowhere has the name, and is no file.
    await stat(taken).catch((second) => {
      throw writeProblem(taken, second)
    })
    throw outIsFile(taken)
  }
}
