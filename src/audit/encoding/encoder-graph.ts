/** @file An SAE's encoder in a graph, in tiles of features. */
import { present } from '../../numbers/present.ts'
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { FeatureRange } from '../../sae/dictionary.ts'
import type { Encoder } from '../run/readout.ts'
import { constantWeights, type TileWeights } from './tile-weights.ts'

/** Tiles are a multiple of this wide: whole vectors. */
const TILE_MULTIPLE = 16

/** Feature ranges that cover the encoder, none wider than `tile`. */
export function featureTiles(width: number, tile: number): readonly FeatureRange[] {
  const count = Math.ceil(width / tile)
  const size = Math.ceil(width / count / TILE_MULTIPLE) * TILE_MULTIPLE
  return Array.from({ length: Math.ceil(width / size) }, (_, i) => [
    i * size,
    Math.min((i + 1) * size, width),
  ])
}

/** The weights of one tile as graph values. */
export interface EncoderTile {
  readonly W: Value
  readonly bias: Value
  readonly threshold: Value | null
  readonly size: number
}

/** `name` tells the weights of several encoders in one graph apart. */
export function encoderTile(g: GraphBuilder, encoder: Encoder, range: FeatureRange, name = ''): EncoderTile {
  return tileOf(constantWeights(g, { encoder, bands: null, W_dec: null }, name), range)
}

/** The tile's weights, wherever the graph has them from. */
export function tileOf(weights: TileWeights, range: FeatureRange): EncoderTile {
  return {
    W: weights.columns(range),
    bias: present(weights.vector('bias', range)),
    threshold: weights.vector('threshold', range),
    size: range[1] - range[0],
  }
}

/** x (n_row, d_in) · W + b → (n_row, tile) */
export function preActivations(g: GraphBuilder, x: Value, tile: EncoderTile): Value {
  return op.gemmPlain(g, x, tile.W, tile.bias)
}

/** What features make of them, (n_row, tile). */
export function activate(g: GraphBuilder, pre: Value, tile: EncoderTile): Value {
  const active = op.relu(g, pre)
  return tile.threshold === null ? active : op.jumpRelu(g, active, tile.threshold)
}
