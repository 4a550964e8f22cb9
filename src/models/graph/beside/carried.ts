/** @file What goes from block to block of a graph, and how it is packed into the rows between two graphs (row-layout.ts). */
import type { Value } from '../../../onnx/graph/graph.ts'
import * as op from '../../../onnx/graph/ops.ts'
import type { SequenceInputs } from '../shape.ts'
import type { GraphWeights } from '../weights.ts'
import type { RowLayout } from './row-layout.ts'

/** (sequences, n_token, heads · head size) in the operands' type, as attention reads them. */
export interface KeysAndValues {
  readonly keys: Value
  readonly values: Value
}

export interface Carried {
  /** (n_row, streams · d_model) wide */
  readonly rows: Value
  /** (n_row, blocks · vector size) wide; null: blocks are given none. */
  readonly vectors: Value | null
  /** By block; blocks add theirs. */
  readonly keys: Map<number, KeysAndValues>
}

/** What is carried, out of the rows that another graph gave. */
export function unpacked(
  w: GraphWeights,
  rows: Value,
  { streams, vectors, shared, width }: RowLayout,
  { sequences, shared: alike }: Pick<SequenceInputs, 'sequences' | 'shared'>,
): Carried {
  const { g } = w
  const keys = new Map<number, KeysAndValues>()
  if (width === streams) return { rows, vectors: null, keys }
  const take = (start: number, size: number): Value => op.columns(g, rows, start, start + size)
  let start = streams + vectors
  for (const { block, width: size } of shared) {
    const part = (from: number): Value => {
      // Attention sees every sequence whole.
      const all = alike === null ? take(from, size) : op.gather(g, take(from, size), alike.computed)
      return w.operand(op.reshape(g, all, [sequences, -1, size], [sequences, 'n_token', size]))
    }
    keys.set(block, { keys: part(start), values: part(start + size) })
    start += 2 * size
  }
  return { rows: take(0, streams), vectors: vectors === 0 ? null : take(streams, vectors), keys }
}

/** (n_row, width of the layout) wide. */
export function packed(
  w: GraphWeights,
  { rows, vectors, keys }: Carried,
  layout: RowLayout,
  { shared: alike }: Pick<SequenceInputs, 'shared'>,
): Value {
  const { g } = w
  const { shared, width } = layout
  if (width === layout.streams) return rows
  const parts = shared.flatMap(({ block, width: size }) => {
    const own = keys.get(block)
    if (own === undefined) return [zeros(w, rows, `no_keys_${block}`, 2 * size)]
    return [own.keys, own.values].map((value) => {
      const all = op.reshape(g, op.cast(g, value, w.wide), [-1, size], ['n_row', size])
      return alike === null ? all : op.gather(g, all, alike.places)
    })
  })
  return op.concat(g, [rows, ...(vectors === null ? [] : [vectors]), ...parts], 1, ['n_row', width])
}

/** (n_row, width): as many rows as `like` has. */
function zeros(w: GraphWeights, like: Value, name: string, width: number): Value {
  const { g } = w
  const none = w.constant(name, [1, width], new Float64Array(width))
  const column = op.mul(g, op.columns(g, like, 0, 1), g.scalar(w.wide, 0))
  return { ...op.add(g, none, column), shape: ['n_row', width] }
}
