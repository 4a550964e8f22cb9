/**
 * @file Rows rebuilt of an SAE's features, in two graphs: what features add, which can be had of some of them at a time, and what is
 * done to the sum of all.
 */
import { GraphBuilder, type GraphModel, type Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { InputRows } from '../../sae/dictionary.ts'
import type { Encoder } from '../run/readout.ts'
import { activate, featureTiles, preActivations, tileOf } from './encoder-graph.ts'
import { prepareRows } from './prepared-rows.ts'
import { rowFeatures } from './row-features.ts'
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
  /** Features at a time where they fire by the row (rowTile). Absent: as where each fires by itself. */
  readonly rowTile?: number
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

/** f · W_dec of rows x (n_row, d_in): (n_row, d_out). */
export function featureSum(g: GraphBuilder, x: Value, of: FeatureRows): Value {
  const { rows } = prepareRows(g, x, of.encoder.input)
  return of.encoder.activatesBy === 'feature' ? byFeature(g, rows, of) : byRow(g, rows, of)
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

const outputWidth = ({ encoder, W_dec }: FeatureRows): number => W_dec.length / encoder.bias.length

function byFeature(g: GraphBuilder, x: Value, { encoder, W_dec, given = false }: FeatureRows): Value {
  const of = { encoder, bands: null, W_dec }
  const weights = given ? givenWeights(g, of) : constantWeights(g, of)
  let sum: Value | null = null
  for (const range of featureTiles(encoder.bias.length, TILE_REBUILT)) {
    const tile = tileOf(weights, range)
    const a = activate(g, preActivations(g, x, tile), tile)
    const part = op.matMul(g, a, weights.rows(range))
    sum = sum === null ? part : op.add(g, sum, part)
  }
  if (sum === null) throw new RangeError('a dictionary without features')
  return sum
}

/** The decoder's rows of what fires, times how much it fires. */
function byRow(g: GraphBuilder, x: Value, of: FeatureRows): Value {
  const { encoder, W_dec, rowTile = TILE_REBUILT } = of
  const d_out = outputWidth(of)
  const { values, ids } = rowFeatures(g, x, encoder, rowTile)
  const k = Number(values.shape[1])
  const decoder = g.initializer('W_dec', 'float32', [encoder.bias.length, d_out], W_dec)
  const rows = op.gather(g, decoder, ids)
  const weights = op.reshape(g, values, [-1, 1, k], ['n_row', 1, k])
  const product = g.apply('MatMul', [weights, rows], { type: 'float32', shape: ['n_row', 1, d_out] })
  return op.reshape(g, product, [-1, d_out], ['n_row', d_out])
}
