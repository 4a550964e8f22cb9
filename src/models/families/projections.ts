/**
 * @file The matrices that compression rounds or prunes: attention projections and MLP matrices of every block.
 *
 * Embeddings, unembedding, norms and biases are not among them (the method's definition of targets). A fused tensor is
 * one entry, since it is stored, rounded and pruned as one.
 */
import type { Decoder, WeightRef } from '../decoder-spec.ts'

export interface Projection {
  /** Output channels. */
  readonly out: number
  readonly in: number
  readonly layout: WeightRef['layout']
}

/** Stored tensor → its size, each once, in block order: q, k, v, o, gate, up, down. */
export function projections(decoder: Decoder): ReadonlyMap<string, Projection> {
  const found = new Map<string, Projection>()
  for (const block of decoder.weights.blocks) {
    for (const projection of [block.q, block.k, block.v, block.o, block.gate, block.up, block.down]) {
      if (projection === null) continue
      const { tensor, storedShape, layout } = projection.weight
      const [rows = 0, columns = 0] = storedShape
      found.set(
        tensor,
        layout === 'out-in' ? { out: rows, in: columns, layout } : { out: columns, in: rows, layout },
      )
    }
  }
  return found
}
