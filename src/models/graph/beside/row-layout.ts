/**
 * @file What a row between two blocks holds: the residual stream, or several of them, and, where later blocks need them, the vectors that
 * blocks are given of the token and the keys and values of earlier blocks. Of most families the stream alone.
 *
 *     [streams · d_model | blocks · vector size | keys of a block | values of that block | …]
 *
 * Every boundary of a model has the same layout, so that rows can be moved on in place; keys that were not computed yet are zeros.
 */
import { attentionOf } from '../../attention-of.ts'
import type { Decoder } from '../../decoder-spec.ts'

/** A block whose keys and values are read by later ones. */
export interface SharedKeys {
  readonly block: number
  /** Of its keys, and as much of its values. */
  readonly width: number
}

export interface RowLayout {
  /** Of all residual streams, the first of them the one that hooks see. */
  readonly streams: number
  /** Of the vectors of all blocks. */
  readonly vectors: number
  readonly shared: readonly SharedKeys[]
  readonly width: number
}

export function rowLayout({ spec }: Pick<Decoder, 'spec'>): RowLayout {
  const { blocks, d_model, tokenVectors } = spec
  const streams = d_model * (spec.streams?.count ?? 1)
  const vectors = blocks.length * (tokenVectors?.size ?? 0)
  const sources = new Set(blocks.flatMap((block) => attentionOf(block)?.keysOf ?? []))
  const shared = [...sources]
    .sort((a, b) => a - b)
    .map((block): SharedKeys => {
      const own = blocks[block]
      const attention = own === undefined ? null : attentionOf(own)
      if (attention === null) throw new RangeError(`block ${block} has no keys`)
      return { block, width: attention.kvHeads * attention.headSize }
    })
  const width = streams + vectors + shared.reduce((sum, one) => sum + 2 * one.width, 0)
  return { streams, vectors, shared, width }
}

/** Numbers in a row between two blocks. */
export const rowWidth = (decoder: Pick<Decoder, 'spec'>): number => rowLayout(decoder).width
