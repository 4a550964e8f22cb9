/**
 * @file The MLP of one block, plain or gated: all hidden units at once, or a tile of them at a time, whose part of the
 * output is then added up. On the CPU tiles are a tenth quicker: not wider than the run has rows, they leave every thread with
 * rows of its own, and between the two products they stay in its core's cache.
 */
import type { Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { LinearRef } from '../decoder-spec.ts'
import { activated } from './activation.ts'
import { besideMlp } from './beside/experts-beside.ts'
import type { BlockScope } from './block-scope.ts'
import { experts } from './experts.ts'
import type { Tile } from './weights.ts'

/** x (n_row, d_model) wide, already normed → (n_row, d_model) wide. `stream`: the same before the norm. */
export async function mlp(scope: BlockScope, x: Value, stream: Value): Promise<Value> {
  const { block, weights } = scope
  const dense = weights.up === null || weights.down === null ? null : { up: weights.up, down: weights.down }
  const forAll = dense === null ? null : await denseMlp(scope, dense, x)
  if (block.mlp.experts !== undefined && weights.experts !== undefined) {
    const own = { spec: block.mlp.experts, weights: weights.experts }
    if (weights.experts.beside !== undefined && forAll !== null)
      return await besideMlp(scope, { ...own, beside: weights.experts.beside }, stream, forAll)
    const sum = forAll === null ? null : await shared(scope, forAll, x)
    return await experts(scope, own, { router: x, experts: x }, sum)
  }
  if (forAll === null) throw new RangeError('a block without an MLP')
  return forAll
}

/** By the factor that a router has for what every token is given to, where it has one. */
async function shared({ w, weights, named }: BlockScope, output: Value, x: Value): Promise<Value> {
  const gate = weights.experts?.sharedGate ?? null
  if (gate === null) return output
  return op.mul(w.g, output, op.sigmoid(w.g, await w.linear(x, gate, named('shared_gate'))))
}

/** The matrices of an MLP but its gate. */
interface Dense {
  readonly up: LinearRef
  readonly down: LinearRef
}

async function denseMlp(scope: BlockScope, dense: Dense, x: Value): Promise<Value> {
  const { w, layer, hiddenTile } = scope
  scope.places.read(layer, 'up', x)
  // What quantizes its input by the row needs the whole row, and so does what is cut by the row's mean.
  const needsRow = w.quantizes(dense.down) || scope.block.mlp.cutAbove !== undefined
  const whole = hiddenTile === null || w.type !== 'float32' || needsRow
  return whole ? await wholeMlp(scope, dense, x) : await tiledMlp(scope, dense, x)
}

async function wholeMlp(scope: BlockScope, { up, down }: Dense, x: Value): Promise<Value> {
  const { w, block, weights, layer, named } = scope
  const all = weights.gate === null ? null : await w.linear(x, weights.gate, named('gate'))
  const gate = all === null ? null : cut(scope, all)
  const inner = activated(w.g, gate, await w.linear(x, up, named('up')), block.mlp.activation)
  scope.places.read(layer, 'down', inner)
  return await w.linear(inner, down, named('down'))
}

/** What lies above a row's mean by so many of its deviations, less that; 0 below. */
function cut({ w, block: { mlp } }: BlockScope, gate: Value): Value {
  if (mlp.cutAbove === undefined) return gate
  const { g } = w
  const centred = op.sub(g, gate, w.rowMeans(gate))
  const deviation = op.sqrt(g, w.rowMeans(op.mul(g, centred, centred)))
  return op.relu(g, op.sub(g, centred, op.mul(g, deviation, g.scalar(w.wide, mlp.cutAbove))))
}

async function tiledMlp(scope: BlockScope, dense: Dense, x: Value): Promise<Value> {
  const { w, block, weights, layer, named, places } = scope
  const { g } = w
  const { activation, size } = block.mlp
  const gate = weights.gate === null ? null : await w.outputTiles(weights.gate, named('gate'))
  const up = await w.outputTiles(dense.up, named('up'))
  const down = await w.inputTiles(dense.down, named('down'))
  const parts: Value[] = []
  let sum: Value | null = null
  for (const tile of hiddenTiles(size, scope.hiddenTile ?? size)) {
    const part = activated(g, gate?.(x, tile) ?? null, up(x, tile), activation)
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
