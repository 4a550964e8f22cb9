/**
 * @file May a candidate with folded norms and a centred residual stream be compared here? Its rows are the reference's less their
 * means, so both sides have to be read centred, and where blocks write to the stream: inside of a block, norms' gains and values'
 * biases stand elsewhere.
 */
import type { HookName } from '../../contract/hook-point.ts'
import { layoutElsewhere, layoutNotCentred } from '../../errors/compression.ts'
import type { Readout } from './readout.ts'

const IN_STREAM: ReadonlySet<HookName> = new Set([
  'hook_resid_pre',
  'hook_resid_mid',
  'hook_resid_post',
  'hook_attn_out',
  'hook_mlp_out',
  'attn.hook_out',
  'mlp.hook_out',
  'hook_embed',
] as const)

/** Errors: LAYOUT_NOT_CENTRED, LAYOUT_ELSEWHERE. */
export function checkFolded(spec: string, readouts: readonly Readout[]): void {
  for (const { id, center, dictionary } of readouts) {
    for (const { name } of [dictionary.reads, dictionary.predicts])
      if (!IN_STREAM.has(name)) throw layoutElsewhere(spec, id)
    if (!center) throw layoutNotCentred(spec, id)
  }
}
