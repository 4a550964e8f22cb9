/**
 * @file Where what audits keep for later ones lies: with what is downloaded, where SAEGATE_CACHE names that folder, else among this
 * user's own caches. Never in a checkout: what a pull request commits there would be taken for measured.
 */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { isWithin, realPath } from '../../bytes/real-path.ts'
import { keptInCheckout } from '../../errors/kept.ts'
import type { Environment } from '../hub-settings.ts'

export function keptFolder(environment: Environment): string {
  const given = (name: string): string | null => environment[name]?.trim() || null
  const cache = given('SAEGATE_CACHE')
  if (cache !== null) return join(cache, 'captures')
  return join(given('XDG_CACHE_HOME') ?? join(homedir(), '.cache'), 'saegate', 'captures')
}

/** `at`: where the program runs. Links are followed before it is decided. Errors: KEPT_IN_CHECKOUT. */
export function requireNoCheckout(folder: string, at: string, environment: Environment): void {
  const workspace = environment.GITHUB_WORKSPACE?.trim() || null
  for (const checkout of [checkoutOf(at), checkoutOf(folder), workspace]) {
    if (checkout !== null && isWithin(folder, checkout)) throw keptInCheckout(folder, checkout)
  }
}

/** The working tree that a path lies in; null: in none. */
function checkoutOf(path: string): string | null {
  for (let folder = realPath(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (dirname(folder) === folder) return null
  }
}
