/** @file Rows rebuilt of an SAE's features, in a graph. */
import { GraphBuilder, type GraphModel, type Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { Encoder } from '../run/readout.ts'
import { activate, encoderTile, featureTiles, preActivations } from './encoder-graph.ts'
import { prepareRows } from './prepared-rows.ts'
import { rowFeatures } from './row-features.ts'

/** Where activations are multiplied on instead of summed, wider tiles make fewer partial sums of the result. */
const TILE_REBUILT = 2048

/** Rows rebuilt of their features: f · W_dec + b_dec, and x · W_skip where a transcoder has one. */
export interface Rebuilding {
  readonly encoder: Encoder
  /** (d_sae, d_out), row-major */
  readonly W_dec: Float32Array
  /** (d_out) */
  readonly b_dec: Float32Array
  /** (d_in, d_out); null: nothing is added. */
  readonly W_skip: Float32Array | null
}

/** (n_row, d_in) → (n_row, d_out) */
export function rebuild(g: GraphBuilder, x: Value, rebuilding: Rebuilding): Value {
  const { encoder, b_dec, W_skip } = rebuilding
  const { rows, undo } = prepareRows(g, x, encoder.input)
  const d_out = b_dec.length
  const sum = encoder.activatesBy === 'feature' ? byFeature(g, rows, rebuilding) : byRow(g, rows, rebuilding)
  const rebuilt = undo(op.add(g, sum, g.initializer('b_dec', 'float32', [d_out], b_dec)))
  if (W_skip === null) return rebuilt
  const skip = g.initializer('W_skip', 'float32', [encoder.d_in, d_out], W_skip)
  return op.add(g, rebuilt, op.matMul(g, x, skip))
}

function byFeature(g: GraphBuilder, x: Value, { encoder, W_dec, b_dec }: Rebuilding): Value {
  const d_out = b_dec.length
  let sum: Value | null = null
  for (const range of featureTiles(encoder.bias.length, TILE_REBUILT)) {
    const [start, end] = range
    const tile = encoderTile(g, encoder, range)
    const a = activate(g, preActivations(g, x, tile), tile)
    const rows = W_dec.subarray(start * d_out, end * d_out)
    const decoder = g.initializer(`W_dec_${start}`, 'float32', [end - start, d_out], rows)
    const part = op.matMul(g, a, decoder)
    sum = sum === null ? part : op.add(g, sum, part)
  }
  if (sum === null) throw new RangeError('a dictionary without features')
  return sum
}

/** The decoder's rows of what fires, times how much it fires. */
function byRow(g: GraphBuilder, x: Value, { encoder, W_dec, b_dec }: Rebuilding): Value {
  const d_out = b_dec.length
  const { values, ids } = rowFeatures(g, x, encoder, TILE_REBUILT)
  const k = Number(values.shape[1])
  const decoder = g.initializer('W_dec', 'float32', [encoder.bias.length, d_out], W_dec)
  const rows = op.gather(g, decoder, ids)
  const weights = op.reshape(g, values, [-1, 1, k], ['n_row', 1, k])
  const product = g.apply('MatMul', [weights, rows], { type: 'float32', shape: ['n_row', 1, d_out] })
  return op.reshape(g, product, [-1, d_out], ['n_row', d_out])
}

/** As a graph of its own. Input: `x_0` (n_row, d_in). Output: `rebuilt` (n_row, d_out). */
export function rebuildGraph(rebuilding: Rebuilding): GraphModel {
  const g = new GraphBuilder()
  const x = g.input('x_0', 'float32', ['n_row', rebuilding.encoder.d_in])
  g.output('rebuilt', rebuild(g, x, rebuilding))
  return g.build()
}
