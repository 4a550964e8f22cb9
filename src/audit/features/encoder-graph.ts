/** @file An SAE's encoder in a graph, in tiles of features. */
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { FeatureRange } from '../../sae/dictionary.ts'
import type { Encoder } from '../run/readout.ts'

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
export function encoderTile(
  g: GraphBuilder,
  encoder: Encoder,
  [start, end]: FeatureRange,
  name = '',
): EncoderTile {
  const size = end - start
  const { d_in, W_enc, bias, threshold } = encoder
  const width = bias.length
  const columns = new Float32Array(d_in * size)
  for (let row = 0; row < d_in; row++) {
    columns.set(W_enc.subarray(row * width + start, row * width + end), row * size)
  }
  return {
    W: g.initializer(`${name}W_enc_${start}`, 'float32', [d_in, size], columns),
    bias: g.initializer(`${name}bias_${start}`, 'float32', [size], bias.subarray(start, end)),
    threshold:
      threshold === null
        ? null
        : g.initializer(`${name}threshold_${start}`, 'float32', [size], threshold.subarray(start, end)),
    size,
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
