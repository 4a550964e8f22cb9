/** @file What the pieces of one block are given. */
import type { Value } from '../../onnx/graph/graph.ts'
import type { TokenVectorsSpec } from '../beside-stream.ts'
import type { BlockSpec, BlockWeights, NormSpec } from '../decoder-spec.ts'
import type { Carried } from './beside/carried.ts'
import type { BodyPlaces } from './places.ts'
import type { SequenceInputs } from './shape.ts'
import type { GraphWeights } from './weights.ts'

/** Everything the pieces of one block need. */
export interface BlockScope {
  readonly w: GraphWeights
  readonly norm: NormSpec
  /** Factor on what is added to the residual stream. */
  readonly residualScale: number
  readonly block: BlockSpec
  readonly weights: BlockWeights
  readonly layer: number
  /** What the weight of a role is called in the graph. */
  readonly named: (role: string) => string
  readonly inputs: SequenceInputs
  readonly rotary: { readonly cos: Value; readonly sin: Value } | null
  /** Null: all hidden units of an MLP at once. */
  readonly hiddenTile: number | null
  readonly places: BodyPlaces
  /** Of the token that each row is of, beside the stream that the block is given. */
  readonly carried: Pick<Carried, 'vectors' | 'keys'>
  /** What a gate of the token's vector is followed by; null: the decoder has no such vectors. */
  readonly tokenVectors: TokenVectorsSpec | null
}
