/** @file The attention of a block, where it has one. */
import type { AttentionSpec, BlockSpec } from './decoder-spec.ts'

/** Null: a delta net stands in its place. */
export function attentionOf({ attention }: Pick<BlockSpec, 'attention'>): AttentionSpec | null {
  return attention.kind === 'delta' ? null : attention
}
