/**
 * @file What the checked out commit has in a place where only this workflow's steps are to put something: the report that is
 * judged, and the folder of the one that is written. Whatever lies there was written by the pull request's author, or by whoever
 * merged such a file before: nobody measured it here.
 *
 * By where links lead. What a program of the checkout writes while the workflow runs it cannot be told from a measurement.
 */
import { lstatSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { realPath } from '../../bytes/real-path.ts'
import { reportCommitted } from '../../errors/action.ts'
import { checkedOutCommit } from '../asked/audience.ts'
import { commitFiles } from './commit-files.ts'
import type { Objects } from './objects.ts'

/** Which checkouts there are, and how their commits are read. */
export interface Checkouts {
  readonly workspace: string
  readonly objects: (root: string) => Objects
  /** Of the workspace, where its own files don't tell. */
  readonly commit: string
}

/** Errors: ACTION_REPORT_COMMITTED, ACTION_BASE_UNREADABLE where the commit can't be read. */
export async function requireMade(report: string, checkouts: Checkouts): Promise<void> {
  const commit = await committedAt(report, checkouts)
  if (commit !== null) throw reportCommitted(report, commit)
}

/**
 * The commit that has the file or folder of that path, or a submodule that it lies in; null: none has, or nothing lies there.
 * Errors: ACTION_BASE_UNREADABLE.
 */
export async function committedAt(path: string, checkouts: Checkouts): Promise<string | null> {
  const real = realPath(path)
  if (lstatSync(real, { throwIfNoEntry: false }) === undefined) return null
  for (const root of repositoriesAbove(real, realPath(checkouts.workspace))) {
    const commit = checkedOutCommit(root) ?? checkouts.commit
    const files = commitFiles(checkouts.objects(root), commit, 'the checkout')
    const parts = relative(root, real).split(sep)
    if ((await files.entry(parts)) !== null || (await files.submodule(parts)) !== null) return commit
  }
  return null
}

/** Checkouts that a path lies in, from the workspace to the innermost: a submodule is seen before it is looked into. */
function repositoriesAbove(path: string, workspace: string): readonly string[] {
  const found: string[] = []
  for (
    let folder = dirname(path);
    `${folder}${sep}`.startsWith(`${workspace}${sep}`);
    folder = dirname(folder)
  ) {
    if (lstatSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined) found.unshift(folder)
    if (folder === dirname(folder)) break
  }
  return found
}
