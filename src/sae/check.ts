/** @file Does a dictionary belong to a model? Layer, place and width of its hook, before anything is run. */
import { hookName } from '../contract/hook-point.ts'
import { saeHookLayer, saeHookParallel, saeWidth } from '../errors/sae.ts'
import type { BlockSpec, DecoderSpec } from '../models/decoder-spec.ts'
import type { Dictionary } from './dictionary.ts'

/** Errors: SAE_HOOK_LAYER, SAE_HOOK_PARALLEL, SAE_WIDTH. */
export function checkDictionary(dictionary: Dictionary, model: DecoderSpec): void {
  const { hook, d_in, spec } = dictionary
  const block = model.blocks[hook.layer]
  if (block === undefined) throw saeHookLayer(spec, hookName(hook), model.blocks.length)
  if (hook.name === 'hook_resid_mid' && block.layout === 'parallel')
    throw saeHookParallel(spec, hookName(hook))
  const width = hook.name === 'attn.hook_z' ? zWidth(block) : model.d_model
  if (d_in !== width) throw saeWidth(spec, d_in, hookName(hook), width, model.family)
}

/** All heads side by side, which need not be d_model wide (Gemma-2-2B: 2048 of 2304). */
function zWidth({ attention }: BlockSpec): number {
  return attention.heads * attention.headSize
}
