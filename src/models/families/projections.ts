/**
 * @file The matrices that compression rounds or prunes: attention projections and MLP matrices of every block.
 *
 * Embeddings, unembedding, norms and biases are not among them (the method's definition of targets). A fused tensor is
 * one entry, since it is stored, rounded and pruned as one.
 */
import type { Decoder, WeightRef } from '../decoder-spec.ts'
import { type TargetInput, targets } from '../target-inputs.ts'

export interface Projection {
  /** Output channels. */
  readonly out: number
  readonly in: number
  readonly layout: WeightRef['layout']
  /** What it is multiplied by. */
  readonly input: TargetInput
}

/** Stored tensor → its size and its input, each once, in block order: q, k, v, o, gate, up, down. */
export function projections(decoder: Decoder): ReadonlyMap<string, Projection> {
  const found = new Map<string, Projection>()
  for (const { linear, input } of targets(decoder)) {
    const { tensor, storedShape, layout } = linear.weight
    const [rows = 0, columns = 0] = storedShape
    const [out, inputs] = layout === 'out-in' ? [rows, columns] : [columns, rows]
    found.set(tensor, { out, in: inputs, layout, input })
  }
  return found
}
