/**
 * @file Where a path that somebody names lies in the repository, by its words alone: links of the checkout are the pull
 * request's and have no say in it. The repository is the outermost checkout on the way from the workspace to the path.
 */
import { lstatSync, realpathSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { baseRefused } from '../../errors/action.ts'
import type { Parts } from './commit-files.ts'

export type Place =
  | { readonly kind: 'inside'; readonly root: string; readonly parts: Parts }
  /** Outside the workspace: the runner's own, or made by another step; no pull request brings it. */
  | { readonly kind: 'outside'; readonly path: string }

export interface Grounds {
  readonly workspace: string
  /** Where relative paths start, by its words. */
  readonly folder: string
}

export function groundsOf(workspace: string, workingDirectory: string): Grounds {
  const top = resolve(workspace)
  return { workspace: top, folder: resolve(top, workingDirectory) }
}

/** Errors: ACTION_BASE_REFUSED where the folder that paths start from is reached through a link. */
export function requirePlainFolder({ workspace, folder }: Grounds): void {
  const names = namesBelow(workspace, folder) ?? []
  for (const [index] of names.entries())
    if (isLink(join(workspace, ...names.slice(0, index + 1))))
      throw baseRefused('working-directory', 'the checkout', 'is a link, or is reached through one')
}

/** The checkout that a path lies in; the workspace, where it lies in none. */
export function rootOf(grounds: Grounds, path: string): string {
  const names = namesBelow(grounds.workspace, resolve(grounds.folder, path))
  return names === null
    ? grounds.workspace
    : join(grounds.workspace, ...names.slice(0, depthOf(grounds, names)))
}

/** Errors: ACTION_BASE_REFUSED where a path outside leads back inside by a link. */
export function placeOf({ workspace, folder }: Grounds, path: string): Place {
  const full = resolve(folder, path)
  const names = namesBelow(workspace, full)
  if (names === null) {
    if (namesBelow(realOr(workspace), realOr(full)) !== null)
      throw baseRefused(path, 'the checkout', 'is reached through a link from outside')
    return { kind: 'outside', path: full }
  }
  const depth = depthOf({ workspace, folder }, names)
  return { kind: 'inside', root: join(workspace, ...names.slice(0, depth)), parts: names.slice(depth) }
}

/** How many names down the outermost checkout lies. */
function depthOf({ workspace }: Grounds, names: Parts): number {
  return Math.max(
    0,
    names.findIndex((_, index) => hasRepository(join(workspace, ...names.slice(0, index)))),
  )
}

/** null: it lies elsewhere. */
function namesBelow(top: string, path: string): Parts | null {
  const below = relative(top, path)
  if (below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) return null
  return below === '' ? [] : below.split(sep)
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
}

const hasRepository = (folder: string): boolean =>
  lstatSync(join(folder, '.git'), { throwIfNoEntry: false }) !== undefined

function realOr(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
