/**
 * @file cache-path lies outside the checkout: what a pull request could commit there would be taken for a download, or for
 * the report of an earlier run.
 */
import { realpathSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { cachePathInside } from '../../errors/action.ts'

/** Errors: ACTION_CACHE_PATH. Links are followed before it is decided. */
export function requireOutside(cachePath: string, workspace: string): void {
  const [inner, outer] = [realPath(resolve(cachePath)), realPath(resolve(workspace))]
  const path = relative(outer, inner)
  const isOutside = path === '..' || /^\.\.[/\\]/.test(path) || resolve(path) === path
  if (!isOutside) throw cachePathInside(cachePath)
}

/** Of what exists of a path; the rest as it is written. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : resolve(realPath(parent), relative(parent, path))
  }
}
