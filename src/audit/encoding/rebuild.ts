/**
 * @file Rows rebuilt of an SAE's features, in two graphs: what features add, which can be had of some of them at a time, and what is
 * done to the sum of all.
 */
import { GraphBuilder, type GraphModel, type Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { FeatureRange, InputRows } from '../../sae/dictionary.ts'
import type { Encoder } from '../run/readout.ts'
import { activate, featureTiles, preActivations, tileOf } from './encoder-graph.ts'
import { prepareRows } from './prepared-rows.ts'
import type { Winners } from './row-winners.ts'
import { constantWeights, givenWeights } from './tile-weights.ts'

/** Where activations are multiplied on instead of summed, wider tiles make fewer partial sums of the result. */
const TILE_REBUILT = 2048

/** Features and what each adds to the row. */
export interface FeatureRows {
  readonly encoder: Encoder
  /** (features, d_out), row-major */
  readonly W_dec: Float32Array
  /** Are weights inputs of the graph (givenWeights)? Absent: constants of it. */
  readonly given?: boolean
}

/** What makes a rebuilt row of the sum over its features: + b_dec, and x · W_skip where a transcoder has one. */
export interface Rebuilding {
  readonly d_in: number
  readonly input: InputRows
  /** (d_out) */
  readonly b_dec: Float32Array
  /** (d_in, d_out); null: nothing is added. */
  readonly W_skip: Float32Array | null
}

/** f · W_dec of rows x (n_row, d_in): (n_row, d_out), of features that activate by themselves. */
export function featureSum(g: GraphBuilder, x: Value, { encoder, W_dec, given = false }: FeatureRows): Value {
  if (encoder.activatesBy !== 'feature') throw new RangeError('features that fire by the row')
  const { rows } = prepareRows(g, x, encoder.input)
  const of = { encoder, W_dec }
  const weights = given ? givenWeights(g, of) : constantWeights(g, of)
  let sum: Value | null = null
  for (const range of featureTiles(encoder.bias.length, TILE_REBUILT)) {
    const tile = tileOf(weights, range)
    const a = activate(g, preActivations(g, rows, tile), tile)
    const part = op.matMul(g, a, weights.rows(range))
    sum = sum === null ? part : op.add(g, sum, part)
  }
  if (sum === null) throw new RangeError('a dictionary without features')
  return sum
}

/** As a graph of its own. Input: `x_0` (n_row, d_in). Output: `sum` (n_row, d_out). */
export function featureSumGraph(of: FeatureRows): GraphModel {
  const g = new GraphBuilder()
  const x = g.input('x_0', 'float32', ['n_row', of.encoder.d_in])
  g.output('sum', featureSum(g, x, of))
  return g.build()
}

/** Rows as their features rebuild them, of x (n_row, d_in) and the sum over features (n_row, d_out). */
export function rebuilt(
  g: GraphBuilder,
  x: Value,
  sum: Value,
  { d_in, input, b_dec, W_skip }: Rebuilding,
): Value {
  const d_out = b_dec.length
  const { undo } = prepareRows(g, x, input)
  const row = undo(op.add(g, sum, g.initializer('b_dec', 'float32', [d_out], b_dec)))
  if (W_skip === null) return row
  return op.add(g, row, op.matMul(g, x, g.initializer('W_skip', 'float32', [d_in, d_out], W_skip)))
}

/** As a graph of its own. Inputs: `x_0` (n_row, d_in), `sum` (n_row, d_out). Output: `rebuilt` (n_row, d_out). */
export function rebuildGraph(rebuilding: Rebuilding): GraphModel {
  const g = new GraphBuilder()
  const x = g.input('x_0', 'float32', ['n_row', rebuilding.d_in])
  const sum = g.input('sum', 'float32', ['n_row', rebuilding.b_dec.length])
  g.output('rebuilt', rebuilt(g, x, sum, rebuilding))
  return g.build()
}

/**
 * Add what a range of features adds to rows (rows, d_out) in which these fire: the decoder's row of each, of W_dec (end − start, d_out), times
 * how much it fires.
 */
export function addWinners(
  sums: Float32Array,
  { k, values, ids }: Winners,
  W_dec: Float32Array,
  [start, end]: FeatureRange,
): void {
  const d_out = W_dec.length / (end - start)
  for (let i = 0; i < values.length; i++) {
    const [value, id] = [values[i]!, ids[i]!]
    if (value <= 0 || id < start || id >= end) continue
    const [to, from] = [Math.floor(i / k) * d_out, (id - start) * d_out]
    for (let c = 0; c < d_out; c++) sums[to + c] = sums[to + c]! + value * W_dec[from + c]!
  }
}
