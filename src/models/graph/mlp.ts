/**
 * @file The MLP of one block, plain or gated: all hidden units at once, or a tile of them at a time, whose part of the
 * output is then added up. On the CPU tiles are a tenth quicker: not wider than the run has rows, they leave every thread with
 * rows of its own, and between the two products they stay in its core's cache.
 */
import * as double from '../../onnx/graph/double-ops.ts'
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as layers from '../../onnx/graph/layer-ops.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { Activation } from '../decoder-spec.ts'
import type { BlockScope } from './block-scope.ts'
import type { Tile } from './weights.ts'

/** x (n_row, d_model) wide, already normed → (n_row, d_model) wide. */
export async function mlp(scope: BlockScope, x: Value): Promise<Value> {
  const { w, weights, layer, hiddenTile } = scope
  scope.places.read(layer, 'up', x)
  // What quantizes its input by the row needs the whole row.
  const whole = hiddenTile === null || w.type !== 'float32' || w.quantizes(weights.down)
  return whole ? await wholeMlp(scope, x) : await tiledMlp(scope, x, hiddenTile)
}

async function wholeMlp(scope: BlockScope, x: Value): Promise<Value> {
  const { w, weights, layer } = scope
  const inner = await hiddenUnits(scope, x)
  scope.places.read(layer, 'down', inner)
  return await w.linear(inner, weights.down, `blocks.${layer}.down`)
}

/** (n_row, d_mlp) wide: what the second matrix reads. */
async function hiddenUnits({ w, block, weights, layer }: BlockScope, x: Value): Promise<Value> {
  const { activation } = block.mlp
  const up = await w.linear(x, weights.up, `blocks.${layer}.up`)
  if (weights.gate === null) return activate(w.g, up, activation)
  const gate = await w.linear(x, weights.gate, `blocks.${layer}.gate`)
  return op.mul(w.g, activate(w.g, gate, activation), up)
}

async function tiledMlp(scope: BlockScope, x: Value, hiddenTile: number): Promise<Value> {
  const { w, block, weights, layer, places } = scope
  const { g } = w
  const { activation, size } = block.mlp
  const named = (role: string): string => `blocks.${layer}.${role}`
  const gate = weights.gate === null ? null : await w.outputTiles(weights.gate, named('gate'))
  const up = await w.outputTiles(weights.up, named('up'))
  const down = await w.inputTiles(weights.down, named('down'))
  const inner = (tile: Tile): Value => {
    if (gate === null) return activate(g, up(x, tile), activation)
    return op.mul(g, activate(g, gate(x, tile), activation), up(x, tile))
  }
  const parts: Value[] = []
  let sum: Value | null = null
  for (const tile of hiddenTiles(size, hiddenTile)) {
    const part = inner(tile)
    parts.push(part)
    sum = down(part, tile, sum)
  }
  if (sum === null) throw new RangeError('an MLP without hidden units')
  if (places.sums(layer, 'down')) places.read(layer, 'down', op.concat(g, parts, 1, ['n_row', size]))
  return sum
}

/** Tiles that cover `size` units, each at most `tile` wide. */
function hiddenTiles(size: number, tile: number): readonly Tile[] {
  return Array.from({ length: Math.ceil(size / tile) }, (_, i) => [i * tile, Math.min((i + 1) * tile, size)])
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
