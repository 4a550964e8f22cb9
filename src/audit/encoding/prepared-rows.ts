/** @file Rows as an SAE wants them: normalised row by row, in the graph, and what is rebuilt of them brought back. */
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { InputRows } from '../../sae/dictionary.ts'

/** Keeps a row without variance, or of zeros, from dividing by nothing: SAELens' own. */
const LAYER_NORM_EPSILON = 1e-5

/** Rows as they are encoded, and how what is rebuilt of them is brought back. */
export interface PreparedRows {
  readonly rows: Value
  undo(rebuilt: Value): Value
  /** Others beside them normalised by the same factors, as undo takes them away; a difference of two keeps no mean. */
  alike(others: Value, isDifference?: boolean): Value
}

/** x (n_row, d_in) as `input` says. */
export function prepareRows(g: GraphBuilder, x: Value, input: InputRows): PreparedRows {
  const width = x.shape[1]
  if (typeof width !== 'number') throw new RangeError(`${x.name}: its width is not known`)
  const perRow = (sums: Value, count: number): Value => op.div(g, sums, g.scalar('float32', count))
  switch (input) {
    case 'plain':
      return { rows: x, undo: (rebuilt) => rebuilt, alike: (others) => others }
    case 'layer_norm': {
      const mean = perRow(op.rowSums(g, x), width)
      const centred = op.sub(g, x, mean)
      const variance = perRow(op.rowSums(g, op.mul(g, centred, centred)), width - 1)
      const deviation = op.add(g, op.sqrt(g, variance), g.scalar('float32', LAYER_NORM_EPSILON))
      return {
        rows: op.div(g, centred, deviation),
        undo: (rebuilt) => op.add(g, op.mul(g, rebuilt, deviation), mean),
        alike: (others, isDifference = false) =>
          op.div(g, isDifference ? others : op.sub(g, others, mean), deviation),
      }
    }
    case 'constant_norm_rescale': {
      const length = op.sqrt(g, perRow(op.rowSums(g, op.mul(g, x, x)), width))
      return {
        rows: op.div(g, x, length),
        undo: (rebuilt) => op.mul(g, rebuilt, length),
        alike: (others) => op.div(g, others, length),
      }
    }
  }
}
