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
  /** With the threshold taken off. */
  readonly bias: Value
  /** θ, put into the graph where it is asked for; null: ReLU. */
  readonly threshold: (() => Value) | null
  readonly size: number
}

/** `name` tells the weights of several encoders in one graph apart. */
export function encoderTile(g: GraphBuilder, encoder: Encoder, range: FeatureRange, name = ''): EncoderTile {
  return tileOf(constantWeights(g, { encoder, W_dec: null }, name), range)
}

/** The tile's weights, wherever the graph has them from. */
export function tileOf(weights: TileWeights, range: FeatureRange): EncoderTile {
  let threshold: Value | null = null
  const once = (): Value => {
    threshold ??= present(weights.vector('threshold', range))
    return threshold
  }
  return {
    W: weights.columns(range),
    bias: present(weights.vector('bias', range)),
    threshold: weights.jumps ? once : null,
    size: range[1] - range[0],
  }
}

/** How far x (n_row, d_in) · W + b lies above its threshold, or above 0 where there is none → (n_row, tile). Above 0 it fires. */
export function preActivations(g: GraphBuilder, x: Value, tile: EncoderTile): Value {
  return op.gemmPlain(g, x, tile.W, tile.bias)
}

/** What features make of them, (n_row, tile). */
export function activate(g: GraphBuilder, pre: Value, tile: EncoderTile): Value {
  if (tile.threshold === null) return op.relu(g, pre)
  return op.jumpFrom(g, pre, tile.threshold())
}
