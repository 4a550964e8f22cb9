/**
 * @file The MLP of one block, plain or gated: all hidden units at once, or a tile of them at a time, whose part of the
 * output is then added up. On the CPU tiles are a tenth quicker: not wider than the run has rows, they leave every thread with
 * rows of its own, and between the two products they stay in its core's cache.
 */
import * as double from '../onnx/graph/double-ops.ts'
import type { GraphBuilder, Value } from '../onnx/graph/graph.ts'
import * as layers from '../onnx/graph/layer-ops.ts'
import * as op from '../onnx/graph/ops.ts'
import type { BlockScope } from './body-graph.ts'
import type { Activation } from './decoder-spec.ts'
import type { Tile } from './graph-weights.ts'

/** x (n_row, d_model) wide, already normed → (n_row, d_model) wide. */
export async function mlp(scope: BlockScope, x: Value): Promise<Value> {
  const { w, weights, hiddenTile } = scope
  // What quantizes its input by the row needs the whole row.
  const whole = hiddenTile === null || w.type !== 'float32' || w.quantizes(weights.down)
  return whole ? await wholeMlp(scope, x) : await tiledMlp(scope, x, hiddenTile)
}

async function wholeMlp({ g, w, block, weights, layer }: BlockScope, x: Value): Promise<Value> {
  const { activation } = block.mlp
  const up = await w.linear(x, weights.up, `blocks.${layer}.up`)
  if (weights.gate === null)
    return await w.linear(activate(g, up, activation), weights.down, `blocks.${layer}.down`)
  const gate = await w.linear(x, weights.gate, `blocks.${layer}.gate`)
  const inner = op.mul(g, activate(g, gate, activation), up)
  return await w.linear(inner, weights.down, `blocks.${layer}.down`)
}

async function tiledMlp(scope: BlockScope, x: Value, hiddenTile: number): Promise<Value> {
  const { g, w, block, weights, layer } = scope
  const { activation, size } = block.mlp
  const named = (role: string): string => `blocks.${layer}.${role}`
  const gate = weights.gate === null ? null : await w.outputTiles(weights.gate, named('gate'))
  const up = await w.outputTiles(weights.up, named('up'))
  const down = await w.inputTiles(weights.down, named('down'))
  const inner = (tile: Tile): Value => {
    if (gate === null) return activate(g, up(x, tile), activation)
    return op.mul(g, activate(g, gate(x, tile), activation), up(x, tile))
  }
  const [first, ...others] = hiddenTiles(size, hiddenTile)
  return others.reduce((sum, tile) => down(inner(tile), tile, sum), down(inner(first), first, null))
}

/** Tiles that cover `size` units, each at most `tile` wide. */
function hiddenTiles(size: number, tile: number): readonly [Tile, ...Tile[]] {
  const at = (start: number): Tile => [start, Math.min(start + tile, size)]
  return [at(0), ...Array.from({ length: Math.ceil(size / tile) - 1 }, (_, i) => at((i + 1) * tile))]
}

function activate(g: GraphBuilder, x: Value, activation: Activation): Value {
  const { gelu, silu } = x.type === 'float64' ? double : layers
  switch (activation) {
    case 'gelu':
      return gelu(g, x, 'none')
    case 'gelu_tanh':
      return gelu(g, x, 'tanh')
    case 'silu':
      return silu(g, x)
    case 'relu':
      return op.relu(g, x)
  }
}
