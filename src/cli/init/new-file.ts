/** @file A file that is written where there is none: nothing that exists is ever touched. */
import { lstat, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { writeProblem } from '../../bytes/atomic.ts'
import { systemErrorCode } from '../../bytes/file.ts'
import { makeFolder } from '../../bytes/make-folder.ts'
import { writeRefused } from '../../errors/bytes.ts'

/** A link that leads nowhere counts: writing would follow it. */
export async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  )
}

/** False: something has that name already. Errors: WRITE_REFUSED, DISK_FULL, WRITE_FAILED. */
export async function writeNewFile(path: string, text: string): Promise<boolean> {
  try {
    await makeFolder(dirname(path))
    // `wx`: fails when the name is taken, even by another process since it was last looked at.
    await writeFile(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    const code = systemErrorCode(error)
    if (code === 'EEXIST') {
      if (await exists(path)) return false
      throw writeRefused(path, 'its folder has the name of a file')
    }
    if (code === 'ENOSPC' || code === 'EDQUOT') await rm(path, { force: true })
    throw writeProblem(path, error)
  }
}
