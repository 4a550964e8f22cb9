/**
 * @file Files that belong together: each is written and flushed under a temporary name, and only when all are there do
 * they get their names, in one go.
 *
 * The renames are synchronous on purpose. Nothing else of this process runs between them, a signal's handler included, so
 * that Ctrl-C finds either none of the files or all. No file stays open: hundreds may be staged.
 */
import { lstatSync } from 'node:fs'
import { writeRefused } from '../errors/bytes.ts'
import { interrupted } from '../errors/engine.ts'
import { beginFile, type PendingFile } from './atomic.ts'

export interface StagedFiles {
  /** Write a file that will appear at `path`. Errors: WRITE_REFUSED, DISK_FULL, WRITE_FAILED, INTERRUPTED. */
  add(path: string, bytes: Uint8Array | string): Promise<void>
  /**
   * Give the files their names, in the order they were added, replacing what has them. Errors: INTERRUPTED and
   * WRITE_REFUSED, where nothing has changed yet; WRITE_FAILED, where the file system gives up between two renames.
   */
  commit(): void
  /** Remove what has no name yet. */
  discard(): Promise<void>
}

/** Aborting the signal before `commit` refuses it; afterwards it changes nothing. */
export function stageFiles(signal: AbortSignal): StagedFiles {
  const staged: { readonly path: string; readonly file: PendingFile }[] = []
  const requireGoing = (): void => {
    if (signal.aborted) throw interrupted()
  }
  return {
    async add(path, bytes) {
      requireGoing()
      const file = await beginFile(path)
      staged.push({ path, file })
      await file.write(bytes)
      await file.finish()
    },
    commit() {
      requireGoing()
      for (const { path } of staged) requireNoFolder(path)
      for (const { file } of staged) file.rename()
    },
    async discard() {
      for (const { file } of staged) await file.discard()
    },
  }
}

/** The one refusal of a rename that can be foreseen. */
function requireNoFolder(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    throw writeRefused(path, 'a folder has that name')
}
