/** @file Where a dictionary lies and where in the model it reads: paths for messages, hook points from what is known. */

import { HOOK_NAMES, type HookPoint, parseHookPoint } from '../contract/hook-point.ts'
import type { SaeConfig } from '../contract/options/audit-config.ts'
import { nearest } from '../errors/did-you-mean.ts'
import { saeHookUnknown, saeHookUntold } from '../errors/sae.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import type { FoundWeights } from './format.ts'

/** What to call a file of the dictionary in a message, and where release names are looked for: the spec and the path. */
export function placeOf(files: PinnedFiles, name: string): string {
  return files.localPath(name) ?? `${files.spec}/${name}`
}

/** Everything that is said by where a file lies: the spec as it was written, and the path on this machine. */
export function pathsOf({ config, files, weights }: FoundWeights): string {
  return `${config.source}/${weights} ${placeOf(files, weights)}`
}

/** The user's hook, else the dictionary's own. Errors: SAE_HOOK_UNKNOWN, SAE_HOOK_UNTOLD. */
export function chooseHook(config: SaeConfig, own: string | null, place: string): HookPoint {
  const name = config.hook ?? own
  if (name === null) throw saeHookUntold(place)
  return hookAt(name, config.hook === null ? place : '--hook')
}

/** `where` says it. A module of Hugging Face stands for what it gives. Errors: SAE_HOOK_UNKNOWN. */
export function hookAt(name: string, where: string): HookPoint {
  const hook = parseHookPoint(name) ?? hookOfModule(name)
  if (hook === null) throw saeHookUnknown(where, name, nearHook(name), HOOK_NAMES)
  return hook
}

/** The hook whose name is a letter or two away, or is the end of one: `blocks.4.resid_post`. */
function nearHook(written: string): string | null {
  const [, block = '', name = ''] = /^(blocks\.\d{1,4}\.)(\S+)$/.exec(written) ?? []
  const near = nearest(name, HOOK_NAMES) ?? HOOK_NAMES.find((known) => name !== '' && known.endsWith(name))
  return block === '' || near === undefined ? null : `${block}${near}`
}

/** What a module is called inside its block, in the families that have published dictionaries → the hook of its output. */
const BLOCK_MODULES: Readonly<Record<string, HookPoint['name']>> = {
  '': 'hook_resid_post',
  mlp: 'mlp.hook_out',
  self_attn: 'attn.hook_out',
  attention: 'attn.hook_out',
  attn: 'attn.hook_out',
}

/**
 * `model.layers.12`, `layers.12.mlp`, `gpt_neox.layers.3.attention`, `transformer.h.5`: the output of a module of Hugging Face's
 * models, named from the model or from its base. Null: another text. An embedding is not among them: where a family
 * scales it, some versions do so inside the module and some behind it.
 */
export function hookOfModule(name: string): HookPoint | null {
  const match = /^(?:[a-z_]+\.)*?(?:layers|h)\.(\d{1,4})(?:\.([a-z_]+))?$/.exec(name)
  const hook = match === null ? undefined : BLOCK_MODULES[match[2] ?? '']
  return match === null || hook === undefined ? null : { layer: Number(match[1]), name: hook }
}
