/** @file The vectors that the blocks of Gemma 3n and 4 are given of each token: made once from its id and embedding, taken by every block behind its MLP. */
import { present } from '../../../numbers/present.ts'
import type { Value } from '../../../onnx/graph/graph.ts'
import * as op from '../../../onnx/graph/ops.ts'
import type { TokenVectorsSpec } from '../../beside-stream.ts'
import type { Decoder } from '../../decoder-spec.ts'
import { activated } from '../activation.ts'
import type { BlockScope } from '../block-scope.ts'
import type { GraphWeights } from '../weights.ts'

/** Null where the decoder has none. `embedded` (n_row, d_model) wide → (n_row, blocks · size) wide: both parts in equal shares. */
export async function tokenVectors(
  w: GraphWeights,
  { spec, weights }: Decoder,
  ids: Value,
  embedded: Value,
): Promise<Value | null> {
  const { tokenVectors: vectors } = spec
  const refs = weights.tokenVectors
  if (vectors === undefined || refs === undefined) return null
  const { g } = w
  const width = spec.blocks.length * vectors.size
  const number = (value: number): Value => g.scalar(w.wide, value)
  const table = await w.table(refs.table, 'token_vectors')
  const rows = op.cast(g, op.gather(g, table, known(w, ids, spec.n_vocab, vectors)), w.wide)
  const own = op.mul(g, op.reshape(g, rows, [-1, width], ['n_row', width]), number(Math.sqrt(vectors.size)))
  const projected = op.mul(
    g,
    await w.linear(embedded, refs.projection, 'token_projection'),
    number(1 / Math.sqrt(spec.d_model)),
  )
  const parts = op.reshape(g, projected, [-1, vectors.size], ['n_vector', vectors.size])
  const normed = await w.norm(parts, spec.norm, refs.norm, 'token_projection_norm')
  const both = op.add(g, own, op.reshape(g, normed, [-1, width], ['n_row', width]))
  return op.mul(g, both, number(Math.SQRT1_2))
}

/** Ids, 0 for those that the table does not have. */
function known({ g }: GraphWeights, ids: Value, n_vocab: number, { n_vocab: rows }: TokenVectorsSpec): Value {
  if (rows >= n_vocab) return ids
  return op.where(g, op.less(g, ids, g.scalar('int64', rows)), ids, g.scalar('int64', 0))
}

/** What a block makes of x (n_row, d_model) and its vector: (n_row, d_model), to be added to the stream. Null where it is given none. */
export async function fromTokenVector(scope: BlockScope, x: Value): Promise<Value | null> {
  const { w, named, layer, weights, tokenVectors: spec, carried } = scope
  if (weights.tokenVector === undefined || spec === null) return null
  const { g } = w
  const { gate, back, norm } = weights.tokenVector
  const own = op.columns(g, present(carried.vectors), layer * spec.size, (layer + 1) * spec.size)
  const gated = activated(g, await w.linear(x, gate, named('token_gate')), own, spec.activation)
  return await w.norm(await w.linear(gated, back, named('token_back')), scope.norm, norm, named('token_norm'))
}
