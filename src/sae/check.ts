/** @file Does a dictionary belong to a model? Layer, place and width of its hook, before anything is run. */
import { type HookPoint, hookName } from '../contract/hook-point.ts'
import { saeHookLayer, saeHookParallel, saeWidth } from '../errors/sae.ts'
import { placeWidth } from '../models/body-program.ts'
import type { DecoderSpec } from '../models/decoder-spec.ts'
import type { Dictionary } from './dictionary.ts'

/** Errors: SAE_HOOK_LAYER, SAE_HOOK_PARALLEL, SAE_WIDTH. */
export function checkDictionary(dictionary: Dictionary, model: DecoderSpec): void {
  const { reads, predicts, d_in, b_dec, spec } = dictionary
  const sides = [
    { hook: reads, width: d_in },
    { hook: predicts, width: b_dec.length },
  ]
  for (const { hook, width } of sides) {
    const wanted = hookWidth(hook, spec, model)
    if (width !== wanted) throw saeWidth(spec, width, hookName(hook), wanted, model.family)
  }
}

function hookWidth(hook: HookPoint, spec: string, model: DecoderSpec): number {
  const block = model.blocks[hook.layer]
  if (block === undefined) throw saeHookLayer(spec, hookName(hook), model.blocks.length)
  if (hook.name === 'hook_resid_mid' && block.layout === 'parallel')
    throw saeHookParallel(spec, hookName(hook))
  return placeWidth(block, hook.name, model.d_model)
}
