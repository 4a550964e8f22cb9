/** @file Places in a decoder where activations are read, by their TransformerLens names. */

export const HOOK_NAMES = [
  'hook_resid_pre',
  'hook_resid_mid',
  'hook_resid_post',
  'hook_attn_out',
  'hook_mlp_out',
  'attn.hook_z',
] as const

export type HookName = (typeof HOOK_NAMES)[number]

/** Block `layer` (0-based) and the place in it. */
export interface HookPoint {
  readonly layer: number
  readonly name: HookName
}

/** `blocks.4.hook_resid_post` */
export function hookName(hook: HookPoint): string {
  return `blocks.${hook.layer}.${hook.name}`
}

/** The inverse of `hookName`; null when the text is no hook point that saegate can read. */
export function parseHookPoint(text: string): HookPoint | null {
  const match = /^blocks\.(\d{1,4})\.(.+)$/.exec(text)
  const name = HOOK_NAMES.find((known) => known === match?.[2])
  if (match === null || name === undefined) return null
  return { layer: Number(match[1]), name }
}
