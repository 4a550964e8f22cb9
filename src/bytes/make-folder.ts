/**
 * @file Folders made, with those above them. Not Node's recursive mkdir: it never returns where a file system refuses every
 * folder as if the one above were missing (/proc, the root of an automounter).
 */
import { mkdir, rmdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemErrorCode } from './file.ts'

/**
 * Like `mkdir -p`; the folders that were made, the outermost first. `mode`: of each of them. Nothing that was made stays where the
 * last cannot be made. Errors: those of mkdir; EEXIST where something else has the name.
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<readonly string[]> {
  try {
    await mkdir(folder, { mode })
    return [folder]
  } catch (error) {
    if (await isFolder(folder)) return []
    const parent = dirname(folder)
    if (systemErrorCode(error) !== 'ENOENT' || parent === folder) throw error
    const made = await makeFolder(parent, mode)
    try {
      await mkdir(folder, { mode })
    } catch (second) {
      if (await isFolder(folder)) return made
      for (const path of made.toReversed()) await rmdir(path).catch(() => {})
      throw second
    }
    return [...made, folder]
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found?.isDirectory() ?? false
}
