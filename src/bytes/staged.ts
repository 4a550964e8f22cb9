/**
 * @file Files that belong together: each is written and flushed under a temporary name, and only when all are there do
 * they get their names, in one go. Some lie in a folder of their own, which appears whole.
 *
 * The folder comes first, then the files in the order they were added: a process that is killed in between leaves a folder
 * that nothing names, and the last file as it was. The renames are synchronous on purpose. Nothing else of this process runs
 * between them, a signal's handler included, so that Ctrl-C finds either none or all. No file stays open: hundreds may be staged.
 */
import { lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeRefused } from '../errors/bytes.ts'
import { interrupted } from '../errors/engine.ts'
import { beginFile, type PendingFile, temporaryPathIn, writeFileWhole, writeProblem } from './atomic.ts'
import { makeFolder } from './make-folder.ts'

export interface StagedFiles {
  /** Write a file that will appear at `path`. Errors: WRITE_REFUSED, DISK_FULL, WRITE_FAILED, INTERRUPTED. */
  add(path: string, bytes: Uint8Array | string): Promise<void>
  /** Write a file of the folder that `commit` names; `path` is relative to it. Errors as of `add`. */
  addInside(path: string, bytes: Uint8Array | string): Promise<void>
  /**
   * Give everything its name: the folder at `path`, then the files, replacing what has them. A folder that is there gets the
   * new files beside what it holds. Errors: INTERRUPTED and WRITE_REFUSED, where nothing has changed yet; WRITE_FAILED, where
   * the file system gives up between two renames.
   */
  commit(path: string): void
  /** Remove what has no name yet. */
  discard(): Promise<void>
}

/**
 * @param parent where the folder of `commit` will be
 * @param signal aborting it before `commit` refuses it; afterwards it changes nothing
 */
export function stageFiles(parent: string, signal: AbortSignal): StagedFiles {
  const staged: { readonly path: string; readonly file: PendingFile }[] = []
  const inside = temporaryPathIn(parent, 'folder')
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
    async addInside(path, bytes) {
      requireGoing()
      const place = join(inside.path, path)
      try {
        await makeFolder(dirname(place))
        await writeFileWhole(place, bytes)
      } catch (error) {
        // An interrupt takes the folder away under the write.
        requireGoing()
        throw writeProblem(join(parent, path), error)
      }
    },
    commit(path) {
      requireGoing()
      requireNothingButFolder(path)
      for (const one of staged) requireNoFolder(one.path)
      nameFolder(inside.path, path)
      inside.forget()
      for (const { file } of staged) file.rename()
    },
    async discard() {
      for (const { file } of staged) await file.discard()
      await rm(inside.path, { recursive: true, force: true })
      inside.forget()
    },
  }
}

/** Where a folder of that name is there, its files are replaced one by one: by themselves, where the name says what is in it. */
function nameFolder(from: string, to: string): void {
  try {
    if (lstatSync(to, { throwIfNoEntry: false }) === undefined) renameSync(from, to)
    else moveInto(from, to)
  } catch (error) {
    throw writeProblem(to, error)
  }
}

/** Folders on the way are none that a link stands for: it may lead out of the report. */
function moveInto(from: string, to: string): void {
  requireNothingButFolder(to)
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) moveInto(source, target)
    else renameSync(source, target)
  }
  rmdirSync(from)
}

/** The refusals that can be foreseen. */
function requireNoFolder(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    throw writeRefused(path, 'a folder has that name')
}

function requireNothingButFolder(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === false)
    throw writeRefused(path, 'something that is not a folder has that name')
}
