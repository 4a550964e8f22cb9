/** @file Where a path lies by where links lead, also of what is not there yet. */
import { realpathSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'

/** Of what exists of a path; the rest as it is written. */
export function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : resolve(realPath(parent), relative(parent, path))
  }
}

/** Whether a path is a folder or lies below it, by where links lead. */
export function isWithin(inside: string, folder: string): boolean {
  const path = relative(realPath(resolve(folder)), realPath(resolve(inside)))
  return path !== '..' && !/^\.\.[/\\]/.test(path) && resolve(path) !== path
}
