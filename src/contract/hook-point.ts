/** @file Places in a decoder where activations are read, by their TransformerLens names. */

/** Of the model as a whole, before its first block. */
const MODEL_HOOKS = ['hook_embed'] as const

/** Of a block. */
const BLOCK_HOOKS = [
  'hook_resid_pre',
  'hook_resid_mid',
  'hook_resid_post',
  'hook_attn_out',
  'hook_mlp_out',
  // What the attention and the MLP module give, before a norm that stands behind them (Gemma 2 and 3, OLMo 2).
  'attn.hook_out',
  'mlp.hook_out',
  'attn.hook_q',
  'attn.hook_k',
  'attn.hook_v',
  'attn.hook_z',
  // What the MLP reads, the norm's gain in it.
  'mlp.hook_in',
  // The same norm's result as TransformerLens hooks it: an RMS norm's before the gain, a LayerNorm's after gain and bias.
  'ln2.hook_normalized',
] as const

export const HOOK_NAMES = [...BLOCK_HOOKS, ...MODEL_HOOKS] as const

export type HookName = (typeof HOOK_NAMES)[number]

/** Block `layer` (0-based) and the place in it; 0 for places of the whole model. */
export interface HookPoint {
  readonly layer: number
  readonly name: HookName
}

const isOfModel = (name: string): boolean => MODEL_HOOKS.some((known) => known === name)

/** `blocks.4.hook_resid_post`, `hook_embed` */
export function hookName(hook: HookPoint): string {
  return isOfModel(hook.name) ? hook.name : `blocks.${hook.layer}.${hook.name}`
}

/** The inverse of `hookName`; null when the text is no hook point that saegate can read. */
export function parseHookPoint(text: string): HookPoint | null {
  const ofModel = MODEL_HOOKS.find((known) => known === text)
  if (ofModel !== undefined) return { layer: 0, name: ofModel }
  const match = /^blocks\.(\d{1,4})\.(.+)$/.exec(text)
  const name = BLOCK_HOOKS.find((known) => known === match?.[2])
  if (match === null || name === undefined) return null
  return { layer: Number(match[1]), name }
}

/** Is it the residual stream itself, or something that is added to it? */
export function isInStream({ name }: HookPoint): boolean {
  return name.startsWith('hook_')
}
