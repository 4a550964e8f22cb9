/** @file Where a dictionary lies and where in the model it reads: paths for messages, hook points from what is known. */

import { HOOK_NAMES, type HookPoint, parseHookPoint } from '../contract/hook-point.ts'
import type { SaeConfig } from '../contract/options/audit-config.ts'
import { saeHookUnknown, saeHookUntold } from '../errors/sae.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'

/** What to call a file of the dictionary in a message, and where release names are looked for: the spec and the path. */
export function placeOf(files: PinnedFiles, name: string): string {
  return files.localPath(name) ?? `${files.spec}/${name}`
}

/** The user's hook, else the dictionary's own. Errors: SAE_HOOK_UNKNOWN, SAE_HOOK_UNTOLD. */
export function chooseHook(config: SaeConfig, own: string | null, place: string): HookPoint {
  const name = config.hook ?? own
  if (name === null) throw saeHookUntold(place)
  const hook = parseHookPoint(name)
  if (hook === null) throw saeHookUnknown(config.hook === null ? place : '--hook', name, HOOK_NAMES)
  return hook
}
