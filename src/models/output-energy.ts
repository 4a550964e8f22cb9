/** @file Σ‖x vᵀ‖² over inputs x of a layer, for each row v of a matrix, from their products P = Σ xᵀx: v P vᵀ. */
import { GraphBuilder, type GraphModel } from '../onnx/graph/graph.ts'
import * as op from '../onnx/graph/ops.ts'

/** Inputs `rows` (n_row, width) and `products` (width, width), float32; output `energy` (n_row, 1). */
export function buildOutputEnergy(width: number): GraphModel {
  const g = new GraphBuilder()
  const rows = g.input('rows', 'float32', ['n_row', width])
  const products = g.input('products', 'float32', [width, width])
  const seen = op.matMul(g, rows, products)
  g.outputs(new Map([['energy', op.rowSums(g, op.mul(g, seen, rows))]]))
  return g.build()
}
