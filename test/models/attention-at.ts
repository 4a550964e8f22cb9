/** @file The attention of one block of a decoder that is expected to have it. */

import { attentionOf } from '../../src/models/attention-of.ts'
import type { AttentionSpec, Decoder } from '../../src/models/decoder-spec.ts'

export function attentionAt({ spec }: Pick<Decoder, 'spec'>, layer: number): AttentionSpec {
  const block = spec.blocks[layer]
  const attention = block === undefined ? null : attentionOf(block)
  if (attention === null) throw new Error(`no attention in block ${layer}`)
  return attention
}
