/**
 * @file Where files are kept: cache-path lies outside the checkout, for what a pull request could commit there would be taken
 * for a download, or for the report of an earlier run; the report lies inside it, or in the runner's temporary folder.
 */
import { resolve } from 'node:path'
import { isWithin, realPath } from '../../bytes/real-path.ts'
import { cachePathInside, outOutside } from '../../errors/action.ts'

/** Errors: ACTION_CACHE_PATH. Links are followed before it is decided. */
export function requireOutside(cachePath: string, workspace: string): void {
  if (isWithin(cachePath, workspace)) throw cachePathInside(cachePath)
}

/** The report's folder lies in one of these, below it: else it would take another one's place. Errors: ACTION_OUT_OUTSIDE. */
export function requireBelow(out: string, folders: readonly string[]): void {
  const isBelow = (folder: string): boolean =>
    isWithin(out, folder) && realPath(resolve(out)) !== realPath(resolve(folder))
  if (!folders.some(isBelow)) throw outOutside(out)
}
